"""The facts and events of clients as the engine takes them, read from the models for many clients at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, AssessmentGround
from app.children.queries import without_guardian
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.deadlines.facts import Event, Facts, Period, Settings
from app.obligations.models import NATIONAL, LocalNumber
from app.obligations.sources import events_by_client
from app.plans.models import IntegrationPlan
from app.responsibility.queries import delegations_of

_JOBSEEKERS = ("UNEMPLOYED_JS", "JOBSEEKER")


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that one client's obligations follow from; `plans` are the keys of plans by their number.

    `delegated` are the periods in which the employment authority is responsible by the municipality's decision (§ 8).
    """

    org_id: str
    worker_id: int | None
    is_closed: bool
    # The record was joined to another of the same person: what is due is due there.
    is_joined: bool = False
    facts: Facts
    settings: Settings
    events: list[Event] = field(default_factory=list)
    plans: dict[int, str] = field(default_factory=dict)
    delegated: tuple[Period, ...] = ()

    def settings_on(self, day: date) -> Settings:
        """Give the settings with who is responsible on a day."""
        is_delegated = any(one.start <= day and (one.end is None or day <= one.end) for one in self.delegated)
        return replace(self.settings, all_clients_to_employment_authority=is_delegated)


def facts_of_clients(session: Session, client_ids: Collection[str]) -> dict[str, Known]:
    """Read the clients that are there; the number of statements does not depend on how many they are."""
    columns = (Client.id, Client.org_id, Client.responsible_worker_id, Client.status, Client.birth_date, Client.employment_status, Client.trafficking_victim,
               Client.merged_into_id, Client.hold_reason)  # fmt: skip
    rows = session.execute(select(*columns).where(Client.id.in_(client_ids))).all()
    settings, grounds, residence = _settings(session, {row.org_id for row in rows}), _grounds(session, client_ids), _residence(session, client_ids)
    alone, delegated = without_guardian(session, client_ids), delegations_of(session, client_ids)
    found = {
        row.id: Known(
            org_id=row.org_id, worker_id=row.responsible_worker_id, is_closed=row.status == "CLOSED", is_joined=row.merged_into_id is not None, settings=settings[row.org_id],
            delegated=tuple(delegated.get(row.id, ())),
            facts=Facts(
                birth_date=row.birth_date, unaccompanied=row.id in alone, trafficking_victim=row.trafficking_victim, residence_ground=residence.get(row.id),
                retention_hold=row.hold_reason is not None,
                # A ground of long ago does not tell of the job search of today.
                assessment_grounds=frozenset((grounds[row.id] - {"A1"}) | ({"A1"} if row.employment_status in _JOBSEEKERS else set())),
            ),
        )
        for row in rows
    }  # fmt: skip
    for key, events in events_by_client(session, client_ids):
        if key in found:
            found[key].events.extend(events)
    for key, ordinal, plan in session.execute(select(IntegrationPlan.client_id, IntegrationPlan.ordinal, IntegrationPlan.id).where(IntegrationPlan.client_id.in_(client_ids))):
        if key in found:
            found[key].plans[ordinal] = plan
    return found


def _settings(session: Session, org_ids: Collection[str]) -> dict[str, Settings]:
    dated: dict[str, dict[str, list[tuple[date, int]]]] = {key: defaultdict(list) for key in org_ids}
    query = select(LocalNumber.org_id, LocalNumber.setting, LocalNumber.valid_from, LocalNumber.amount).where(LocalNumber.org_id.in_({*org_ids, NATIONAL}))
    for key, name, valid_from, amount in session.execute(query.order_by(LocalNumber.valid_from)):
        dated.setdefault(key, defaultdict(list))[name].append((valid_from, amount))
    settled = {key: {name: tuple(numbers) for name, numbers in found.items()} for key, found in dated.items()}
    return {key: Settings(dated=settled[key], national=settled.get(NATIONAL, {})) for key in org_ids}


def _grounds(session: Session, client_ids: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = select(Assessment.client_id, Assessment.ground).where(Assessment.client_id.in_(client_ids), Assessment.status != "CANCELLED")
    further = select(Assessment.client_id, AssessmentGround.ground).join(Assessment, Assessment.id == AssessmentGround.assessment_id)
    both = union_all(query, further.where(Assessment.client_id.in_(client_ids), Assessment.status != "CANCELLED"))
    for key, ground in session.execute(both):
        found[key].add(ground)
    return found


def _residence(session: Session, client_ids: Collection[str]) -> dict[str, str]:
    """Give the ground of the first permit, card or registration."""
    query = select(ResidenceBasis.client_id, ResidenceBasis.ground).where(ResidenceBasis.client_id.in_(client_ids), ResidenceBasis.kind != "OTHER")
    latest_first = query.order_by(ResidenceBasis.granted_date.desc(), ResidenceBasis.id)
    # The first comes last, and stays.
    return dict(session.execute(latest_first).tuples().all())
