"""What invented plans live through: extensions, interruptions, ends, and a child's view; drawn from a stream of their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.clients.rules import is_minor
from app.demo.draw import Draw, working_day
from app.demo.path import PlanDates
from app.demo.rows import ClientRows
from app.demo.source import texts
from app.plans.life_models import PlanExtension, PlanInterruption

_ENDS = "GOALS_MET:4 EMPLOYED:5 EDUCATION:4 MAX_DURATION:3 MOVED_MUNI:2 ENTREPRENEUR:1 CLIENT_WITHDREW:1 FAMILY:1 NO_CONTACT:1"
_RESULTS = {"GOALS_MET": "ACHIEVED:9 PARTLY:1", "NO_CONTACT": "OPEN:6 NOT_ACHIEVED:4", "CLIENT_WITHDREW": "OPEN:6 NOT_ACHIEVED:4"}
_OTHER_RESULTS = "ACHIEVED:5 PARTLY:4 CHANGED:1 NOT_ACHIEVED:1"


class Lives:
    """The course of one client's plans."""

    def __init__(self, rows: ClientRows, draw: Draw, written: str, today: date) -> None:
        self._rows, self._draw, self._written, self._today = rows, draw, written, today

    def columns(self, dates: PlanDates, birth_date: date, agreed: date | None) -> dict[str, Any]:
        """Give what a plan itself holds of its course."""
        found: dict[str, Any] = {}
        if agreed and is_minor(birth_date, dates.drawn_up):
            is_heard = self._draw.chance(0.8)
            found = {"child_heard_on": agreed, "child_view": self._text("child:view")} if is_heard else {"child_not_heard_reason": self._text("child:not_heard")}
        if dates.status == "STUDIES_ONLY" and dates.extended_from:
            found["studies_only_from"] = dates.extended_from + timedelta(days=1)
        if dates.status == "ENDED":
            reason, ended = self._draw.of(_ENDS), min(dates.valid_to, self._today)
            found |= {"ended_on": ended, "end_reason": reason, "onward_guidance": None if reason == "NO_CONTACT" else self._text("onward")}
        return found

    def result(self, ended_for: str | None) -> str | None:
        """Give what came of a goal of a plan that ended, None while it goes on."""
        return self._draw.of(_RESULTS.get(ended_for, _OTHER_RESULTS)) if ended_for else None

    def add(self, dates: PlanDates, plan_id: str, authors: str) -> None:
        """Add the rows that a plan's course leaves."""
        if dates.status == "EXTENDED" and dates.extended_from:
            decided = self._draw.between(dates.drawn_up, self._today)
            self._rows.add(
                PlanExtension, decided, plan_id=plan_id, ground=self._draw.of("LOW_EDU:5 MULTI_SERVICE:4 HOME_CARE:2"), extended_from=dates.extended_from,
                extended_to=dates.valid_to, reasons=self._text("extension"), decided_by=authors[:160], decided_on=decided,
            )  # fmt: skip
        if dates.status == "INTERRUPTED":
            starts = max(dates.valid_from, working_day(self._today - timedelta(days=self._draw.number(5, 60))))
            ends = self._today + timedelta(days=self._draw.number(10, 90)) if self._draw.chance(0.3) else None
            self._rows.add(PlanInterruption, starts, plan_id=plan_id, reason=self._draw.of("ILLNESS:4 PARENTAL:5 DISABILITY:1 COMPARABLE:1"), starts_on=starts,
                           ends_on=ends, grounds=None)  # fmt: skip

    def _text(self, kind: str) -> str:
        return self._draw.one(texts(kind, self._written))
