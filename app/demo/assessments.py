"""Assessments of invented clients at every status, with interviews that fit what is known of the client."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.assessments.models import Assessment, InterviewSection
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS, missing_duties, missing_sections
from app.clients.models import Client
from app.demo.draw import Draw
from app.demo.facts import Skills
from app.demo.families import Person
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.source import texts

_OF_PROTECTION = frozenset({"P87", "P88", "P90", "P93", "P110", "P51", "P52", "P54_5", "P89", "P114", "P115"})
_CHANNELS = "OFFICE:88 OTHER_POINT:3 PHONE:3 VIDEO:4 HOME_VISIT:2"
_BEGINNER = ("ALLE_A1.1", "A1.1", "A1.2")


def add_assessment(rows: ClientRows, draw: Draw, client: Client, person: Person, path: Path, skills: Skills, on: date) -> str | None:
    """Add the assessment the client's way tells of; gives its key, or None for a client without one."""
    if path.started is None:
        return None
    written = "sv" if person.language == "sv" else "fi"
    held = _held_on(draw, path, on)
    told: dict[str, date | None] = dict.fromkeys(DUTIES_TO_INFORM, held)
    sections = _sections(draw, person, path, skills, written) if held else {}
    if path.completed and (missing_sections({code: text for code, (_level, text) in sections.items()}) or missing_duties(told)):
        raise ValueError(f"the invented assessment of person {person.number} may not be complete")
    channel = draw.of(_CHANNELS)
    plans_on = path.plans[0].drawn_up if path.plans else path.completed + timedelta(days=draw.number(5, 14)) if path.completed else None
    key = rows.add(
        Assessment, path.started, ground=_ground(draw, client, path), status=path.assessment, known_on=path.known, started_on=path.started,
        completed_on=path.completed, channel=channel, channel_reason=None if channel == "OFFICE" else draw.one(texts(f"channel:{channel}", written)),
        language=person.origin.language if client.interpreter_needed else written,
        client_wishes=draw.one(texts("own_words", written)) if held else None, outcome=path.outcome,
        plan_planned_on=plans_on if path.outcome == "PLAN" else None, **_ending(draw, path, on, written), **told,
    )  # fmt: skip
    for position, code in enumerate(SECTIONS, start=1):
        if code in sections and held:
            level, summary = sections[code]
            rows.add(InterviewSection, held, assessment_id=key, section=code, position=position, summary=summary, need_level=level,
                     source=draw.of("CLIENT:8 WORKER:2 DOCUMENT:1"))  # fmt: skip
    return key


def _ending(draw: Draw, path: Path, on: date, written: str) -> dict[str, Any]:
    """Give the reasons of the outcome and where the client was guided, or when and why the assessment was cancelled."""
    if path.assessment == "CANCELLED" and path.started:
        cancelled_on = draw.between(path.started, min(on, path.started + timedelta(days=30)))
        reason = draw.of("MOVED:1 WITHDREW:1")
        return {"cancelled_on": cancelled_on, "cancel_reason": reason, "outcome_reason": draw.one(texts(f"cancelled:{reason}", written))}
    guided = path.outcome in ("WORK", "EDU", "OTHER_SERVICE", "OTHER_PLAN")
    return {
        "outcome_reason": draw.one(texts(f"outcome:{path.outcome}", written)) if path.outcome else None,
        "guided_to": draw.one(texts(f"guided:{path.outcome}", written)) if guided else None,
    }


def _held_on(draw: Draw, path: Path, on: date) -> date | None:
    """Give the day of the interview; a cancelled assessment has none."""
    if path.started is None or path.assessment not in ("INTERVIEW_HELD", "CLARIFYING", "COMPLETED"):
        return None
    return draw.between(path.started, path.completed or on)


def _ground(draw: Draw, client: Client, path: Path) -> str:
    if client.trafficking_victim:
        return "A7"
    if client.employment_status == "MINOR":
        return "A2" if path.ground in _OF_PROTECTION else "A4"
    fixed = {"UNEMPLOYED_JS": "A1", "HOME_CARE": "A3"}.get(client.employment_status)
    return fixed or ("A2" if path.ground in _OF_PROTECTION else draw.of("A4:4 A5:1"))


def _sections(draw: Draw, person: Person, path: Path, skills: Skills, written: str) -> dict[str, tuple[str, str]]:
    """Give need level and summary by section; an interview that is not complete may lack some."""
    base, found = draw.number(0, 2), {}
    for code in SECTIONS:
        if path.completed is None and draw.chance(0.08):
            continue
        level = _level(draw, code, base, path, skills)
        kind = f"section:{code}:{level}"
        if code == "LIFE_SITUATION":
            kind += ":family" if person.relatives else ":alone"
        text = draw.one(texts(kind, written))
        found[code] = (str(level), f"{text} {draw.one(texts('tail', written))}" if draw.chance(0.55) else text)
    return found


def _level(draw: Draw, code: str, base: int, path: Path, skills: Skills) -> int:
    if code == "LITERACY":
        return draw.number(0, 1) if skills.is_literate else draw.number(2, 3)
    if code == "FINNISH_SWEDISH":
        return draw.number(2, 3) if skills.level in _BEGINNER else draw.number(0, 1) if skills.level >= "B" else 1
    if code == "NEED_OF_PLAN":
        return draw.number(1, 3) if path.outcome in (None, "PLAN") else 0
    if code == "EDUCATION_WORK" and not skills.is_literate:
        return 3
    return max(0, min(3, base + draw.number(-1, 1)))
