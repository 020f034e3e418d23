"""Rights, findings of the log, disclosures, adoption and non-disclosure, I95–I99. Basis: 681/2023 §§ 74, 79–81, 84–94."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

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


def _rights(asked: Question) -> list[Any]:
    """Give the rights that the municipalities have granted and that are in force on the day, with who did and the kind of their organisation."""
    of, day, grantor = AccessGrant, asked.day, func.coalesce(AccessGrant.grantor_id, AccessGrant.organisation_id)
    columns = (of.basis, of.role, of.valid_from, of.valid_to, of.last_used_on, of.opened_at, of.ended_at)
    wanted = select(grantor.label("org_id"), Organisation.kind, *columns).join(Organisation, Organisation.id == of.organisation_id).where(
        asked.is_own(grantor), of.opened_at.is_not(None), of.valid_from <= day, of.valid_to.is_(None) | (of.valid_to >= day),
    )  # fmt: skip
    found = asked.session.execute(wanted.order_by(of.id))
    return [right for right in found if (_day(right.opened_at) or day) <= day < (_day(right.ended_at) or date.max)]


def rights(asked: Question) -> Iterator[Observation]:
    """Count the rights in force, those unused for 90 days and those that end within four weeks (I95)."""
    for right in _rights(asked):
        own = ((BASIS, right.basis), (HOLDER, right.kind), (ROLE, right.role))
        yield Observation(None, own=own, only=("", BASIS, HOLDER, ROLE), org_id=right.org_id)
        is_unused = (right.last_used_on or right.valid_from) < asked.day - UNUSED
        states = ["UNUSED" if is_unused else "IN_USE"]
        if right.valid_to is not None and right.valid_to <= asked.day + _EXPIRES:
            states.append("EXPIRES")
        for state in states:
            yield Observation(None, own=((STATE, state),), only=(STATE,), org_id=right.org_id)


def findings(asked: Question) -> Iterator[Observation]:
    """Spread the days that findings of the period about the municipality's clients have been or were open (I96)."""
    of = LogFinding
    wanted = select(of.concerns_id, of.kind, of.found_on, of.decided_at, of.reported_by_id).where(
        asked.is_own(of.concerns_id), of.found_on >= asked.period.starts_on, of.found_on <= asked.day
    )
    for org, kind, found_on, decided_at, reported_by in asked.session.execute(wanted):
        decided = _day(decided_at)
        is_decided = decided is not None and decided <= asked.day
        days = ((decided if is_decided and decided else asked.day) - found_on).days
        own = ((FOUND_BY, kind), (STAGE, "DECIDED" if is_decided else "OPEN"), (REPORTED, "YES" if reported_by else "NO"))
        yield Observation(None, amount=days, own=own, org_id=org)


def disclosures(asked: Question) -> Iterator[Observation]:
    """Count the disclosures that the records tell of, by receiver and ground (I97)."""
    for org, key, receiver, ground in _disclosed(asked):
        subject = asked.subjects.get(key or "")
        is_own = subject is not None and subject.org_id == org
        yield Observation(subject if is_own else None, own=((RECEIVER, receiver), (GROUND, ground)), org_id=org)


def _disclosed(asked: Question) -> Iterator[tuple[str, str | None, str, str]]:
    """Give the municipality, the client if one is known, the receiver and the ground of each."""
    first, last, session = asked.period.starts_on, asked.day, asked.session
    shared, invited, moved, plan = ClientMembership, Participation, TransferRequest, IntegrationPlan
    for org, key, accepted_at in session.execute(
        select(invited.org_id, invited.client_id, invited.accepted_at).where(asked.is_own(invited.org_id), invited.accepted_at.is_not(None))
    ):
        if first <= (_day(accepted_at) or date.max) <= last:
            yield org, key, "WELLBEING_COUNTY", "86.2"
    served = (
        select(Client.org_id, shared.client_id, Organisation.kind)
        .join(Organisation, Organisation.id == shared.organisation_id)
        .join(Client, Client.id == shared.client_id)
    )
    served = served.where(
        asked.is_own(Client.org_id), shared.is_owner.is_(False), shared.participation_id.is_(None), shared.purpose != ARCHIVE
    )
    for org, key, kind in session.execute(served.where(shared.valid_from >= first, shared.valid_from <= last)):
        yield org, key, kind, "94" if kind == "SERVICE_PROVIDER" else "86.2"
    completed = (asked.is_own(moved.from_id), moved.status == "COMPLETED", moved.ended_on >= first, moved.ended_on <= last)
    for org in session.scalars(select(moved.from_id).where(*completed)):
        yield org, None, "MUNICIPALITY", "86.4"
    told = select(plan.org_id, plan.client_id).where(asked.is_own(plan.org_id), plan.kela_told_on >= first, plan.kela_told_on <= last)
    for org, key in session.execute(told):
        yield org, key, "KELA", "88.1"


def adoption(asked: Question) -> Iterator[Observation]:
    """Count a municipality when it has a user's right in force and an open client; the amount is its records brought from old systems (I98)."""
    with_users = {right.org_id for right in _rights(asked) if right.kind == "MUNICIPALITY"}
    with_clients = set(asked.session.scalars(select(Client.org_id).where(open_clients(asked)).distinct()))
    migrated = _migrated(asked)
    for org in sorted({*with_users, *with_clients, *migrated}):
        records = migrated.get(org, 0)
        yield Observation(None, numerator=int(org in with_users and org in with_clients), amount=records or None, only=("",), org_id=org)
        for value, is_so in (("USERS", org in with_users), ("CLIENTS", org in with_clients), ("MIGRATED", records > 0)):
            if is_so:
                yield Observation(None, own=((ADOPTION, value),), amount=records if value == "MIGRATED" else None, only=(ADOPTION,), org_id=org)


def _migrated(asked: Question) -> dict[str, int]:
    """Count the records that each municipality has brought in and kept; none where there are none."""
    batch, change = ImportBatch, ImportChange
    batches = asked.session.execute(
        select(batch.id, batch.org_id, batch.committed_at).where(
            asked.is_own(batch.org_id), batch.committed_at.is_not(None), batch.undone_at.is_(None)
        )
    )
    owners = {key: org for key, org, committed_at in batches if (_day(committed_at) or date.max) <= asked.day}
    wanted = (
        select(change.batch_id, func.count())
        .where(change.batch_id.in_(owners), change.kind == change.CREATED, change.undone.is_(None) | (change.undone != "REVERSED"))
        .group_by(change.batch_id)
    )
    found = Counter[str]()
    for key, count in asked.session.execute(wanted) if owners else ():
        found[owners[key]] += count
    return found


def protected(asked: Question) -> Iterator[Observation]:
    """Count the open clients under non-disclosure (I99). Basis: 661/2009 § 36."""
    for key in asked.session.scalars(select(Client.id).where(open_clients(asked), Client.non_disclosure)):
        yield Observation(asked.subjects[key])


COMPUTATIONS = {"I95": rights, "I96": findings, "I97": disclosures, "I98": adoption, "I99": protected}
