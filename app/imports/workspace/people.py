"""The colleagues whom a finding can be given to: those who work on moves themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, select

from app.users.models import AccessGrant
from app.users.queries import in_force, of_person
from app.users.relations import WorkerRelation, own_organisation


class LeadRelation(WorkerRelation):
    """Those who lead a team in the actor's own organisation by a right in force."""

    is_required = True

    def _workers(self) -> Select[Any]:
        holders = select(AccessGrant.user_id).where(AccessGrant.organisation_id == own_organisation(), AccessGrant.role == "TEAM_LEAD", in_force(date.today()), of_person())
        return select(User.id, User.first_name, User.last_name).where(User.active.is_(True), User.id.in_(holders))
