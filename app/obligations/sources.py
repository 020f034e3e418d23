"""Where the events come from: each feature's `events.py`, with the tables it reads; a change of a row there derives the client anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.appointments.events import events_of as events_of_appointments
from app.appointments.models import Appointment
from app.assessments.events import events_of_assessments
from app.assessments.models import Assessment, AssessmentGround
from app.children.events import events_of_children
from app.children.models import Representative
from app.clients.events import events_of_clients, events_of_residence
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.contacts.events import events_of_contacts
from app.contacts.models import InitialContact
from app.deadlines.facts import Event
from app.plans.events import events_of_plans
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.models import IntegrationPlan, PlannedService
from app.responsibility.events import events as events_of_responsibility
from app.responsibility.models import ResponsibilityPeriod, StatusPeriod
from app.reviews.events import events_of_reviews
from app.reviews.models import PlanReview
from app.services.events import events_of as events_of_services
from app.services.models import ServiceParticipation

Reader = Callable[[Session, Collection[str]], dict[str, list[Event]]]


@dataclass(frozen=True)
class Source:
    """A feature's events of many clients at once, and the models they are read from."""

    events: Reader
    models: tuple[Any, ...]


SOURCES: tuple[Source, ...] = (
    Source(events_of_clients, (Client,)),
    Source(events_of_residence, (ResidenceBasis,)),
    Source(events_of_contacts, (InitialContact,)),
    Source(events_of_assessments, (Assessment, AssessmentGround)),
    Source(events_of_plans, (IntegrationPlan, PlanExtension, PlanInterruption)),
    Source(events_of_reviews, (PlanReview, IntegrationPlan)),
    Source(events_of_services, (ServiceParticipation, PlannedService, IntegrationPlan)),
    Source(events_of_appointments, (Appointment,)),
    Source(events_of_children, (Representative,)),
    Source(events_of_responsibility, (StatusPeriod, ResponsibilityPeriod)),
)


def watched_models() -> tuple[Any, ...]:
    """Give the models that obligations follow from."""
    return tuple(dict.fromkeys(model for source in SOURCES for model in source.models))


def events_by_client(session: Session, client_ids: Collection[str]) -> Iterator[tuple[str, list[Event]]]:
    """Give the events of every source, source by source."""
    for source in SOURCES:
        yield from source.events(session, client_ids).items()
