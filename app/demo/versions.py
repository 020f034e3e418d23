"""Versions of some invented plans, as agreeing them would have left them: a picture is made by reading, which all plans at once would pay for dearly."""

from __future__ import annotations

from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import case, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.demo.draw import Draw
from app.demo.sharing import OWNER
from app.plans.life_models import PlanVersion
from app.plans.models import IntegrationPlan
from app.plans.pictures import picture_of

_PLANS = 8


def freeze_some(session: Session) -> None:
    """Give plans of Aino's clients that nothing has changed since they were agreed their first version, unless there are versions already."""
    if session.scalar(select(PlanVersion.id).limit(1)):
        return
    aino = session.scalar(select(User.id).where(User.username == "aino"))
    plans = (
        select(IntegrationPlan).join(Client, Client.id == IntegrationPlan.client_id)
        .where(Client.org_id == OWNER, IntegrationPlan.status == "IN_FORCE", IntegrationPlan.reviewed_on.is_(None))
        .order_by(case((Client.responsible_worker_id == aino, 0), else_=1), IntegrationPlan.id).limit(_PLANS)
    )  # fmt: skip
    session.add_all([_first_version(session, plan, plan.agreed_on or plan.drawn_up_date) for plan in session.scalars(plans).all()])
    session.commit()


def _first_version(session: Session, plan: IntegrationPlan, on: date) -> PlanVersion:
    draw = Draw(f"{plan.id}:version")
    key, moment = draw.key(), draw.at(on)
    return PlanVersion(
        id=key, client_id=plan.client_id, plan_id=plan.id, org_id=plan.org_id, number=1, deed="AGREED", made_on=on, picture=picture_of(session, plan, on),
        created_by=plan.created_by, changed_by=plan.created_by, created_at=moment, changed_at=moment,
    )  # fmt: skip
