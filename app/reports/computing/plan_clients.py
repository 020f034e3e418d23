"""Who had a plan in force on which days: integration clients. Basis: 681/2023 § 5 item 5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select

from app.plans.models import IntegrationPlan
from app.reports.computing.question import Question

_NOT_BEGUN = ("DRAFT", "AGREED")


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan from the first day it bound to the day it did no more; `ends_on` is None while it binds."""

    client_id: str
    begins_on: date
    ends_on: date | None

    def is_within(self, first: date, last: date) -> bool:
        """Tell whether it was in force on any of the days, both included."""
        return self.begins_on <= last and (self.ends_on is None or self.ends_on > first)


def plan_clients(asked: Question, first: date) -> set[str]:
    """Give who had a plan in force on any day from the first to the one asked of."""
    return {one.client_id for one in _followed(asked) if one.client_id in asked.subjects and one.is_within(first, asked.day)}


def _followed(asked: Question) -> Iterator[Followed]:
    plan = IntegrationPlan
    wanted = select(plan.client_id, plan.status, plan.agreed_on, plan.drawn_up_date, plan.valid_from, plan.valid_to, plan.ended_on).where(
        plan.org_id == asked.org_id, plan.status.not_in(_NOT_BEGUN)
    )
    rows = asked.session.execute(wanted.order_by(plan.client_id, plan.ordinal, plan.id))
    for key, plans in groupby(rows, key=lambda row: row.client_id):
        begun = [(max(row.agreed_on or row.drawn_up_date, row.valid_from), row) for row in plans]
        # A plan is replaced on the day the next one begins, also by one that is annulled later.
        after = [begins for begins, _row in begun[1:]]
        for (begins, row), following in zip(begun, [*after, None], strict=True):
            if row.status != "ANNULLED":
                yield Followed(key, begins, _end(row.status, row.ended_on, row.valid_to, following))


def _end(status: str, ended_on: date | None, valid_to: date, following: date | None) -> date | None:
    if status == "ENDED":
        return ended_on or valid_to
    return (following or valid_to) if status == "SUPERSEDED" else None
