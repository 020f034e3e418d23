"""Those who examine the log, as a relation of a rule's form and of the filter of findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, select

from app.examinations.queries import EXAMINERS
from app.users.models import AccessGrant
from app.users.queries import in_force
from app.users.relations import EveryWorkerRelation, WorkerRelation, own_organisation
from app.web.relation import Relation


def _examiners(*conditions: Any) -> Select[Any]:
    """Give those of the actor's own organisation who hold, or have held, a right to examine its log."""
    holders = select(AccessGrant.user_id).where(AccessGrant.organisation_id == own_organisation(), AccessGrant.role.in_(EXAMINERS), *conditions)
    return select(User.id, User.first_name, User.last_name).where(User.id.in_(holders))


class ExaminerRelation(WorkerRelation):
    """Those who hold such a right now."""

    is_required = True

    @property
    def narrowed_by(self) -> Relation | None:
        return EveryExaminerRelation()

    def _workers(self) -> Select[Any]:
        return _examiners(in_force(date.today())).where(User.active.is_(True))


class EveryExaminerRelation(EveryWorkerRelation):
    """Those who hold such a right or have held one: what they examined is found still."""

    def _workers(self) -> Select[Any]:
        return _examiners()
