"""Clients of Vantaa shared with those of the cast who work elsewhere, for the time of their plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.deadlines.numbers import limit_after
from app.demo.draw import Draw
from app.demo.services import PROVIDER
from app.demo.source import texts
from app.organisations.models import organisation_key
from app.participations.actions import membership_for
from app.participations.models import CountyStatement, Participation
from app.plans.models import IntegrationPlan, PlannedService

OWNER = organisation_key("MUNICIPALITY", "092")
COUNTY = organisation_key("WELLBEING_COUNTY", "04")
PROVIDER_KEY = organisation_key("SERVICE_PROVIDER", "ESIM")


def share_clients(session: Session, on: date) -> None:
    """Invite the county to the plan of one client and share three with the provider of their services, unless it is done already."""
    plans = (
        select(IntegrationPlan)
        .join(Client, Client.id == IntegrationPlan.client_id)
        .where(Client.org_id == OWNER, Client.status == "PLAN_ACTIVE", Client.non_disclosure.is_(False),
               IntegrationPlan.status == "IN_FORCE", IntegrationPlan.valid_to > on)
        .order_by(IntegrationPlan.client_id)
    )  # fmt: skip
    bought = select(PlannedService.id).where(PlannedService.plan_id == IntegrationPlan.id, PlannedService.provider == PROVIDER)
    if not _shares(session, PROVIDER_KEY):
        for plan in session.scalars(plans.where(bought.exists()).limit(3)):
            session.add(ClientMembership(client_id=plan.client_id, organisation_id=PROVIDER_KEY, is_owner=False, purpose="INTEGRATION_SERVICE",
                                         valid_from=plan.drawn_up_date, valid_to=plan.valid_to))  # fmt: skip
    if not _shares(session, COUNTY):
        _invite_county(session, plans, on)
    session.commit()


def _shares(session: Session, organisation_id: str) -> bool:
    return session.scalar(select(ClientMembership.id).where(ClientMembership.organisation_id == organisation_id).limit(1)) is not None


def _invite_county(session: Session, plans: Select[Any], on: date) -> None:
    """Let the county take part in the plan of one of Aino's clients, and say something in it."""
    ids: dict[str, int] = dict(session.execute(select(User.username, User.id).where(User.username.in_(("aino", "veera")))).tuples().all())
    aino, veera = ids.get("aino"), ids.get("veera")
    first = case((Client.responsible_worker_id == aino, 0), else_=1)
    plan = session.scalars(plans.order_by(None).order_by(first, IntegrationPlan.client_id).limit(1)).first()
    if plan is None:
        return
    draw = Draw(f"{plan.id}:participation")
    invited = draw.at(max(plan.drawn_up_date, on - timedelta(days=20)))
    written = {"client_id": plan.client_id, "created_at": invited, "changed_at": invited}
    row = Participation(
        id=draw.key(), organisation_id=COUNTY, matter="PLAN", plan_id=plan.id, profile="PLAN_AND_REVIEW_PART", purpose="PLAN_PARTICIPATION",
        reason=texts("participation", "fi")[0], may_contribute=True, valid_to=min(plan.valid_to, limit_after(invited.date(), "PARTICIPATION")), org_id=OWNER, created_by=aino, changed_by=aino,
        accepted_at=invited + timedelta(hours=3), accepted_by=veera, **written,
    )  # fmt: skip
    session.add_all([row, membership_for(row, plan.drawn_up_date)])
    session.add(CountyStatement(id=draw.key(), participation=row, stated_on=invited.date(), content=texts("statement", "fi")[0], org_id=COUNTY,
                                created_by=veera, changed_by=veera, **written))  # fmt: skip
