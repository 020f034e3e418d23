"""What is recorded of invented clients who are or were children: hearings, and the representatives of those who came alone."""

from __future__ import annotations

from datetime import date, timedelta

from app.assessments.models import AssessmentGround
from app.assessments.rules import CHILD
from app.children.models import ChildHearing, Representative
from app.children.rules import majority_on
from app.clients.rules import is_minor
from app.deadlines.numbers import limit_after
from app.demo.draw import Draw, working_day
from app.demo.families import Person
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.source import names, texts


def add_childhood(rows: ClientRows, draw: Draw, person: Person, path: Path, written: str, on: date, assessment_id: str | None) -> None:
    """Add the hearing of a child who was assessed, the representative of one who came without a guardian, and that a young adult once did."""
    if path.started and is_minor(person.birth_date, path.started) and draw.chance(0.8):
        is_heard = draw.chance(0.9)
        text = draw.one(texts("hearing:opinion" if is_heard else "hearing:reason", written))
        rows.add(ChildHearing, path.started, considered_on=path.started, is_heard=is_heard, **{"opinion" if is_heard else "not_heard_reason": text})
    if not person.relatives and is_minor(person.birth_date, path.contact):
        _add_representative(rows, draw, person, path, on)
    elif not person.relatives and assessment_id and path.started and limit_after(person.birth_date, "R16") > path.started and draw.chance(0.5):
        rows.add(AssessmentGround, path.started, assessment_id=assessment_id, ground=CHILD)


def _add_representative(rows: ClientRows, draw: Draw, person: Person, path: Path, on: date) -> None:
    """Add what has been reached by the day: known, applied for, decided. The task ends at the 18th birthday of itself."""
    last = min(on, majority_on(person.birth_date) - timedelta(days=1))
    applied = working_day(path.contact + timedelta(days=draw.number(1, 5)))
    decided = working_day(applied + timedelta(days=draw.number(10, 60)))
    values: dict[str, object] = {"known_on": path.contact, "source": "OTHER_AUTHORITY"}
    if path.contact <= applied <= last:
        values["applied_on"] = applied
    if applied <= decided <= last:
        kinds = names("sv")
        given = draw.one(kinds["given_female" if draw.chance(0.6) else "given_male"])
        values |= {"decided_on": decided, "valid_from": decided, "name": f"{given} {draw.one(kinds['family'])}", "phone": f"+358 40 000 {draw.number(1000, 9999)}"}
    rows.add(Representative, path.contact, **values)
