"""Reviews of invented plans: held on time, early or late, with what they found of the goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.draw import Draw, working_day
from app.demo.path import PlanDates
from app.demo.rows import ClientRows
from app.demo.source import texts
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal
from app.reviews.rules import ReviewFacts, broken_review_rules, latest_next_review

_FOLLOWED = ("IN_FORCE", "EXTENDED", "INTERRUPTED")
_PROGRESS = "AS_PLANNED:50 PARTLY:30 DELAYED:15 NO_PROGRESS:5"
# What a review finds of a goal, and how many factors hinder, by how the plan goes.
_RESULTS = {"AS_PLANNED": "OPEN:5 ACHIEVED:3 PARTLY:2", "PARTLY": "OPEN:4 PARTLY:4 ACHIEVED:1 CHANGED:1",
            "DELAYED": "OPEN:6 PARTLY:2 CHANGED:1", "NO_PROGRESS": "OPEN:5 NOT_ACHIEVED:3 CHANGED:2"}  # fmt: skip
_HOW_MANY = {"AS_PLANNED": "0:8 1:2", "PARTLY": "0:4 1:6", "DELAYED": "1:7 2:3", "NO_PROGRESS": "1:5 2:5"}
_FACTORS = ("LANGUAGE:5 QUEUE:4 CHILDCARE:3 HEALTH:3 FAMILY:2 DIGITAL:2 WORK:2 LITERACY:1 TRANSPORT:1 NO_SERVICE:1 HOUSING:1 ECONOMY:1 "
            "MOTIVATION:1 OTHER:0.5")  # fmt: skip
_EARLY = "CLIENT:5 MUNI_CHANGE:4 WSC:1"


@dataclass(frozen=True)
class Held:
    """The days of one review: planned for, held on, and the next one."""

    planned: date
    on: date
    next: date
    initiator: str
    is_last: bool = False


class Reviews:
    """The reviews of one client's plans, drawn from a stream of their own."""

    def __init__(self, rows: ClientRows, draw: Draw, written: str, today: date) -> None:
        self._rows, self._draw, self._written, self._today = rows, draw, written, today

    def of_plan(self, dates: PlanDates, agreed: date | None, replaced_on: date | None) -> list[Held]:
        """Draw the reviews of a plan that ended, was replaced, or goes on; what is late stays late."""
        if agreed is None or dates.status == "AGREED":
            return []
        if dates.status in _FOLLOWED:
            found = self._present(dates)
        else:
            found = self._past(dates, min(self._today, replaced_on or dates.valid_to), is_replaced=replaced_on is not None)
        self._check(dates, agreed, found)
        return found

    def _present(self, dates: PlanDates) -> list[Held]:
        if dates.review < self._today:
            return self._late(dates)
        first = dates.drawn_up + timedelta(days=30)
        if first + timedelta(days=10) > self._today or not self._draw.chance(0.35):
            return []
        on = self._draw.between(first, self._today - timedelta(days=1))
        soonest = max(80, (self._today - on).days + 5)
        return [Held(dates.review, on, self._next(on, dates, soonest, max(soonest, 181)), self._draw.of(_EARLY))]

    def _late(self, dates: PlanDates) -> list[Held]:
        """Give a review that was held in time and whose next one was missed, or the last one before a plan's end that was missed."""
        on = self._draw.before(dates.review, 0, 10)
        if dates.valid_to < self._today:
            is_held = on < dates.valid_to <= latest_next_review(on, dates.valid_to) and self._draw.chance(0.7)
            return [Held(dates.review, on, dates.valid_to, "TIME")] if is_held else []
        room = (self._today - on).days - 3
        if room < 45 or not self._draw.chance(0.4):
            return []
        return [Held(dates.review, on, self._next(on, dates, 40, min(room, 181)), "TIME")]

    def _past(self, dates: PlanDates, last: date, *, is_replaced: bool) -> list[Held]:
        found, planned = [], dates.review
        # A plan replaced after its end was followed to its end only.
        while planned < min(last, dates.valid_to) - timedelta(days=30) and self._draw.chance(0.7):
            on = self._draw.before(planned, 0, 12)
            found.append(Held(planned, on, self._next(on, dates, 90, 181), "TIME"))
            planned = found[-1].next
        on = self._draw.before(last, 0, 5)
        if is_replaced and on > (found[-1].on if found else dates.drawn_up + timedelta(days=30)):
            initiator = "TIME" if on >= planned else self._draw.of(_EARLY)
            found.append(Held(planned, on, latest_next_review(on, dates.valid_to), initiator, is_last=True))
        return found

    def _next(self, on: date, dates: PlanDates, soonest: int, latest: int) -> date:
        day = working_day(on + timedelta(days=self._draw.number(soonest, latest)))
        return min(day, latest_next_review(on, dates.valid_to))

    def _check(self, dates: PlanDates, agreed: date, found: list[Held]) -> None:
        before: date | None = None
        for held in found:
            facts = ReviewFacts(reviewed_on=held.on, today=self._today, begins_on=agreed, ends_on=dates.valid_to, previous_on=before,
                                initiator=held.initiator, reason="x", next_review_date=held.next)  # fmt: skip
            if broken := broken_review_rules(facts):
                raise ValueError(f"the invented review breaks {broken}")
            before = held.on

    def add(self, found: list[Held], plan_id: str, goal_ids: Sequence[str], authors: str) -> None:
        """Add the rows of a plan's reviews; a goal once achieved stays so."""
        draw, achieved = self._draw, set[str]()
        for held in found:
            progress = draw.of(_PROGRESS)
            changes = "review:new_plan" if held.is_last else "review:changes"
            key = self._rows.add(
                PlanReview, held.on, plan_id=plan_id, planned_on=held.planned, reviewed_on=held.on, initiator=held.initiator,
                reason=None if held.initiator == "TIME" else self._text(f"review:reason:{held.initiator}"),
                participation=self._text("review:participation"), progress=progress, results=self._text(f"review:results:{progress}"),
                changes=self._text(changes) if held.is_last or draw.chance(0.6) else None, authors=authors, next_review_date=held.next,
                source=draw.of("CLIENT:6 WORKER:3 DOCUMENT:1"),
            )  # fmt: skip
            for goal in goal_ids:
                result = "ACHIEVED" if goal in achieved else draw.of(_RESULTS[progress])
                achieved |= {goal} if result == "ACHIEVED" else set()
                self._rows.add(ReviewedGoal, held.on, review_id=key, goal_id=goal, result=result)
            for factor in sorted({draw.of(_FACTORS) for _number in range(int(draw.of(_HOW_MANY[progress])))}):
                text = self._text(f"hindrance:{factor}") if draw.chance(0.8) else None
                self._rows.add(Hindrance, held.on, review_id=key, hindrance=factor, description=text)

    def _text(self, kind: str) -> str:
        return self._draw.one(texts(kind, self._written))
