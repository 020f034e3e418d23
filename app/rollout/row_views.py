"""Generated pages of stages, obstacles and contacts: an organisation writes its own, and who looks after it reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import current_actor
from app.db.base import db
from app.organisations.models import Organisation
from app.rollout.labels import BROKEN, CONTACT, OBSTACLE, OBSTACLE_HELP, STEP, STEP_HELP
from app.rollout.models import RolloutContact, RolloutObstacle, RolloutStep
from app.rollout.queries import looked_after
from app.rollout.stages import OF_A_MOVE
from app.web.base_view import BaseView
from app.web.interface import Interface

_DEEDS = ["can_list", "can_show", "can_add", "can_edit", "can_delete"]


class _RowView(BaseView):
    """Rows of one's own organisation and of those one looks after; only one's own are changed."""

    base_permissions = _DEEDS
    search_columns: list[str]

    def restricted(self, query: Any) -> Any:
        actor, model = current_actor() or abort(403), self.datamodel.obj
        return query.where(model.org_id.in_(select(Organisation.id).where(looked_after(db.session, actor))))

    def row_or_404(self, pk: str) -> Any:
        model = self.datamodel.obj
        return db.session.scalar(self.restricted(select(model).where(model.id == pk))) or abort(404)

    def may_change(self, item: Any) -> bool:
        actor = current_actor()
        return actor is not None and item.org_id == actor.organisation_id


class RolloutStepView(_RowView):
    route_base, event, datamodel = "/rollout-steps", "rollout_step", Interface(RolloutStep)
    list_title, show_title, edit_title = _l("Stages of taking into use"), _l("Stage of taking into use"), _l("Tell of a stage")
    add_title = _l("Stage of taking into use")
    list_lead = _l("What rights, moves and plans show is written here each night. Tell the rest yourselves.")
    label_columns, description_columns = STEP, STEP_HELP
    list_columns = ["stage", "organisation_name", "planned_on", "reached_on"]
    show_columns = ["stage", "organisation_name", "planned_on", "told_on", "seen_on", "is_skipped", "note"]
    add_columns = edit_columns = ["planned_on", "told_on", "is_skipped", "note"]
    order_columns, search_columns, base_order = ["created_at"], ["stage"], ("created_at", "asc")
    base_permissions = ["can_list", "can_show", "can_edit"]

    def title_of(self, item: RolloutStep) -> str:
        return str(item)

    def rule_errors(self, form: Any, item: RolloutStep, parent: Any) -> list[tuple[str, str]]:
        found = []
        told, planned, is_skipped = form.told_on.data, form.planned_on.data, form.is_skipped.data
        if told and told > date.today():
            found.append(("told_on", "FUTURE"))
        elif told and item.seen_on:
            found.append(("told_on", "SEEN"))
        if is_skipped and item.stage not in OF_A_MOVE:
            found.append(("is_skipped", "NEEDED"))
        elif is_skipped and (told or planned or item.seen_on):
            found.append(("is_skipped", "BOTH"))
        return [(field, str(BROKEN[rule])) for field, rule in found]


class RolloutObstacleView(_RowView):
    route_base, event, datamodel = "/rollout-obstacles", "rollout_obstacle", Interface(RolloutObstacle)
    list_title, show_title = _l("Obstacles to taking into use"), _l("Obstacle")
    add_title, edit_title = _l("Tell of an obstacle"), _l("Change the obstacle")
    label_columns, description_columns = OBSTACLE, OBSTACLE_HELP
    list_columns = ["kind", "organisation_name", "needs_help", "found_on", "solved_on"]
    show_columns = ["kind", "organisation_name", "description", "needs_help", "found_on", "solved_on"]
    add_columns = edit_columns = ["kind", "description", "needs_help", "found_on", "solved_on"]
    order_columns, search_columns, base_order = ["found_on"], ["kind", "needs_help"], ("found_on", "desc")

    def rule_errors(self, form: Any, item: RolloutObstacle, parent: Any) -> list[tuple[str, str]]:
        found_on, solved_on, found = form.found_on.data, form.solved_on.data, []
        found += [(name, "FUTURE") for name, day in (("found_on", found_on), ("solved_on", solved_on)) if day and day > date.today()]
        if not found and solved_on and solved_on < found_on:
            found.append(("solved_on", "ORDER"))
        return [(field, str(BROKEN[rule])) for field, rule in found]


class RolloutContactView(_RowView):
    route_base, event, datamodel = "/rollout-contacts", "rollout_contact", Interface(RolloutContact)
    list_title, show_title = _l("Contact persons of taking into use"), _l("Contact person")
    add_title, edit_title = _l("Name a contact person"), _l("Change the contact person")
    label_columns = CONTACT
    list_columns = show_columns = ["name", "organisation_name", "task", "email", "phone"]
    add_columns = edit_columns = ["name", "task", "email", "phone"]
    order_columns, search_columns, base_order = ["name"], ["task"], ("name", "asc")
