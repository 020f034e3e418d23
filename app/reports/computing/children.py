"""Children and young people who came without a guardian, I80–I82. Basis: 681/2023 §§ 2.6, 33–38."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select, tuple_, union

from app.assessments.models import Assessment, AssessmentGround
from app.children.models import Representative
from app.clients.models import Client
from app.clients.rules import age_on
from app.deadlines.numbers import Unit, end_of, limit_after
from app.reports.computing.question import Question
from app.reports.conditions import is_client
from app.reports.observation import Observation

AGES = ((0, 6), (7, 12), (13, 15), (16, 17), (18, 20), (21, 22))
# Months until the support ends → the value of the breakdown.
_AHEAD = ((6, "6"), (12, "12"))
_GROUND = "A6"


def _group(asked: Question) -> Iterator[tuple[str, date]]:
    """Give key and birth date of the clients of the group on the day: without a guardian, and not 23 yet."""
    of = Assessment
    alone = union(
        select(Representative.client_id, Representative.org_id).where(asked.is_own(Representative.org_id)),
        select(of.client_id, of.org_id).where(asked.is_own(of.org_id), of.status != "CANCELLED", of.ground == _GROUND),
        select(of.client_id, of.org_id).join(AssessmentGround, AssessmentGround.assessment_id == of.id)
        .where(asked.is_own(of.org_id), of.status != "CANCELLED", AssessmentGround.ground == _GROUND),
    ).subquery()  # fmt: skip
    wanted = select(Client.id, Client.birth_date).where(
        asked.is_own(Client.org_id), is_client(asked.day), tuple_(Client.id, Client.org_id).in_(select(alone.c.client_id, alone.c.org_id))
    )
    for key, birth_date in asked.session.execute(wanted):
        if limit_after(birth_date, "R16") > asked.day:
            yield key, birth_date


def without_guardian(asked: Question) -> Iterator[Observation]:
    """Count the group by age (I80)."""
    for key, birth_date in _group(asked):
        years = age_on(birth_date, asked.day)
        age = next(f"{low}-{high}" for low, high in AGES if years <= high)
        yield Observation(asked.subjects[key], own=(("YOUTH_AGE", age),))


def appointing(asked: Question) -> Iterator[Observation]:
    """Count the days from when the need of a representative became known to the court's decision, by the first decision of the period (I81)."""
    of = Representative
    wanted = select(of.client_id, of.known_on, of.decided_on).where(
        of.decided_on >= asked.period.starts_on, of.decided_on <= asked.day, of.known_on <= of.decided_on
    )
    seen = set()
    for key, known_on, decided_on, _owner in asked.rows(of, wanted.order_by(of.client_id, of.decided_on, of.known_on, of.id)):
        if key not in seen:
            seen.add(key)
            yield Observation(asked.subjects[key], amount=((decided_on or asked.day) - (known_on or asked.day)).days)


def turning_adult(asked: Question) -> Iterator[Observation]:
    """Count whose support ends within 12 months of the day, in the first six and after them (I82)."""
    limits = [(end_of(asked.day, months, Unit.MONTHS), value) for months, value in _AHEAD]
    for key, birth_date in _group(asked):
        ends = limit_after(birth_date, "R16")
        value = next((value for limit, value in limits if ends <= limit), None)
        if value:
            yield Observation(asked.subjects[key], own=(("MONTHS_AHEAD", value),))


COMPUTATIONS = {"I80": without_guardian, "I81": appointing, "I82": turning_adult}
