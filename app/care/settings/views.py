"""The page of settings: all that holds in an organisation in one place; and the national agency's own time limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, redirect, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.audit.record import record_event
from app.care.settings.gathering import Setting, settings_of
from app.care.settings.labels import COLUMNS
from app.db.base import db
from app.obligations.labels import LOCAL_NUMBER_HELP
from app.obligations.models import NATIONAL, LocalNumber
from app.obligations.number_views import LocalNumberView
from app.organisations.models import Organisation
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.language import current_language
from app.web.table import Column, Row


class NationalNumberView(LocalNumberView):
    """The national agency's time limits, which hold where an organisation has none of its own."""

    route_base, datamodel = "/national-numbers", Interface(LocalNumber)
    list_title, show_title = _l("National time limits"), _l("National time limit")
    add_title, edit_title = _l("Set a national time limit"), _l("Change the national time limit")
    list_lead = _l("The law says “without delay” of these. The number holds in every organisation that has set none of its own.")
    description_columns = {**LOCAL_NUMBER_HELP, "valid_from": _l("The number holds for what happens on this day and later. Tomorrow or a later day.")}

    def may_change(self, item: LocalNumber) -> bool:
        return item.valid_from > date.today()

    def rule_errors(self, form: Any, item: LocalNumber, parent: Any) -> list[tuple[str, str]]:
        """What has been counted is counted by the number of its day: a national one begins with a day that nothing has happened on."""
        found = super().rule_errors(form, item, parent)
        return found if form.valid_from.data != date.today() else [*found, ("valid_from", _("Give tomorrow or a later day."))]


class SettingsView(BaseView):
    route_base, event, datamodel = "/organisation-settings", "organisation_settings", Interface(Organisation)
    list_title, show_title, add_title, edit_title = _l("Settings of the organisation"), _l("Settings"), _l("Settings"), _l("Settings")
    label_columns = COLUMNS
    list_columns = show_columns = add_columns = edit_columns = ["name_fi"]
    order_columns, search_columns, base_order = ["name_fi"], ["kind"], ("name_fi", "asc")
    base_permissions = ["can_list", "can_show"]
    is_in_navigation = True

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        """Lead to the settings of the reader's own organisation."""
        actor = current_actor() or abort(403)
        return redirect(self.url("show", pk=actor.organisation_id), 303)

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        """Show what holds in an organisation; another than the reader's own for the national agency only."""
        actor = current_actor() or abort(403)
        item = self.row_or_404(pk)
        if pk != actor.organisation_id and actor.organisation_id != NATIONAL:
            abort(404)
        is_own = pk == actor.organisation_id
        rows = [self._row(at, setting, is_own=is_own) for at, setting in enumerate(settings_of(db.session, pk, date.today()))]
        table = {"title": _("What holds today"), "columns": [Column(name, text) for name, text in COLUMNS.items()], "rows": rows}
        record_event(db.session, f"{self.event}:read", row_id=pk)
        db.session.commit()
        return self.render_template("koto/show.html", title=self.list_title, subtitle=item.name_in(current_language()), related=[table],
                                    buttons=self._ways() if is_own else [])  # fmt: skip

    def _row(self, at: int, setting: Setting, *, is_own: bool) -> Row:
        view = "NationalNumberView" if setting.view == "LocalNumberView" and current_actor_is_national() else setting.view
        place = next((str(found.list_title) for found in self.appbuilder.baseviews if type(found).__name__ == view), "") if view else ""
        return Row(str(at), None, [setting.name, setting.value, str(setting.source), place if is_own else ""])

    def _ways(self) -> Any:
        """Give buttons to the pages where the reader changes settings."""
        views = [view for view in self.appbuilder.baseviews if type(view).__name__ in ("LocalNumberView", "NationalNumberView", "PracticeView")]
        return [
            {"label": view.list_title, "url": url_for(f"{view.endpoint}.list"), "method": "get", "kind": "secondary", "confirm_text": None}
            for view in views if view.may("list")
        ]  # fmt: skip


def current_actor_is_national() -> bool:
    """Tell whether the reader acts in the national agency."""
    actor = current_actor()
    return actor is not None and actor.organisation_id == NATIONAL


def settings_buttons(item: Organisation) -> list[dict[str, Any]]:
    """Give the way from an organisation's page to its settings."""
    url = url_for("SettingsView.show", pk=item.id)
    return [{"label": _("Settings"), "url": url, "method": "get", "kind": "secondary", "confirm_text": None}]
