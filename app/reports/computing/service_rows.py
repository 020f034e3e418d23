"""Services that clients have begun, as the computations read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.plans.models import IntegrationPlan, PlannedService
from app.reports.computing.question import Question
from app.reports.dimensions import OF_PERSON
from app.services.models import ServiceParticipation

# Where a person is counted once, whatever the matter's own breakdowns are.
WHOLE = ("", *OF_PERSON)
_FINISHED = ("COMPLETED", "DISCONTINUED")


@dataclass(frozen=True, slots=True)
class Taken:
    """A service that a client began."""

    client_id: str
    service_id: str
    kind: str
    status: str
    referred_on: date | None
    started_on: date
    ended_on: date | None
    end_reason: str | None
    language: str | None
    starting_level: str | None

    def has_become(self, status: str, first: date, last: date) -> bool:
        """Tell whether it ended so between the days, both included."""
        return self.status == status and self.ended_on is not None and first <= self.ended_on <= last


def taken(asked: Question, *only: Any) -> Iterator[Taken]:
    """Give the services begun by the day asked of, each client's in the order of their beginning; those of an annulled plan are none."""
    of, service = ServiceParticipation, PlannedService
    wanted = (
        select(service.client_id, service.id, service.service_type, service.status, service.ends_on, of.referred_on, of.started_on, of.ended_on, of.end_reason,
               of.language, of.starting_level)
        .join(of, of.planned_service_id == service.id)
        .join(IntegrationPlan, IntegrationPlan.id == service.plan_id)
        .where(of.started_on <= asked.day, IntegrationPlan.status != "ANNULLED", *only)
        .order_by(service.client_id, of.started_on, service.id)
    )  # fmt: skip
    for row in asked.rows(service, wanted):
        yield Taken(
            row.client_id, row.id, row.service_type, row.status, row.referred_on, row.started_on, _end(row), row.end_reason, row.language,
            row.starting_level,
        )  # fmt: skip


def _end(row: Any) -> date | None:
    """Give the last day; of one that was brought from an old system without it, the last day that was planned."""
    if row.ended_on is None and row.status in _FINISHED:
        return max(row.started_on, row.ends_on or row.started_on)
    last: date | None = row.ended_on
    return last


def under_way(asked: Question) -> list[Taken]:
    """Give the services that the clients were in on any day of the period."""
    first, ended = asked.period.starts_on, ServiceParticipation.ended_on
    return [one for one in taken(asked, ended.is_(None) | (ended >= first)) if one.ended_on is None or one.ended_on >= first]


def begun(asked: Question, first: date, last: date, kinds: tuple[str, ...] = ()) -> list[Taken]:
    """Give the services begun between the days, both included."""
    started = ServiceParticipation.started_on
    return list(taken(asked, started >= first, started <= last, *([PlannedService.service_type.in_(kinds)] if kinds else [])))
