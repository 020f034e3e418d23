"""The persons of municipalities on the last day of a period, with the values they are counted by: one statement for each kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
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
from app.reports.observation import Subject
from app.reports.owned import own_rows
from app.reports.permits import first_permits
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


def subjects_of(session: Session, org_ids: tuple[str, ...], day: date, wanted_by: Collection[str] = OF_PERSON) -> dict[str, Subject]:
    """Give every person the municipalities have or have had a record of by the client's key; one joined to another is not a person of its own.

    What is dated is as it was on the day; the rest (gender, languages, citizenship, education, protection) as it is known. Whoever counts by
    some breakdowns only names them in `wanted_by`: what the others need is not read, and neither they nor `is_complete` hold anything then.
    """
    wanted = select(
        Client.id, Client.org_id, Client.gender, Client.birth_date, Client.non_disclosure, Client.citizenship, Client.mother_tongue,
        Client.identity_code.is_not(None) | Client.no_identity_code_reason.is_not(None),
    ).where(Client.org_id.in_(org_ids), Client.merged_into_id.is_(None))  # fmt: skip
    persons = session.execute(wanted).all()
    known = _known(_Read(session, org_ids, {row.id: row.org_id for row in persons}), day, wanted_by)
    return {row.id: _subject(row, known, day) for row in persons}


def _subject(row: Any, known: _Known, day: date) -> Subject:
    key, org_id, gender, birth_date, is_protected, citizenship, tongue, has_identity = row
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
    return Subject(values, org_id, is_protected=is_protected, is_complete=is_complete, key=key)


@dataclass(frozen=True)
class _Read:
    """Reads of municipalities what is of their persons, told by `owners`."""

    session: Session
    org_ids: tuple[str, ...]
    owners: Mapping[str, str]

    def rows(self, of: Any, wanted: Any) -> Iterator[Any]:
        return own_rows(self.session, self.org_ids, self.owners.get, of, wanted)

    def last(self, of: Any, wanted: Any) -> dict[str, str]:
        """Keep the last value of each person."""
        return {key: value for key, value, _owner in self.rows(of, wanted)}


def _known(read: _Read, day: date, wanted_by: Collection[str]) -> _Known:
    def asks(*dimensions: str) -> bool:
        return any(key in wanted_by for key in dimensions)

    plans = list(read.rows(IntegrationPlan, _plans(day))) if asks("PLAN_ORDINAL") else []
    return _Known(
        responsible=read.last(Client, _responsible(day)) if asks("RESPONSIBLE") else {},
        grounds=read.last(Assessment, _grounds(day)) if asks("ASSESSMENT_GROUND") else {},
        literacy=read.last(Assessment, _literacy(day)) if asks("LITERACY") else {},
        permits=first_permits(read.session, read.org_ids, read.owners.get, day) if asks("RESIDENCE_GROUND", "TIME_SINCE_PERMIT") else {},
        education=_education(read) if asks("EDUCATION") else {},
        ordinals={key: ordinal for key, ordinal, *_rest in plans},
        undated=frozenset(key for key, _ordinal, agreed_on, in_order, _owner in plans if agreed_on is None or not in_order),
        with_county=_with_county(read, day) if asks("COUNTY") else frozenset(),
    )


def _plans(day: date) -> Any:
    plan = IntegrationPlan
    wanted = select(plan.client_id, plan.ordinal, plan.agreed_on, plan.valid_from <= plan.valid_to)
    return wanted.where(plan.status.not_in(NOT_BINDING), plan.drawn_up_date <= day).order_by(plan.ordinal)


def _responsible(day: date) -> Any:
    """Of a day without a period the municipality is responsible: nothing else is recorded of it then."""
    period = ResponsibilityPeriod
    return (
        select(period.client_id, period.responsible).join(Client, Client.id == period.client_id)
        .where(period.starts_on <= day, period.ends_on.is_(None) | (period.ends_on >= day)).order_by(period.starts_on, period.id)
    )  # fmt: skip


def _grounds(day: date) -> Any:
    return select(Assessment.client_id, Assessment.ground).where(is_standing(day)).order_by(Assessment.started_on, Assessment.id)


def _literacy(day: date) -> Any:
    """Give the need that the latest interview found; one that leaves it open takes nothing away."""
    return (
        select(Assessment.client_id, InterviewSection.need_level)
        .join(InterviewSection, and_(InterviewSection.assessment_id == Assessment.id, InterviewSection.section == "LITERACY"))
        .where(is_standing(day), InterviewSection.need_level.is_not(None))
        .order_by(Assessment.started_on, Assessment.id)
    )  # fmt: skip


def _education(read: _Read) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, level, _owner in read.rows(EducationRecord, select(EducationRecord.client_id, EducationRecord.level)):
        found[key].add(level)
    return found


def _with_county(read: _Read, day: date) -> frozenset[str]:
    """Give in whose matter a county takes part at the end of the day."""
    part = Participation
    wanted = select(part.client_id, part.accepted_at, part.ended_at).where(
        part.accepted_at.is_not(None), part.valid_to >= day
    )
    return frozenset(
        key for key, accepted, ended, _owner in read.rows(part, wanted) if day_of(accepted) <= day and (ended is None or day_of(ended) > day)
    )
