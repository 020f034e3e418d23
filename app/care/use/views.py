"""The page of use: every organisation for the national agency, its own months for another."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, func, or_, select

from app.access.actor import NOBODY_ID, current_actor
from app.care.use.labels import USE
from app.care.use.models import OrganisationUse
from app.organisations.models import Organisation
from app.web.base_view import BaseView
from app.web.interface import Interface

_DAYS = ("f.counted_on.from", "f.counted_on.to")
# The act took force: nothing was counted before.
_BEGINNING = "2025-01-01"


class OrganisationUseView(BaseView):
    route_base, event, datamodel = "/use", "organisation_use", Interface(OrganisationUse)
    list_title, show_title, add_title, edit_title = _l("Use of the service"), _l("Use"), _l("Use"), _l("Use")
    list_lead = _l("For planning: the service costs municipalities nothing. The numbers are counted every night and name nobody.")
    label_columns = USE
    list_columns = ["name_fi", "name_sv", "counted_on", "rights", "active_30", "active_90", "clients", "plans", "imports", "stored"]
    more_columns = ("kind",)
    show_columns = add_columns = edit_columns = ["name_fi"]
    order_columns = ["name_fi", "name_sv", "counted_on", "rights", "active_30", "active_90", "clients", "plans", "imports"]
    search_columns, base_order = ["kind", "counted_on"], ("name_fi", "asc")
    search_text_columns = ("name_fi", "name_sv")
    base_permissions = ["can_list", "can_search", "can_export"]
    language_of = {"name_fi": "fi", "name_sv": "sv"}
    is_in_navigation = True

    def restricted(self, query: Any) -> Any:
        """Narrow to the own organisation, whose every month shows; the national agency sees all, the latest count unless it asks for days."""
        actor, of = current_actor(), OrganisationUse
        own = actor.organisation_id if actor else NOBODY_ID
        is_national = exists().where(Organisation.id == own, Organisation.kind == "NATIONAL_AGENCY")
        latest = of.counted_on == select(func.max(of.counted_on)).correlate(None).scalar_subquery()
        seen = is_national if any(request.args.get(name) for name in _DAYS) else is_national & latest
        return query.where(or_(of.organisation_id == own, seen))

    def list_switch(self) -> list[dict[str, Any]]:
        is_all = any(request.args.get(name) for name in _DAYS)
        return [
            {"label": _("Latest count"), "url": self.url("list"), "is_current": not is_all},
            {"label": _("All months"), "url": self.url("list", **{_DAYS[0]: _BEGINNING}), "is_current": is_all},
        ]  # fmt: skip

    def row_or_404(self, pk: str) -> Any:
        abort(404)
