"""Persons of a municipality that has no others, made by hand for one figure and taken back after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.assessments.models import Assessment, InterviewSection
from app.clients.actions import prepare_client
from app.clients.facts import EducationRecord, LanguageSkill, ResidenceBasis
from app.clients.models import Client
from app.contacts.models import InitialContact
from app.db.base import db
from app.db.types import new_id
from app.guidance.models import GuidanceEntry
from app.organisations.models import Organisation, organisation_key
from app.participations.models import Participation
from app.plans.models import IntegrationPlan
from app.reports.catalogue.all import INDICATORS
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.dimensions import OF_PERSON
from app.reports.observation import Cell, Subject, cells
from app.reports.periods import Period, period_named
from app.reports.subjects import subjects_of
from app.responsibility.models import ResponsibilityPeriod

COUNTY = organisation_key("WELLBEING_COUNTY", "04")
_SINCE = date(2025, 2, 3)
# What a row must hold, when a test does not ask.
_NEEDS: dict[Any, dict[str, Any]] = {
    Assessment: {"ground": "A4", "language": "uk", "started_on": _SINCE},
    InterviewSection: {"section": "LITERACY", "position": 1},
    EducationRecord: {"level": "2"},
    GuidanceEntry: {"language": "uk"},
    InitialContact: {"sender_type": "CLIENT", "received_on": _SINCE},
    LanguageSkill: {"language": "fi", "basis": "WORKER"},
    ResidenceBasis: {"kind": "PERMIT", "ground": "P87"},
    ResponsibilityPeriod: {"responsible": "MUNI", "reason": "BEGINNING"},
    Participation: {
        "organisation_id": COUNTY, "matter": "ASSESSMENT", "profile": "ASSESSMENT_PART", "purpose": "ASSESSMENT_PARTICIPATION", "reason": "x",
        "valid_to": date(2027, 12, 31),
    },
    IntegrationPlan: {
        "status": "IN_FORCE", "drawn_up_date": date(2024, 6, 3), "valid_from": date(2024, 6, 3), "valid_to": date(2027, 6, 2), "agreed_on": date(2024, 6, 3),
        "planned_review_date": date(2024, 12, 3), "follow_up": "x", "authors": "x",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Persons:
    """A session and a municipality of which nobody else is a client."""

    session: Session
    home: str

    def person(self, **values: Any) -> Client:
        """Make a client."""
        known = {
            "family_name": "Keksitty", "given_names": "Kaisu", "birth_date": date(1990, 5, 17), "citizenship": "UA", "mother_tongue": "uk", "service_language": "fi",
            "no_identity_code_reason": "PENDING", "status": "INTAKE", "relationship_started": _SINCE, **values,
        }  # fmt: skip
        client = Client(id=new_id(), org_id=self.home, home_municipality_id=self.home, **known)
        prepare_client(client)
        self.session.add(client)
        self.session.flush()
        return client

    def add(self, model: Any, client: Client, **values: Any) -> Any:
        """Make a row of a client."""
        row = model(id=new_id(), client_id=client.id, **{"org_id": client.org_id, **_NEEDS[model], **values})
        self.session.add(row)
        self.session.flush()
        return row

    def subject(self, client: Client, day: date) -> Subject:
        return subjects_of(self.session, (self.home,), day)[client.id]

    def values(self, client: Client, day: date) -> dict[str, str]:
        """Give the person's breakdowns on a day."""
        return dict(zip(OF_PERSON, self.subject(client, day).values, strict=True))

    def cells(self, indicator: str, period: str, day: date | None = None) -> dict[tuple[str, str], Cell]:
        """Give the cells of a figure; `day` is today when the period still runs."""
        named: Period = period_named(period)
        last = day or named.ends_on
        asked = Question(self.session, (self.home,), named, last, subjects_of(self.session, (self.home,), last))
        return cells(INDICATORS[indicator], COMPUTATIONS[indicator](asked)).get(self.home, {})

    def figure(self, indicator: str, period: str, day: date | None = None) -> Cell:
        """Give the whole of a figure."""
        return self.cells(indicator, period, day).get(("", ""), Cell())

    def number(self, indicator: str, period: str, day: date | None = None) -> int:
        return self.figure(indicator, period, day).numerator


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@contextmanager
def persons_of_nowhere(app: Flask) -> Iterator[Persons]:
    """Give a municipality without clients, and take back what is made in it."""
    with app.app_context(), system_scope():
        lived_in = select(Client.org_id).distinct()
        found = (
            select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", Organisation.id.not_in(lived_in)).order_by(Organisation.code)
        )
        try:
            yield Persons(db.session, str(db.session.scalars(found.limit(1)).one()))  # type: ignore[arg-type]
        finally:
            db.session.rollback()
