"""Pages of a county's statements."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.participations.forms import statement_field
from app.participations.labels import STATEMENT
from app.participations.models import STATEMENTS, CountyStatement, Participation
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface
from app.web.restricted import RESTRICTED_DEEDS


class CountyStatementView(BaseView):
    """Added by the county that takes part, read by both; the text itself is opened on its own."""

    route_base, event, datamodel = STATEMENTS, "county_statement", Interface(CountyStatement)
    parent = Parent("participation", "participation_id", Participation, "ParticipationView.show")
    parent_ids = ("client_id",)
    list_title, show_title = _l("Statements of the county"), _l("Statement of the county")
    add_title, edit_title = _l("Write a statement"), _l("Statement of the county")
    label_columns = STATEMENT
    list_columns, search_columns = ["stated_on", "matter", "author"], ["stated_on"]
    order_columns, base_order = ["stated_on"], ("stated_on", "desc")
    show_columns = ["matter", "stated_on", "author", "content"]
    add_columns = ["stated_on", "content"]
    edit_columns = ["stated_on"]
    base_permissions = ["can_list", "can_show", "can_add", "can_restricted", "can_restricted_all"]
    deeds = RESTRICTED_DEEDS

    def __init__(self, **kwargs: Any) -> None:
        self.add_form_extra_fields = {"content": statement_field()}
        super().__init__(**kwargs)

    def subtitle_of(self, item: CountyStatement) -> str:
        return str(item.participation.client_name)  # type: ignore[attr-defined]

    def buttons(self, item: CountyStatement) -> list[dict[str, Any]]:
        return [{"label": _("To the participation"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}]

    def may_change(self, item: CountyStatement) -> bool:
        return False

    def may_add_under(self, parent: Participation) -> bool:
        actor = current_actor()
        return actor is not None and parent.organisation_id == actor.organisation_id and parent.may_contribute and parent.standing == "ACCEPTED"

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        return super().fresh_form(form_class, **(prefill or {"data": {"stated_on": date.today()}}))

    def rule_errors(self, form: Any, item: CountyStatement, parent: Any) -> list[tuple[str, str]]:
        return [("stated_on", _("The date is in the future. Give today or an earlier day."))] if form.stated_on.data > date.today() else []
