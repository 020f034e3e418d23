"""Pages of an organisation's own numbers for the time limits that the law gives no number for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import NOBODY_ID, current_actor
from app.codes.lists import label
from app.db.base import db
from app.obligations.labels import BROKEN, LOCAL_NUMBER, LOCAL_NUMBER_HELP
from app.obligations.models import LocalNumber
from app.obligations.queries import is_number_set
from app.obligations.rules import LEAST_AND_MOST, is_out_of_bounds
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.language import current_language


class LocalNumberView(BaseView):
    route_base, event, datamodel = "/local-numbers", "local_number", Interface(LocalNumber)
    list_title, show_title = _l("Local time limits"), _l("Local time limit")
    add_title, edit_title = _l("Set a local time limit"), _l("Change the local time limit")
    list_lead = _l("The law says “without delay” of these and gives no number. Yours is the day that a task is late from; without one, the default of the service holds.")
    label_columns, description_columns = LOCAL_NUMBER, LOCAL_NUMBER_HELP
    list_columns = show_columns = ["setting", "amount", "valid_from"]
    add_columns = edit_columns = ["setting", "amount", "valid_from"]
    order_columns, search_columns, base_order = ["valid_from"], ["setting"], ("valid_from", "desc")
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete"]
    is_in_navigation = True

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(LocalNumber.org_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(LocalNumber).where(LocalNumber.id == pk))) or abort(404)

    def title_of(self, item: LocalNumber) -> str:
        return label("LOCAL_NUMBER", item.setting, current_language())

    def may_change(self, item: LocalNumber) -> bool:
        """A number that has held stays: limits were counted by it."""
        return item.valid_from >= date.today()

    def rule_errors(self, form: Any, item: LocalNumber, parent: Any) -> list[tuple[str, str]]:
        setting, found = form.setting.data, []
        if is_out_of_bounds(setting, form.amount.data):
            least, most = LEAST_AND_MOST[setting]
            found.append(("amount", str(BROKEN["BOUNDS"]) % {"least": least, "most": most}))
        if form.valid_from.data < date.today():
            found.append(("valid_from", str(BROKEN["PAST"])))
        actor = current_actor()
        if actor and is_number_set(db.session, actor.organisation_id, setting, form.valid_from.data, but=item.id):
            found.append(("valid_from", str(BROKEN["TWICE"])))
        return found
