"""Pages of the switches of functions, for the national agency."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import SelectField, validators

from app.db.base import db
from app.organisations.relations import AnyOrganisationRelation
from app.switches.models import FunctionSwitch
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.switches import FUNCTIONS

LABELS = {
    "function": _l("Function"), "function_name": _l("Function"), "environment": _l("Only in the environment"), "organisation_id": _l("Only for the organisation"),
    "organisation_name": _l("Only for the organisation"), "on_from": _l("In use from"), "owner": _l("Owner"), "note_fi": _l("Note in Finnish"), "note_sv": _l("Note in Swedish"),
    "state_words": _l("State"), "changed_at": _l("Changed"),
}  # fmt: skip
HELP = {
    "environment": _l("Leave empty for every environment."), "organisation_id": _l("Leave empty for every organisation. A row of one organisation goes before one of all."),
    "on_from": _l("Leave empty when the day is not known yet."), "owner": _l("A role or an organisation that decides of it, no person."),
    "note_fi": _l("Stands on the page of whoever comes to the function before it is in use."),
    "note_sv": _l("Stands on the page of whoever comes to the function before it is in use."),
}  # fmt: skip


def _function_field() -> SelectField:
    return SelectField(LABELS["function"], [validators.InputRequired(_l("Fill in this field."))],
                       choices=lambda: [("", ""), *sorted(((key, str(one.name)) for key, one in FUNCTIONS.items()), key=lambda pair: pair[1].casefold())])  # fmt: skip


class FunctionSwitchView(BaseView):
    route_base, event, datamodel = "/functions", "function_switch", Interface(FunctionSwitch)
    list_title, show_title, add_title, edit_title = _l("Functions in use"), _l("Function"), _l("Set when a function is in use"), _l("Change when the function is in use")
    list_lead = _l("A function that is not listed is in use everywhere. Until its day a function is not in the navigation, and its pages tell when it will be in use.")
    label_columns, description_columns = LABELS, HELP
    list_columns = ["function_name", "organisation_name", "environment", "on_from", "state_words"]
    show_columns = ["function_name", "organisation_name", "environment", "on_from", "state_words", "owner", "note_fi", "note_sv", "changed_at"]
    add_columns = ["function", "organisation_id", "environment", "on_from", "owner", "note_fi", "note_sv"]
    edit_columns = ["on_from", "owner", "note_fi", "note_sv"]
    add_form_extra_fields = {"function": _function_field()}
    relations = {"organisation_id": AnyOrganisationRelation()}
    language_of = {"note_fi": "fi", "note_sv": "sv"}
    order_columns, search_columns, base_order = ["function"], ["environment", "on_from"], ("function", "asc")
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_suggest"]
    delete_question = _l("Delete this row? What another row or none says then holds at once.")
    is_in_navigation = True

    def title_of(self, item: FunctionSwitch) -> str:
        return str(item.function_name)

    def rule_errors(self, form: Any, item: FunctionSwitch, parent: Any) -> list[tuple[str, str]]:
        if "function" not in form:
            return []
        where, environment = form.organisation_id.data or None, form.environment.data or None
        with db.session.no_autoflush:
            same = select(FunctionSwitch.id).where(
                FunctionSwitch.function == form.function.data, FunctionSwitch.organisation_id.is_not_distinct_from(where),
                FunctionSwitch.environment.is_not_distinct_from(environment),
            )  # fmt: skip
            taken = db.session.scalar(same) is not None
        return [("function", _("There is a row for this already. Change that one."))] if taken else []

