"""Pages of obligations: read only, for whoever changes a fact changes them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.clients.fact_views import OF_CLIENT
from app.obligations.labels import OBLIGATION
from app.obligations.models import ClientObligation
from app.web.base_view import BaseView
from app.web.interface import Interface


class ObligationView(BaseView):
    route_base, event, datamodel = "/obligations", "obligation", Interface(ClientObligation)
    parent = OF_CLIENT
    list_title, show_title = _l("Time limits"), _l("Time limit")
    list_lead = _l("The time limits are counted from what is recorded. They change when it is corrected.")
    label_columns = OBLIGATION
    list_columns = ["due_on", "what", "standing", "kind", "section"]
    show_columns = ["what", "due_on", "standing", "why", "kind", "section", "owner", "start", "start_on", "warn_on"]
    order_columns, base_order = ["due_on"], ("due_on", "asc")
    search_columns = ["state", "kind", "due_on"]
    base_permissions = ["can_list", "can_show"]

    def title_of(self, item: ClientObligation) -> str:
        return item.what
