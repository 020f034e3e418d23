"""Clients and reach, I01–I08: each person once a figure, by the last matter of the period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from app.clients.models import Client
from app.contacts.models import InitialContact
from app.deadlines.counting import count
from app.deadlines.facts import Settings
from app.deadlines.numbers import number
from app.guidance.models import GuidanceEntry
from app.obligations.models import NATIONAL, LocalNumber
from app.reports.computing.courses import courses_of, subject_of
from app.reports.computing.question import Question
from app.reports.computing.records import in_period, last_of_each
from app.reports.conditions import MOVED, is_client
from app.reports.observation import Observation
from app.responsibility.models import ResponsibilityPeriod


def clients(asked: Question) -> Iterator[Observation]:
    """Count who has an open relationship on the last day (I01)."""
    for key in asked.session.scalars(select(Client.id).where(asked.is_own(Client.org_id), is_client(asked.day))):
        yield Observation(asked.subjects[key])


def integration_clients(asked: Question) -> Iterator[Observation]:
    """Count the clients with a valid plan on the last day (I02)."""
    for plan in courses_of(asked).valid_on(asked.day):
        yield Observation(subject_of(asked, plan))


def new_clients(asked: Question) -> Iterator[Observation]:
    """Count the relationships that began in the period; that of who moved here began here (I03)."""
    period, row = ResponsibilityPeriod, Client
    came = select(func.max(period.starts_on)).where(period.client_id == row.id, period.reason == MOVED).scalar_subquery()
    began = func.coalesce(came, row.relationship_started)
    for key in asked.session.scalars(
        select(row.id).where(asked.is_own(row.org_id), row.merged_into_id.is_(None), in_period(asked, began))
    ):
        yield Observation(asked.subjects[key])


def contacts(asked: Question) -> Iterator[Observation]:
    """Count whom a contact was received of, by sender and outcome (I04)."""
    of = InitialContact
    wanted = select(of.client_id, of.sender_type, of.handled_on, of.outcome).where(
        in_period(asked, of.received_on)
    )
    for subject, row in last_of_each(asked, asked.rows(of, wanted.order_by(of.received_on, of.id))):
        is_handled = row.handled_on is not None and row.handled_on <= asked.day
        yield Observation(
            subject, own=(("CONTACT_SENDER", row.sender_type), ("CONTACT_OUTCOME", row.outcome if is_handled and row.outcome else "OPEN"))
        )


def handling_times(asked: Question) -> Iterator[Observation]:
    """Give the days from a contact to its handling, and whether they kept within the local target (I05)."""
    of = InitialContact
    wanted = select(of.client_id, of.received_on, of.handled_on).where(in_period(asked, of.handled_on))
    targets = _targets(asked)
    for subject, row in last_of_each(asked, asked.rows(of, wanted.order_by(of.handled_on, of.id))):
        due_on = count(row.received_on, number("R01", row.received_on), targets.get(subject.org_id, Settings())).due_on
        yield Observation(subject, numerator=int(row.handled_on <= due_on), denominator=1, amount=(row.handled_on - row.received_on).days)


def _targets(asked: Question) -> dict[str, Settings]:
    """Give each municipality's own numbers for "without delay", as the obligations read them. Basis: 681/2023 § 9.2."""
    name, row, found = number("R01", asked.day).setting, LocalNumber, defaultdict[str, list[tuple[date, int]]](list)
    wanted = select(row.org_id, row.valid_from, row.amount).where(asked.is_own(row.org_id) | (row.org_id == NATIONAL), row.setting == name)
    for org, valid_from, amount in asked.session.execute(wanted.order_by(row.valid_from)):
        found[org].append((valid_from, amount))
    national = {name: tuple(found.pop(NATIONAL, ()))}
    return {org: Settings(dated={name: tuple(found.get(org, ()))}, national=national) for org in asked.org_ids}


def guided(asked: Question) -> Iterator[Observation]:
    """Give the visits of each person who was guided by name (I07)."""
    of = GuidanceEntry
    wanted = select(of.client_id, func.count()).where(in_period(asked, of.given_on)).group_by(of.client_id, of.org_id)
    for subject, (_key, visits, _owner) in last_of_each(asked, asked.rows(of, wanted)):
        yield Observation(subject, amount=visits)


def in_need_of_interpreter(asked: Question) -> Iterator[Observation]:
    """Tell who of the clients needs an interpreter (I08)."""
    for key, is_needed in asked.session.execute(
        select(Client.id, Client.interpreter_needed).where(asked.is_own(Client.org_id), is_client(asked.day))
    ):
        yield Observation(asked.subjects[key], numerator=int(is_needed), denominator=1)


COMPUTATIONS = {
    "I01": clients, "I02": integration_clients, "I03": new_clients, "I04": contacts, "I05": handling_times, "I07": guided,
    "I08": in_need_of_interpreter,
}  # fmt: skip
