"""The dates of a client's way, counted back from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.deadlines.numbers import limit_after
from app.demo.draw import Draw, working_day

# Stage of the client path and its weight.
STAGES = ("INTAKE:8 GUIDANCE:16 ASSESSMENT_DUE:9 ASSESSMENT_OPEN:12 PLAN_DRAFTING:10 PLAN_ACTIVE:30 PLAN_INTERRUPTED:3 "
          "VALID_FOR_STUDIES_ONLY:2 PLAN_ENDED:4 CLOSED:6")  # fmt: skip
_OTHER_OUTCOMES = "WORK:4 EDU:3 OTHER_SERVICE:3 NO_NEED:4 OTHER_PLAN:1"
_OUTCOMES = f"CANCELLED:3 {_OTHER_OUTCOMES}"
_OPEN = "PLANNED:20 INTERVIEW_BOOKED:40 INTERVIEW_HELD:25 CLARIFYING:15"
# What the present plan of a client with a plan is like; those whose maximum is near and the last three are what a caseworker must notice.
_PRESENT = "CURRENT:67 MAX_NEAR:3 AGREED:5 EXTENDED:8 CORRECTED:3 REVIEW_LATE:9 END_LATE:5"
# Asylum takes long, temporary protection days; the rest of the grounds are decided soon after arrival.
_WAIT = {**dict.fromkeys(("P87", "P88", "P51", "P52", "P52A", "P89"), (150, 600)), "P110": (3, 40)}


@dataclass(frozen=True)
class PlanDates:
    """The dates of one plan and the status they led to."""

    status: str
    drawn_up: date
    valid_from: date
    valid_to: date
    review: date
    # The last day plans could have had without what lengthened this one.
    extended_from: date | None = None


@dataclass(frozen=True)
class Path:
    """What has happened and when, none before the one above it; None is what has not."""

    stage: str
    ground: str
    arrived: date
    granted: date
    contact: date
    known: date | None
    started: date | None
    completed: date | None
    assessment: str | None
    outcome: str | None
    plans: tuple[PlanDates, ...]


def path_of(draw: Draw, ground: str, on: date) -> Path:
    """Draw a way that leads to a stage on a day."""
    stage = draw.of(STAGES)
    plans = _plans(draw, stage, on)
    status, outcome = _assessment(draw, stage, bool(plans))
    started, completed = _assessed(draw, stage, status, plans, on)
    if started:
        known = draw.before(started, 0, 20)
    elif stage == "ASSESSMENT_DUE":
        known = draw.before(on, 0, 12) if draw.chance(0.65) else draw.before(on, 16, 75)
    else:
        known = None
    contact = draw.before(known, 0, 30) if known else _first_contact(draw, stage, on)
    granted = draw.before(contact, 1, 45 if draw.chance(0.85) else 200)
    arrived = granted - timedelta(days=draw.number(*_WAIT.get(ground, (1, 20))))
    return Path(stage, ground, arrived, granted, contact, known, started, completed, status, outcome, tuple(plans))


def _first_contact(draw: Draw, stage: str, on: date) -> date:
    if stage == "INTAKE":
        return draw.before(on, 0, 7) if draw.chance(0.8) else draw.before(on, 12, 50)
    return draw.before(on, 200, 900) if stage == "CLOSED" else draw.before(on, 8, 700)


def _assessment(draw: Draw, stage: str, has_plan: bool) -> tuple[str | None, str | None]:
    """Give status and outcome of the assessment; None for a client who has none."""
    if has_plan or stage == "PLAN_DRAFTING":
        return "COMPLETED", "PLAN"
    if stage == "ASSESSMENT_OPEN":
        return draw.of(_OPEN), None
    if stage in ("GUIDANCE", "CLOSED") and draw.chance(0.6):
        outcome = draw.of(_OUTCOMES)
        return ("CANCELLED" if outcome == "CANCELLED" else "COMPLETED"), outcome
    return None, None


def _assessed(draw: Draw, stage: str, status: str | None, plans: list[PlanDates], on: date) -> tuple[date | None, date | None]:
    """Give start and end of the assessment."""
    if status is None:
        return None, None
    if status not in ("COMPLETED", "CANCELLED"):
        is_late = status != "CLARIFYING" and draw.chance(0.2)
        return draw.before(on, 45, 120) if is_late else draw.before(on, 3 if status != "PLANNED" else 0, 28), None
    if plans:
        completed = draw.before(plans[0].drawn_up, 0, 12)
    elif stage == "PLAN_DRAFTING":
        completed = draw.before(on, 0, 12) if draw.chance(0.65) else draw.before(on, 17, 80)
    else:
        completed = draw.before(on, 300, 800) if stage == "CLOSED" else draw.before(on, 4, 500)
    return draw.before(completed, 4, 40), completed if status == "COMPLETED" else None


def _plans(draw: Draw, stage: str, on: date) -> list[PlanDates]:
    if stage == "PLAN_DRAFTING":
        if draw.chance(0.4):
            return []
        drawn_up = draw.before(on, 0, 10) if draw.chance(0.65) else draw.before(on, 17, 70)
        return [_plan(draw, "DRAFT", drawn_up, None, review_after=on)]
    if stage == "PLAN_ACTIVE":
        return _active(draw, on)
    if stage == "PLAN_INTERRUPTED":
        return _chain(draw, "INTERRUPTED", draw.before(on, 30, 165), draw.number(0, 2), review_after=on)
    if stage == "VALID_FOR_STUDIES_ONLY":
        return _for_studies(draw, on)
    if stage == "PLAN_ENDED":
        return _chain(draw, "ENDED", draw.before(on, 380, 560), draw.number(0, 2))
    if stage == "CLOSED" and draw.chance(0.6):
        return _chain(draw, "ENDED", draw.before(on, 400, 900), draw.number(0, 2))
    return []


def _active(draw: Draw, on: date) -> list[PlanDates]:
    kind = draw.of(_PRESENT)
    if kind == "REVIEW_LATE":
        return _chain(draw, "IN_FORCE", draw.before(on, 190, 320), draw.number(0, 1), lasts=360)
    if kind == "END_LATE":
        return _chain(draw, "IN_FORCE", draw.before(on, 195, 300), draw.number(0, 2), lasts=180)
    drawn_up = draw.before(on, 0, 14 if kind == "AGREED" else 165)
    if kind == "AGREED":
        [before] = _chain(draw, "IN_FORCE", draw.before(drawn_up, 60, 120), 0, lasts=300, review_after=on)
        return [before, _plan(draw, "AGREED", drawn_up, before.drawn_up, starts=on + timedelta(days=draw.number(3, 30)), review_after=on)]
    if kind == "EXTENDED":
        return _extended(draw, drawn_up, on)
    if kind == "MAX_NEAR":
        return _near_maximum(draw, on)
    if kind == "CORRECTED":
        return [_plan(draw, "ANNULLED", drawn_up, None), _plan(draw, "IN_FORCE", drawn_up, None, review_after=on)]
    return _chain(draw, "IN_FORCE", drawn_up, draw.number(0, 3), review_after=on)


def _chain(draw: Draw, status: str, last: date, before: int, *, lasts: int | None = None,
           review_after: date | None = None) -> list[PlanDates]:  # fmt: skip
    """Give the present plan, drawn up on `last`, and the `before` plans that reviews replaced."""
    days = [last]
    for _number in range(before):
        days.append(draw.before(days[-1], 90, 170))
    days.reverse()
    first = days[0]
    found = [_plan(draw, "SUPERSEDED", day, None if day == first else first) for day in days[:-1]]
    return [*found, _plan(draw, status, last, None if before == 0 else first, lasts=lasts, review_after=review_after)]


def _extended(draw: Draw, last: date, on: date) -> list[PlanDates]:
    """Give plans whose last one was let last longer than the two years of § 23.2."""
    first = draw.before(on, 560, 720)
    days = [first, *(day for day in (working_day(first + timedelta(days=days)) for days in (170, 345, 490)) if day < last - timedelta(days=20))]
    found = [_plan(draw, "SUPERSEDED", day, None if day == first else first) for day in days]
    most = limit_after(first, "R09")
    plan = _plan(draw, "EXTENDED", last, first, lasts=365, review_after=on)
    return [*found, replace(plan, valid_to=most + timedelta(days=draw.number(90, 700)), extended_from=most)]


def _near_maximum(draw: Draw, on: date) -> list[PlanDates]:
    """Give plans whose two years (§ 23.2) are over soon."""
    first, last = draw.before(on, 655, 718), draw.before(on, 30, 120)
    days = [first, *(working_day(first + timedelta(days=days)) for days in (170, 345, 500))]
    found = [_plan(draw, "SUPERSEDED", day, None if day == first else first) for day in days]
    plan = _plan(draw, "IN_FORCE", last, first, lasts=365, review_after=on)
    return [*found, replace(plan, review=min(plan.review, plan.valid_to))]


def _for_studies(draw: Draw, on: date) -> list[PlanDates]:
    """Give plans that have reached the maximum, so that the last one holds for the study support only (§ 31)."""
    first = draw.before(on, 745, 800)
    days = [first, *(working_day(first + timedelta(days=days)) for days in (170, 345, 520, 690))]
    found = [_plan(draw, "SUPERSEDED", day, None if day == first else first) for day in days[:-1]]
    plan = _plan(draw, "STUDIES_ONLY", days[-1], first, lasts=365)
    return [*found, replace(plan, valid_to=on + timedelta(days=draw.number(60, 240)), extended_from=limit_after(first, "R09"))]


def _plan(draw: Draw, status: str, drawn_up: date, first: date | None, *, lasts: int | None = None, starts: date | None = None,
          review_after: date | None = None) -> PlanDates:  # fmt: skip
    """Give the dates of a plan; `first` is the day of the client's first plan when this is a later one.

    The review falls on or after `review_after` when it is given, so that it is not late then.
    """
    starts = starts or drawn_up
    lasts = lasts or int(draw.of("180:2 270:2 330:1 364:4"))
    most = limit_after(first, "R09") if first else limit_after(drawn_up, "R08")
    soonest = max(80, (review_after - drawn_up).days + 2) if review_after else 80
    review = working_day(min(drawn_up + timedelta(days=draw.number(soonest, 181)), limit_after(drawn_up, "R07")))
    return PlanDates(status, drawn_up, starts, min(drawn_up + timedelta(days=lasts), most), review)
