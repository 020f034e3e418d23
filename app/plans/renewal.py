"""A new plan begins from the one in force: what is agreed anew in a review is written beside what goes on (681/2023 § 22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.audit.record import record_event
from app.db.base import db
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan, plan_in_force, services_of_plan
from app.web.base_view import BaseView

_OVER = frozenset({"COMPLETED", "DISCONTINUED", "NOT_STARTED", "CANCELLED"})
_GOAL = ("horizon", "goal_type", "description", "own_words")
_SERVICE = ("service_type", "organiser", "provider", "justification", "starts_on", "ends_on", "status")


def carried_over(session: Session, plan: IntegrationPlan) -> MultiDict[str, str]:
    """Give goals and services that go on as a form sends them; what is over stays in the plan before."""
    groups = (
        ("goals", _GOAL, goals_of_plan(session, plan.id)),
        ("services", _SERVICE, [row for row in services_of_plan(session, plan.id) if row.status not in _OVER]),
    )
    found: MultiDict[str, str] = MultiDict()
    for name, columns, rows in groups:
        for key, row in enumerate(rows):
            found.add(name, str(key))
            found.update({f"{name}-{key}-{column}": _sent(getattr(row, column)) for column in columns})
    return found


def _sent(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


class RenewalMixin(BaseView):
    """Fills the form of a new plan with what goes on of the plan in force."""

    def _before(self) -> IntegrationPlan | None:
        is_new = request.method == "GET" and request.endpoint == f"{self.endpoint}.add"
        return plan_in_force(db.session, request.args.get("client", "")) if is_new else None

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        if before := self._before():
            prefill = {"data": {"follow_up": before.follow_up, "training_recommendation": before.training_recommendation, "authors": before.authors}}
        return super().fresh_form(form_class, **prefill)

    def with_rows(self, form: Any, page: str, item: Any = None, sent: Any = None, takes: Any = None) -> Any:
        if sent is None and (before := self._before()):
            sent = carried_over(db.session, before)
        return super().with_rows(form, page, item, sent, takes)

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        """Draw up a plan; a form that shows what the present plan says is an event."""
        page = super().add()
        if before := self._before():
            record_event(db.session, f"{self.event}:opened", client_ids=[before.client_id], row_id=before.id, version=before.version)
            db.session.commit()
        return page
