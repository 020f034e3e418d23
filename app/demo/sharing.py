"""Clients of Vantaa shared with those of the cast who work elsewhere, for the time of their plan."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.demo.services import PROVIDER
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan, PlannedService

OWNER = organisation_key("MUNICIPALITY", "092")
COUNTY = organisation_key("WELLBEING_COUNTY", "04")
PROVIDER_KEY = organisation_key("SERVICE_PROVIDER", "ESIM")


def share_clients(session: Session, on: date) -> None:
    """Share one client with the county and three with the provider of their services, unless some are shared already."""
    plans = (
        select(IntegrationPlan.client_id, IntegrationPlan.drawn_up_date, IntegrationPlan.valid_to)
        .join(Client, Client.id == IntegrationPlan.client_id)
        .where(Client.org_id == OWNER, Client.status == "PLAN_ACTIVE", Client.non_disclosure.is_(False),
               IntegrationPlan.status == "IN_FORCE", IntegrationPlan.valid_to > on)
        .order_by(IntegrationPlan.client_id)
    )  # fmt: skip
    bought = select(PlannedService.id).where(PlannedService.plan_id == IntegrationPlan.id, PlannedService.provider == PROVIDER)
    for organisation_id, purpose, query in (
        (COUNTY, "PLAN_PARTICIPATION", plans.limit(1)),
        (PROVIDER_KEY, "INTEGRATION_SERVICE", plans.where(bought.exists()).limit(3)),
    ):
        if session.scalar(select(ClientMembership.id).where(ClientMembership.organisation_id == organisation_id).limit(1)):
            continue
        for client_id, starts, ends in session.execute(query).all():
            session.add(ClientMembership(client_id=client_id, organisation_id=organisation_id, is_owner=False, purpose=purpose,
                                         valid_from=starts, valid_to=ends))  # fmt: skip
    session.commit()
