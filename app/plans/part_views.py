"""Pages of a plan's goals and services."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.db.base import db
from app.plans.labels import GOAL, SERVICE
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface


class PlanPartView(BaseView):
    """A part of a plan changes only while the plan is a draft."""

    parent = Parent("plan", "plan_id", IntegrationPlan, "PlanView.show")
    parent_ids = ("client_id",)
    order_columns: list[str] = []
    base_order = ("created_at", "asc")

    def may_change(self, item: Any) -> bool:
        return db.session.get_one(IntegrationPlan, item.plan_id).status == "DRAFT"

    def may_add_under(self, parent: IntegrationPlan) -> bool:
        return parent.status == "DRAFT"


class GoalView(PlanPartView):
    route_base, event, datamodel = "/goals", "goal", Interface(Goal)
    list_title, show_title, add_title, edit_title = _l("Goals"), _l("Goal"), _l("Add a goal"), _l("Edit the goal")
    label_columns = GOAL
    search_columns = ["goal_type", "horizon"]
    list_columns = ["goal_type", "horizon", "description"]
    show_columns = add_columns = edit_columns = ["horizon", "goal_type", "description", "own_words"]


class PlannedServicePart(PlanPartView):
    """What a plan knows of its services; their life, and with it the view itself, stands in a feature above (`app/services/views.py`)."""

    route_base, event, datamodel = "/planned-services", "planned_service", Interface(PlannedService)
    list_title, show_title, add_title, edit_title = _l("Services"), _l("Service"), _l("Add a service"), _l("Edit the service")
    label_columns = SERVICE
    search_columns = ["service_type", "status", "starts_on"]
    list_columns = ["client_name", "service_type", "organiser", "starts_on", "ends_on", "status"]
    related_columns = ["service_type", "organiser", "justification", "status"]
    show_columns = ["status", "service_type", "organiser", "provider", "justification", "starts_on", "ends_on"]
    add_columns = edit_columns = show_columns[1:]

    def rule_errors(self, form: Any, item: PlannedService, parent: Any) -> list[tuple[str, str]]:
        if form.starts_on.data and form.ends_on.data and form.ends_on.data < form.starts_on.data:
            return [("ends_on", _("The end is before the start."))]
        return []
