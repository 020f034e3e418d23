"""The persons of a municipality on the last day of a period, with the values they are counted by: one statement for each kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, InterviewSection
from app.clients.facts import EducationRecord
from app.clients.models import Client
from app.clients.rules import age_on
from app.reports.periods import day_of
from app.participations.models import Participation
from app.plans.events import NOT_BINDING
from app.plans.models import IntegrationPlan
from app.reports import rules
from app.reports.dimensions import OF_PERSON
from app.reports.conditions import is_standing
from app.reports.groups import UNKNOWN
from app.reports.permits import first_permits
from app.reports.observation import Subject
from app.responsibility.models import ResponsibilityPeriod


@dataclass(frozen=True)
class _Known:
    """What is known of persons by their keys; who is not in a mapping has nothing of its kind."""

    responsible: Mapping[str, str]
    grounds: Mapping[str, str]
    literacy: Mapping[str, str]
    permits: Mapping[str, tuple[date, str]]
    education: Mapping[str, set[str]]
    ordinals: Mapping[str, int]
    undated: frozenset[str]
    with_county: frozenset[str]


def subjects_of(session: Session, org_id: str, day: date, wanted_by: Collection[str] = OF_PERSON) -> dict[str, Subject]:
    """Give every person the municipality has or has had a record of by the client's key; one joined to another is not a person of its own.

    What is dated is as it was on the day; the rest (gender, languages, citizenship, education, protection) as it is known. Whoever counts by
    some breakdowns only names them in `wanted_by`: what the others need is not read, and neither they nor `is_complete` hold anything then.
    """
    wanted = select(
        Client.id, Client.gender, Client.birth_date, Client.non_disclosure, Client.citizenship, Client.mother_tongue,
        Client.identity_code.is_not(None) | Client.no_identity_code_reason.is_not(None),
    ).where(Client.org_id == org_id, Client.merged_into_id.is_(None))  # fmt: skip
    known = _known(session, org_id, day, wanted_by)
    return {row.id: _subject(row, known, day) for row in session.execute(wanted)}


def _subject(row: Any, known: _Known, day: date) -> Subject:
    key, gender, birth_date, is_protected, citizenship, tongue, has_identity = row
    permitted_on, ground = known.permits.get(key, (None, None))
    education = rules.education_group(known.education.get(key, ()))
    values = (
        known.responsible.get(key, "MUNI"), rules.gender_group(gender), rules.age_group(age_on(birth_date, day)),
        rules.ground_group(known.grounds.get(key)), rules.residence_group(ground), rules.tongue_group(tongue), rules.citizenship_group(citizenship),
        education, known.literacy.get(key, UNKNOWN), "YES" if key in known.with_county else "NO",
        rules.ordinal_group(known.ordinals.get(key)), rules.since_group(permitted_on, day),
    )  # fmt: skip
    is_complete = rules.is_complete(
        has_permit=permitted_on is not None, has_identity=bool(has_identity), citizenship=citizenship, mother_tongue=tongue, education=education,
        has_plan_dates=key not in known.undated,
    )  # fmt: skip
    return Subject(values, is_protected=is_protected, is_complete=is_complete, key=key)


def _known(session: Session, org_id: str, day: date, wanted_by: Collection[str]) -> _Known:
    def asks(*dimensions: str) -> bool:
        return any(key in wanted_by for key in dimensions)

    plans = session.execute(_plans(org_id, day)).all() if asks("PLAN_ORDINAL") else []
    return _Known(
        responsible=_last(session, _responsible(org_id, day)) if asks("RESPONSIBLE") else {},
        grounds=_last(session, _grounds(org_id, day)) if asks("ASSESSMENT_GROUND") else {},
        literacy=_last(session, _literacy(org_id, day)) if asks("LITERACY") else {},
        permits=first_permits(session, org_id, day) if asks("RESIDENCE_GROUND", "TIME_SINCE_PERMIT") else {},
        education=_education(session, org_id) if asks("EDUCATION") else {},
        ordinals={key: ordinal for key, ordinal, _agreed_on, _in_order in plans},
        undated=frozenset(key for key, _ordinal, agreed_on, in_order in plans if agreed_on is None or not in_order),
        with_county=_with_county(session, org_id, day) if asks("COUNTY") else frozenset(),
    )


def _plans(org_id: str, day: date) -> Any:
    plan = IntegrationPlan
    return (
        select(plan.client_id, plan.ordinal, plan.agreed_on, plan.valid_from <= plan.valid_to)
        .where(plan.org_id == org_id, plan.status.not_in(NOT_BINDING), plan.drawn_up_date <= day)
        .order_by(plan.ordinal)
    )  # fmt: skip


def _last(session: Session, wanted: Any) -> dict[str, str]:
    """Keep the last value of each person."""
    return dict(session.execute(wanted).tuples().all())


def _responsible(org_id: str, day: date) -> Any:
    """Of a day without a period the municipality is responsible: nothing else is recorded of it then."""
    period = ResponsibilityPeriod
    return (
        select(period.client_id, period.responsible).join(Client, Client.id == period.client_id)
        .where(Client.org_id == org_id, period.starts_on <= day, period.ends_on.is_(None) | (period.ends_on >= day)).order_by(period.starts_on, period.id)
    )  # fmt: skip


def _grounds(org_id: str, day: date) -> Any:
    return (
        select(Assessment.client_id, Assessment.ground)
        .where(Assessment.org_id == org_id, is_standing(day))
        .order_by(Assessment.started_on, Assessment.id)
    )


def _literacy(org_id: str, day: date) -> Any:
    """Give the need that the latest interview found; one that leaves it open takes nothing away."""
    return (
        select(Assessment.client_id, InterviewSection.need_level)
        .join(InterviewSection, and_(InterviewSection.assessment_id == Assessment.id, InterviewSection.section == "LITERACY"))
        .where(Assessment.org_id == org_id, is_standing(day), InterviewSection.need_level.is_not(None))
        .order_by(Assessment.started_on, Assessment.id)
    )  # fmt: skip


def _education(session: Session, org_id: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, level in session.execute(select(EducationRecord.client_id, EducationRecord.level).where(EducationRecord.org_id == org_id)):
        found[key].add(level)
    return found


def _with_county(session: Session, org_id: str, day: date) -> frozenset[str]:
    """Give in whose matter a county takes part at the end of the day."""
    part = Participation
    wanted = select(part.client_id, part.accepted_at, part.ended_at).where(
        part.org_id == org_id, part.accepted_at.is_not(None), part.valid_to >= day
    )
    found = session.execute(wanted).tuples()
    return frozenset(
        key for key, accepted, ended in found if accepted and day_of(accepted) <= day and (ended is None or day_of(ended) > day)
    )
