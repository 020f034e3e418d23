"""Reads of responsibility."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.facts import Period
from app.responsibility.models import OrganisationPractice, ResponsibilityPeriod, StatusPeriod
from app.responsibility.rules import DELEGATED, SEARCHING


def practice_of(session: Session, organisation_id: str) -> OrganisationPractice | None:
    """Give what an organisation has decided for itself, None when nothing."""
    return session.scalar(select(OrganisationPractice).where(OrganisationPractice.org_id == organisation_id))


def demands_training(session: Session, organisation_id: str, on: date) -> bool:
    """Tell whether whoever applies to an organisation for a right on a day must have a certificate of training."""
    practice = practice_of(session, organisation_id)
    return practice is not None and practice.training_demanded_from is not None and practice.training_demanded_from <= on


def delegation_of(session: Session, organisation_id: str) -> Period | None:
    """Give the period in which the organisation has delegated all clients. Basis: 681/2023 § 8."""
    practice = practice_of(session, organisation_id)
    return Period(practice.delegated_from, practice.delegated_to) if practice and practice.delegated_from else None


def statuses_of(session: Session, client_ids: Iterable[str]) -> list[StatusPeriod]:
    """Give the clients' periods of employment status."""
    return list(session.scalars(select(StatusPeriod).where(StatusPeriod.client_id.in_(client_ids)).order_by(StatusPeriod.starts_on)))


def searches_in(statuses: Iterable[StatusPeriod]) -> list[Period]:
    """Give those periods in which job search is valid."""
    return [Period(row.starts_on, row.ends_on) for row in statuses if row.employment_status in SEARCHING]


def responsibilities_of(session: Session, client_id: str) -> list[ResponsibilityPeriod]:
    """Give who has been responsible for a client, oldest first."""
    return list(session.scalars(select(ResponsibilityPeriod).where(ResponsibilityPeriod.client_id == client_id).order_by(ResponsibilityPeriod.starts_on)))


def responsible_on(session: Session, client_id: str, day: date) -> ResponsibilityPeriod | None:
    """Give who is responsible on a day; None is the municipality, of which nothing else is recorded."""
    of = ResponsibilityPeriod
    query = select(of).where(of.client_id == client_id, of.starts_on <= day, of.ends_on.is_(None) | (of.ends_on >= day))
    return session.scalars(query.order_by(of.starts_on.desc()).limit(1)).first()


def delegations_of(session: Session, client_ids: Collection[str]) -> dict[str, list[Period]]:
    """Give the periods in which the employment authority is responsible by a decision; clients without any are left out. Basis: 681/2023 § 8."""
    of, found = ResponsibilityPeriod, defaultdict[str, list[Period]](list)
    query = select(of.client_id, of.starts_on, of.ends_on).where(of.client_id.in_(client_ids), of.responsible == DELEGATED)
    for key, start, end in session.execute(query.order_by(of.starts_on)):
        found[key].append(Period(start, end))
    return found
