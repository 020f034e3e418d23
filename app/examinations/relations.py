"""Those who examine the log, as a relation of a rule's form."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, select

from app.examinations.queries import EXAMINERS
from app.users.models import AccessGrant
from app.users.queries import in_force
from app.users.relations import WorkerRelation, own_organisation


class ExaminerRelation(WorkerRelation):
    """Those of the actor's own organisation who hold a right to examine its log."""

    is_required = True

    def _workers(self) -> Select[Any]:
        holders = select(AccessGrant.user_id).where(
            AccessGrant.organisation_id == own_organisation(), AccessGrant.role.in_(EXAMINERS), in_force(date.today())
        )  # fmt: skip
        return select(User.id, User.first_name, User.last_name).where(User.active.is_(True), User.id.in_(holders))
