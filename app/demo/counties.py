"""Counties that took part in drawing up invented plans, for a time that is over; who takes part today stands in `sharing.py`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.codes.areas import reference_organisations
from app.demo.draw import Draw
from app.demo.sharing import COUNTY
from app.demo.source import texts
from app.organisations.models import organisation_key
from app.participations.models import Participation
from app.plans.models import IntegrationPlan

_TAKEN_PART = 0.12
_DONE = ("SUPERSEDED", "ENDED", "IN_FORCE", "EXTENDED")
# So long the county was invited for, so that its time is over by today.
_INVITED = timedelta(days=55)


def add_county_parts(session: Session, on: date) -> None:
    """Let the county have taken part in some plans of each municipality but those of the cast's county, unless it is done already; commits."""
    if session.scalar(select(Participation.id).where(Participation.organisation_id != COUNTY).limit(1)):
        return
    counties = _counties()
    query = select(
        IntegrationPlan.id, IntegrationPlan.client_id, IntegrationPlan.org_id, IntegrationPlan.drawn_up_date, IntegrationPlan.created_by
    ).join(Client, Client.id == IntegrationPlan.client_id)
    wanted = query.where(IntegrationPlan.status.in_(_DONE), IntegrationPlan.drawn_up_date <= on - _INVITED - timedelta(days=5), Client.non_disclosure.is_(False))
    rows = [part for plan in session.execute(wanted.order_by(IntegrationPlan.id)) if (part := _part(plan, counties.get(plan.org_id)))]
    if rows:
        session.execute(insert(Participation), rows)
    session.commit()


def _counties() -> dict[str, str]:
    """Give the county of each municipality by their keys, but for the county of the cast, whose person sees one client."""
    found = {
        organisation_key(row.kind, row.code): organisation_key("WELLBEING_COUNTY", row.wellbeing_county_code)
        for row in reference_organisations() if row.kind == "MUNICIPALITY" and row.wellbeing_county_code
    }  # fmt: skip
    return {home: county for home, county in found.items() if county != COUNTY}


def _part(plan: Any, county: str | None) -> dict[str, Any] | None:
    draw = Draw(f"{plan.id}:county")
    if county is None or not draw.chance(_TAKEN_PART):
        return None
    invited = draw.at(plan.drawn_up_date)
    return {
        "id": draw.key(), "client_id": plan.client_id, "org_id": plan.org_id, "organisation_id": county, "matter": "PLAN", "plan_id": plan.id,
        "profile": "PLAN_PART", "purpose": "PLAN_PARTICIPATION", "reason": texts("participation", "fi")[0], "may_contribute": False,
        "valid_to": plan.drawn_up_date + _INVITED, "accepted_at": invited + timedelta(hours=5),
        "created_by": plan.created_by, "changed_by": plan.created_by, "created_at": invited, "changed_at": invited, "version": 2,
    }  # fmt: skip
