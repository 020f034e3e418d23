"""Pages of organisations; reference data, so nobody edits them here."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.organisations.models import Organisation
from app.organisations.places import KINDS, is_code_of_place, may_be_met
from app.web.base_view import BaseView
from app.web.interface import Interface


class OrganisationView(BaseView):
    route_base, event, datamodel = "/organisations", "organisation", Interface(Organisation)
    list_title, show_title, add_title, edit_title = _l("Organisations"), _l("Organisation"), _l("Organisation"), _l("Organisation")
    label_columns = {"name_fi": _l("Name in Finnish"), "name_sv": _l("Name in Swedish"), "kind": _l("Kind"), "code": _l("Code"),
                     "valid_from": _l("Valid from"), "valid_to": _l("Valid to"), "successor_code": _l("Continued by")}  # fmt: skip
    list_columns = ["name_fi", "name_sv", "kind", "code", "valid_to"]
    show_columns = ["name_fi", "name_sv", "kind", "code", "valid_from", "valid_to", "successor_code"]
    add_columns = edit_columns = ["name_fi"]
    order_columns = ["name_fi", "name_sv", "code"]
    search_columns = ["kind"]
    search_text_columns = ("name_fi", "name_sv", "code")
    base_order = ("name_fi", "asc")
    base_permissions = ["can_list", "can_show", "can_search"]
    # Both names stand on a page of either language: a screen reader is told which is which.
    language_of = {"name_fi": "fi", "name_sv": "sv"}

    def restricted(self, query: Any) -> Any:
        return query.where(may_be_met())

    def row_or_404(self, pk: str) -> Any:
        found = super().row_or_404(pk)
        actor = current_actor()
        if found.kind in KINDS and is_code_of_place(found.code) and (actor is None or actor.organisation_code != found.code):
            abort(404)
        return found
