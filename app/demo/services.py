"""Services of invented plans: each follows from a goal and has its justification (681/2023 § 19.3)."""

from __future__ import annotations

from datetime import date, timedelta

from app.clients.models import Client
from app.demo.draw import Draw, working_day
from app.demo.participations import Participations, Taken
from app.demo.path import PlanDates
from app.demo.rows import ClientRows
from app.demo.source import texts
from app.plans.models import PlannedService
from app.services.rules import ORIENTATION

PROVIDER = "Esimerkkikoulutus Oy"
_OF_GOAL = {
    "EMPLOYMENT": "WORK_TRIAL:4 CAREER:3 JOB_SEARCH:2 SKILLS_ID:2", "ENTREPRENEURSHIP": "STARTUP:1", "WORK_READINESS": "CAREER:2 WORK_TRIAL:1",
    "UPPER_SECONDARY": "TUVA:3 VET:3 CAREER:1", "OTHER_EDUCATION": "BASIC_EDU:1", "LANGUAGE": "INT_TRAINING:8 LANG_OTHER:2",
    "LITERACY": "LITERACY:1", "SOCIETY": "ORIENTATION:1", "WELLBEING": "LEISURE:2 NGO:1", "EVERYDAY": "ECEC:2 NGO:1",
}  # fmt: skip
_ORGANISER = {
    "WORK_TRIAL": "EMPA", "JOB_SEARCH": "EMPA", "STARTUP": "EMPA", "NGO": "NGO", "TUVA": "SCHOOL", "VET": "SCHOOL", "BASIC_EDU": "SCHOOL",
    "SCHOOL": "SCHOOL", "INT_TRAINING": "SCHOOL", "INT_TRAINING_SELF": "SCHOOL", "LITERACY": "SCHOOL", "LANG_OTHER": "SCHOOL",
}  # fmt: skip
_BOUGHT = frozenset({"INT_TRAINING", "LITERACY", "ORIENTATION", "CAREER"})
# Fewer days do not hold the hours of societal orientation (§ 25).
_SHORTEST_ORIENTATION = 14
_AFTER = "COMPLETED:70 DISCONTINUED:12 NOT_STARTED:5 CANCELLED:4"


def add_services(rows: ClientRows, draw: Draw, client: Client, dates: PlanDates, plan_id: str, goals: list[str], age: int,
                 written: str, on: date, agreed: date | None, participations: Participations) -> list[str]:  # fmt: skip
    """Add a service for each goal; gives the justifications. A draft may still have none."""
    if dates.status == "DRAFT" and draw.chance(0.25):
        return []
    kinds = list(dict.fromkeys(_kind(draw, goal, dates, age) for goal in goals))
    justifications = []
    for kind in kinds:
        starts = working_day(min(dates.drawn_up + timedelta(days=draw.number(9, 75)), dates.valid_to))
        ends = max(starts, working_day(min(starts + timedelta(days=draw.number(40, 240)), dates.valid_to)))
        why, status = draw.one(texts(f"why:{kind}", written)), _status(draw, dates, starts, ends, on)
        if status == "COMPLETED" and kind == ORIENTATION and (min(on, ends) - starts).days < _SHORTEST_ORIENTATION:
            status = "DISCONTINUED"
        key = rows.add(
            PlannedService, dates.drawn_up, plan_id=plan_id, service_type=kind, organiser=_ORGANISER.get(kind, "MUNI"),
            provider=PROVIDER if kind in _BOUGHT and draw.chance(0.5) else None, justification=why, starts_on=starts, ends_on=ends,
            status=status,
        )  # fmt: skip
        if agreed:
            participations.add(Taken(key=key, kind=kind, status=status, agreed=agreed, starts=starts, ends=ends))
        justifications.append(why)
    return justifications


def _kind(draw: Draw, goal: str, dates: PlanDates, age: int) -> str:
    kind = draw.of(_OF_GOAL[goal])
    if dates.status == "STUDIES_ONLY" and kind == "INT_TRAINING":
        return "INT_TRAINING_SELF"
    # Who is of compulsory-education age goes to school, not to integration training (§ 26.1).
    return "SCHOOL" if age < 18 and kind in ("INT_TRAINING", "LITERACY", "LANG_OTHER") else kind


def _status(draw: Draw, dates: PlanDates, starts: date, ends: date, on: date) -> str:
    if dates.status in ("DRAFT", "ANNULLED"):
        return "PLANNED"
    if dates.status == "INTERRUPTED":
        return draw.of("PAUSED:8 REFERRED:2")
    if ends < on or dates.status == "ENDED":
        return draw.of(_AFTER)
    if dates.status == "SUPERSEDED":
        return draw.of("STARTED:6 COMPLETED:3 DISCONTINUED:1")
    return draw.of("STARTED:8 QUEUED:2 PLANNED:0.6" if starts <= on else "REFERRED:5 QUEUED:3 ACCEPTED:3 PLANNED:2")
