"""The plans of municipalities with the days they held, read once for all indicators; what every plan indicator goes by.

A plan that is a draft or was annulled is none. A plan that a later one replaced was drawn up and held in its time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.clients.models import Client
from app.plans.events import NOT_BINDING
from app.plans.models import IntegrationPlan
from app.reports.computing.question import Question
from app.reports.observation import Subject
from app.responsibility.models import ResponsibilityPeriod


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that counts. It holds from `starts_on` (None while it is only agreed) until `until`, the first day it holds no more (None: it goes on).

    Of a client who moved here it holds from that day on (docs/adr/0025).
    """

    id: str
    client_id: str
    ordinal: int
    drawn_up: date
    birth_date: date
    assessment_id: str | None
    starts_on: date | None
    until: date | None
    # Only of a plan that was ended, not of one that another replaced.
    ended_on: date | None
    end_reason: str | None
    studies_only_from: date | None
    left_on: date | None
    is_agreed: bool = True

    def holds_on(self, day: date) -> bool:
        """Tell whether it is the client's plan on a day; the day it ends it is no more."""
        return self.starts_on is not None and self.starts_on <= day and (self.until is None or day < self.until)

    def holds_within(self, first: date, last: date) -> bool:
        """Tell whether it is the client's plan on a day between two."""
        if self.starts_on is None or self.starts_on > last:
            return False
        return self.until is None or (first < self.until and self.starts_on < self.until)


class Courses:
    """The plans that count by client, each client's in the order they were drawn up."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.of_client: dict[str, list[Plan]] = defaultdict(list)
        for plan in sorted(plans, key=lambda one: (one.drawn_up, one.ordinal)):
            self.of_client[plan.client_id].append(plan)

    def __iter__(self) -> Iterator[Plan]:
        return (plan for plans in self.of_client.values() for plan in plans)

    def drawn_up_within(self, first: date, last: date) -> list[Plan]:
        """Give the plans drawn up between two days, both included."""
        return [plan for plan in self if first <= plan.drawn_up <= last]

    def first_of(self, client_id: str) -> Plan:
        """Give the client's first plan."""
        return self.of_client[client_id][0]

    def valid_on(self, day: date) -> list[Plan]:
        """Give the plan in force of each client on a day, of two the one that came into force last: who has one is an integration client.

        A plan goes on, also past its last day, until it is ended or another replaces it, as the client's own page and tasks show it.
        Basis: 681/2023 § 5 item 5.
        """
        found = ([plan for plan in plans if plan.holds_on(day)] for plans in self.of_client.values())
        return [max(plans, key=lambda one: (one.starts_on, one.ordinal)) for plans in found if plans]


def of_municipality(asked: Question, *columns: Any) -> Select[Any]:
    """Give a statement over the plans of the municipalities' clients."""
    joined = select(*columns).select_from(IntegrationPlan).join(Client, Client.id == IntegrationPlan.client_id)
    return joined.where(asked.is_own(Client.org_id), Client.merged_into_id.is_(None))


def counted(asked: Question, *columns: Any) -> Select[Any]:
    """Give a statement over the plans that count."""
    return of_municipality(asked, *columns).where(IntegrationPlan.status.not_in(NOT_BINDING))


def subject_of(asked: Question, plan: Plan) -> Subject:
    """Give the person the plan is of."""
    return asked.subjects[plan.client_id]


def courses_of(asked: Question) -> Courses:
    """Give the plans of the municipalities; one statement, and none when they were read before."""
    return asked.once("courses", lambda: _read(asked))


def _read(asked: Question) -> Courses:
    plan, period = IntegrationPlan, ResponsibilityPeriod
    moved_here = select(func.max(period.starts_on)).where(period.client_id == Client.id, period.reason == "MOVED").scalar_subquery()
    columns = (
        plan.id, plan.client_id, plan.ordinal, plan.status, plan.drawn_up_date, plan.valid_from, plan.valid_to, plan.agreed_on, plan.ended_on,
        plan.end_reason, plan.studies_only_from, plan.assessment_id, Client.birth_date, Client.relationship_ended, Client.archived_on,
        moved_here.label("moved_on"),
    )  # fmt: skip
    by_client: dict[str, list[Any]] = defaultdict(list)
    for row in asked.session.execute(of_municipality(asked, *columns).where(plan.status != "DRAFT")):
        by_client[row.client_id].append(row)
    return Courses(_plan(row, rows) for rows in by_client.values() for row in rows if row.status not in NOT_BINDING)


def _plan(row: Any, beside: Sequence[Any]) -> Plan:
    ended = (row.ended_on or row.valid_to) if row.status == "ENDED" else None
    replaced = _replaced_on(row, beside) if row.status == "SUPERSEDED" else None
    left = min((day for day in (row.relationship_ended, row.archived_on) if day), default=None)
    return Plan(
        id=row.id, client_id=row.client_id, ordinal=row.ordinal, drawn_up=row.drawn_up_date, birth_date=row.birth_date, assessment_id=row.assessment_id,
        starts_on=None if row.status == "AGREED" else max(_start(row), row.moved_on or _start(row)), until=min((day for day in (ended, replaced, left) if day), default=None),
        ended_on=ended, end_reason=row.end_reason, studies_only_from=row.studies_only_from, left_on=row.relationship_ended, is_agreed=row.agreed_on is not None,
    )  # fmt: skip


def _start(row: Any) -> date:
    """A plan comes into force on its first day, and not before it is agreed."""
    start: date = max(row.valid_from, row.agreed_on or row.valid_from)
    return start


def _replaced_on(row: Any, beside: Sequence[Any]) -> date:
    """Give the day the next plan came into force; where that one was annulled since, it did so nevertheless."""
    later = [one for one in beside if one.status != "AGREED" and (_start(one), one.ordinal) > (_start(row), row.ordinal)]
    lasting = [one for one in later if one.status not in NOT_BINDING]
    day: date = min((_start(one) for one in lasting or later), default=row.valid_to)
    return day
