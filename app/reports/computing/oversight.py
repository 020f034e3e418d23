"""Rights, findings of the log, disclosures, adoption and non-disclosure, I95–I99. Basis: 681/2023 §§ 74, 79–81, 84–94."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, select

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.examinations.models import LogFinding
from app.imports.models import ImportBatch, ImportChange
from app.organisations.models import Organisation
from app.participations.models import Participation
from app.plans.models import IntegrationPlan
from app.reports.computing.operation import open_clients
from app.reports.computing.question import Question
from app.reports.observation import Observation
from app.reports.periods import day_of
from app.rights.upkeep import BEFORE_END, UNUSED
from app.transfers.models import TransferRequest
from app.transfers.moving import ARCHIVE
from app.users.models import AccessGrant

STATE, BASIS, HOLDER, ROLE = "RIGHT_STATE", "GRANT_BASIS", "RIGHT_HOLDER", "ROLE"
STAGE, REPORTED, FOUND_BY = "FINDING_STAGE", "FINDING_REPORTED", "LOG_RULE"
RECEIVER, GROUND, ADOPTION = "RECEIVER", "DISCLOSURE_GROUND", "ADOPTION"
_EXPIRES = max(BEFORE_END.values())


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def _rights(asked: Question) -> list[tuple[AccessGrant, str]]:
    """Give the rights that the municipality has granted and that are in force on the day, with the kind of their organisation."""
    of, day = AccessGrant, asked.day
    wanted = select(of, Organisation.kind).join(Organisation, Organisation.id == of.organisation_id).where(
        func.coalesce(of.grantor_id, of.organisation_id) == asked.org_id, of.opened_at.is_not(None), of.valid_from <= day,
        of.valid_to.is_(None) | (of.valid_to >= day),
    )  # fmt: skip
    found = asked.session.execute(wanted.order_by(of.id)).unique().tuples().all()
    return [(right, kind) for right, kind in found if (_day(right.opened_at) or day) <= day < (_day(right.ended_at) or date.max)]


def rights(asked: Question) -> Iterator[Observation]:
    """Count the rights in force, those unused for 90 days and those that end within four weeks (I95)."""
    for right, kind in _rights(asked):
        yield Observation(None, own=((BASIS, right.basis), (HOLDER, kind), (ROLE, right.role)), only=("", BASIS, HOLDER, ROLE))
        is_unused = (right.last_used_on or right.valid_from) < asked.day - UNUSED
        states = ["UNUSED" if is_unused else "IN_USE"]
        if right.valid_to is not None and right.valid_to <= asked.day + _EXPIRES:
            states.append("EXPIRES")
        for state in states:
            yield Observation(None, own=((STATE, state),), only=(STATE,))


def findings(asked: Question) -> Iterator[Observation]:
    """Spread the days that findings of the period about the municipality's clients have been or were open (I96)."""
    of = LogFinding
    wanted = select(of.kind, of.found_on, of.decided_at, of.reported_by_id).where(
        of.concerns_id == asked.org_id, of.found_on >= asked.period.starts_on, of.found_on <= asked.day
    )
    for kind, found_on, decided_at, reported_by in asked.session.execute(wanted):
        decided = _day(decided_at)
        is_decided = decided is not None and decided <= asked.day
        days = ((decided if is_decided and decided else asked.day) - found_on).days
        own = ((FOUND_BY, kind), (STAGE, "DECIDED" if is_decided else "OPEN"), (REPORTED, "YES" if reported_by else "NO"))
        yield Observation(None, amount=days, own=own)


def disclosures(asked: Question) -> Iterator[Observation]:
    """Count the disclosures that the records tell of, by receiver and ground (I97)."""
    for key, receiver, ground in _disclosed(asked):
        yield Observation(asked.subjects.get(key or ""), own=((RECEIVER, receiver), (GROUND, ground)))


def _disclosed(asked: Question) -> Iterator[tuple[str | None, str, str]]:
    first, last, session = asked.period.starts_on, asked.day, asked.session
    shared, invited, moved, plan = ClientMembership, Participation, TransferRequest, IntegrationPlan
    for key, accepted_at in session.execute(
        select(invited.client_id, invited.accepted_at).where(invited.org_id == asked.org_id, invited.accepted_at.is_not(None))
    ):
        if first <= (_day(accepted_at) or date.max) <= last:
            yield key, "WELLBEING_COUNTY", "86.2"
    served = (
        select(shared.client_id, Organisation.kind)
        .join(Organisation, Organisation.id == shared.organisation_id)
        .join(Client, Client.id == shared.client_id)
    )
    served = served.where(
        Client.org_id == asked.org_id, shared.is_owner.is_(False), shared.participation_id.is_(None), shared.purpose != ARCHIVE
    )
    for key, kind in session.execute(served.where(shared.valid_from >= first, shared.valid_from <= last)):
        yield key, kind, "94" if kind == "SERVICE_PROVIDER" else "86.2"
    count = (
        select(func.count())
        .select_from(moved)
        .where(moved.from_id == asked.org_id, moved.status == "COMPLETED", moved.ended_on >= first, moved.ended_on <= last)
    )
    for _number in range(session.scalar(count) or 0):
        yield None, "MUNICIPALITY", "86.4"
    for key in session.scalars(
        select(plan.client_id).where(plan.org_id == asked.org_id, plan.kela_told_on >= first, plan.kela_told_on <= last)
    ):
        yield key, "KELA", "88.1"


def adoption(asked: Question) -> Iterator[Observation]:
    """Count the municipality when it has a user's right in force and an open client; the amount is its records brought from old systems (I98)."""
    has_users = any(True for _right, kind in _rights(asked) if kind == "MUNICIPALITY")
    has_clients = asked.session.scalar(select(Client.id).where(open_clients(asked)).limit(1)) is not None
    records = _migrated(asked)
    if not (has_users or has_clients or records):
        return
    yield Observation(None, numerator=int(has_users and has_clients), amount=records or None, only=("",))
    for value, is_so in (("USERS", has_users), ("CLIENTS", has_clients), ("MIGRATED", records > 0)):
        if is_so:
            yield Observation(None, own=((ADOPTION, value),), amount=records if value == "MIGRATED" else None, only=(ADOPTION,))


def _migrated(asked: Question) -> int:
    batches = asked.session.execute(
        select(ImportBatch.id, ImportBatch.committed_at).where(
            ImportBatch.org_id == asked.org_id, ImportBatch.committed_at.is_not(None), ImportBatch.undone_at.is_(None)
        )
    )
    keys = [key for key, committed_at in batches if (_day(committed_at) or date.max) <= asked.day]
    change = ImportChange
    wanted = (
        select(func.count())
        .select_from(change)
        .where(change.batch_id.in_(keys), change.kind == change.CREATED, change.undone.is_(None) | (change.undone != "REVERSED"))
    )
    return (asked.session.scalar(wanted) or 0) if keys else 0


def protected(asked: Question) -> Iterator[Observation]:
    """Count the open clients under non-disclosure (I99). Basis: 661/2009 § 36."""
    for key in asked.session.scalars(select(Client.id).where(open_clients(asked), Client.non_disclosure)):
        yield Observation(asked.subjects[key])


COMPUTATIONS = {"I95": rights, "I96": findings, "I97": disclosures, "I98": adoption, "I99": protected}
