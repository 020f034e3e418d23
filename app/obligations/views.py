"""Pages of obligations: read only, for whoever changes a fact changes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import case

from app.clients.fact_views import OF_CLIENT
from app.obligations.labels import DONE_AT, OBLIGATION
from app.obligations.models import ClientObligation
from app.web.base_view import BaseView
from app.web.interface import Interface


class ObligationView(BaseView):
    route_base, event, datamodel = "/obligations", "obligation", Interface(ClientObligation)
    parent = OF_CLIENT
    list_title, show_title = _l("Time limits"), _l("Time limit")
    list_lead = _l("The time limits are counted from what is recorded. They change when it is corrected.")
    label_columns = OBLIGATION
    list_columns = ["due_on", "client_name", "what", "standing", "kind", "law"]
    show_columns = ["due_on", "standing", "why", "kind", "law", "owner", "start", "start_on", "warn_on"]
    # No form is offered; without a choice one would be made of everything.
    add_columns = edit_columns = ["due_on"]
    order_columns, base_order = ["due_on"], ("due_on", "asc")
    search_columns = ["state", "kind", "due_on"]
    base_permissions = ["can_list", "can_show"]

    def related_order(self) -> tuple[Any, ...]:
        """Show what is open first, the first to fall due on top, and then what is past, the newest on top."""
        is_past_limit = (ClientObligation.kind == "LIMIT") & (ClientObligation.due_on < date.today())
        is_open = (ClientObligation.state == "OPEN") & ~is_past_limit
        return (is_open.desc(), case((is_open, ClientObligation.due_on)), ClientObligation.due_on.desc())

    def title_of(self, item: ClientObligation) -> str:
        return item.what

    def buttons(self, item: ClientObligation) -> list[dict[str, Any]]:
        """Lead to where what is open gets done: the plan it is of, else the tab of the client where its records stand."""
        tab, label = DONE_AT.get(item.rule.split(":")[0], (None, None))
        has_access, key = self.appbuilder.sm.has_access, item.client_id
        if item.state != "OPEN":
            return []
        if item.plan_id and has_access("can_show", "PlanView"):
            label, place = _("To the plan"), url_for("PlanView.show", pk=item.plan_id)
        elif tab and has_access("can_show", "ClientView"):
            place = url_for(OF_CLIENT.show_endpoint, pk=key, tab=tab)
        else:
            return []
        return [{"label": label, "url": place, "method": "get", "kind": "primary", "confirm_text": None}]

    def groups_for(self, item: ClientObligation) -> list[dict[str, Any]]:
        """Leave the warning out where there is none."""
        return [{**group, "items": [row for row in group["items"] if row["text"]]} for group in super().groups_for(item)]

