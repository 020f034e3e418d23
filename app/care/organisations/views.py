"""The national agency's pages of organisations: new ones, and names, ends and mergers from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.exc import StaleDataError

from app.care.organisations.actions import note_new, plan_end, plan_merger, plan_name, withdraw
from app.care.organisations.checks import end_errors, merger_errors, name_errors, new_errors
from app.care.organisations.display import history_panel, planned_groups, what_of
from app.care.organisations.forms import EndForm, MergeForm, NameForm
from app.care.organisations.labels import HELP, ORGANISATION
from app.care.organisations.models import PLANNED, OrganisationChange
from app.care.organisations.queries import areas_in_force, changes_of
from app.care.organisations.rules import AREAS, MUNICIPALITY
from app.db.base import db
from app.history.queries import names_of_people
from app.organisations.models import Organisation, organisation_key
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.language import current_language

_CHANGES = {"rename": (NameForm, _l("Change the names")), "end": (EndForm, _l("End")), "merge": (MergeForm, _l("Merge into another"))}


class OrganisationCareView(BaseView):
    route_base, event, datamodel = "/organisation-care", "organisation", Interface(Organisation)
    list_title, show_title = _l("Upkeep of organisations"), _l("Organisation")
    add_title, edit_title = _l("Add an organisation"), _l("Organisation")
    list_lead = _l("Names, ends and mergers hold from their day on. What is written here stays when the reference data are loaded again.")
    label_columns, description_columns = ORGANISATION, HELP
    list_columns = ["name_fi", "name_sv", "kind", "code", "valid_to"]
    show_columns = ["name_fi", "name_sv", "kind", "code", "valid_from", "valid_to", "successor_code", *AREAS]
    add_columns = edit_columns = ["kind", "code", "name_fi", "name_sv", "valid_from", *AREAS]
    needs = dict.fromkeys(AREAS, f"kind={MUNICIPALITY}")
    order_columns, search_columns, base_order = ["name_fi", "name_sv", "code"], ["kind"], ("name_fi", "asc")
    search_text_columns = ("name_fi", "name_sv", "code")
    base_permissions = ["can_list", "can_show", "can_search", "can_add", "can_change"]
    deeds = {"can_change": _l("change names, end and merge")}
    language_of = {"name_fi": "fi", "name_sv": "sv"}
    is_in_navigation = True

    def title_of(self, item: Organisation) -> str:
        return item.name_in(current_language())

    def groups_for(self, item: Organisation) -> list[dict[str, Any]]:
        return [*planned_groups(_changes(item)), *super().groups_for(item)]

    def more_of(self, item: Organisation) -> dict[str, Any]:
        changes = _changes(item)
        people = {key for row in changes for key in (row.created_by, row.changed_by) if key}
        return {"history": history_panel(changes, names_of_people(db.session, people))}

    def buttons(self, item: Organisation) -> list[dict[str, Any]]:
        if not self.may("change"):
            return []
        planned = [row for row in _changes(item) if row.state == PLANNED and row.organisation_id == item.id]
        names = ["rename", *([] if item.valid_to else ["merge" if item.kind == MUNICIPALITY else "end"])]
        return [
            *({"label": _CHANGES[name][1], "url": self.url(name, pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None}
              for name in names if item.valid_to is None or item.valid_to >= date.today()),
            *({"label": _("Take back: %(what)s", what=what_of(row)), "url": self.url("take_back", pk=item.id, change=row.id), "method": "post", "kind": "danger",
               "confirm_text": _("Take this change back? Nothing of it happens then.")} for row in planned),
        ]  # fmt: skip

    # -- a new one --------------------------------------------------------------------------------

    def rule_errors(self, form: Any, item: Organisation, parent: Any) -> list[tuple[str, str]]:
        return new_errors(db.session, form)

    def before_keep(self, form: Any, item: Organisation, *, is_new: bool) -> None:
        item.id = organisation_key(item.kind, item.code)

    def after_new(self, item: Organisation) -> None:
        note_new(db.session, item, ["name_fi", "name_sv", "valid_from", "valid_to", "successor_code", *AREAS])

    # -- changes ----------------------------------------------------------------------------------

    @expose("/rename/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def rename(self, pk: str) -> Any:
        """Give new names from a day on."""
        item = self._open_or_409(pk)
        form, page = self._form("rename", item, ["name_fi", "name_sv", "on", "reason"], obj=item)
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not self._is_in_order(form, name_errors(db.session, item, form) if form.validate() else None):
            return self.form_page(form, page, 422)
        row = plan_name(db.session, item, (form.name_fi.data, form.name_sv.data), on=form.on.data, reason=form.reason.data)
        return self._planned(row)

    @expose("/end/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def end(self, pk: str) -> Any:
        """Set the last day."""
        item = self._open_or_409(pk)
        form, page = self._form("end", item, ["last_day", "reason"])
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not self._is_in_order(form, end_errors(db.session, item, form) if form.validate() else None):
            return self.form_page(form, page, 422)
        return self._planned(plan_end(db.session, item, last_day=form.last_day.data, reason=form.reason.data))

    @expose("/merge/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def merge(self, pk: str) -> Any:
        """Let another municipality continue this one from a day on."""
        item = self._open_or_409(pk)
        form, page = self._form("merge", item, ["successor_id", "on", "reason"])
        others = [row for row in areas_in_force(db.session, MUNICIPALITY) if row.id != item.id]
        form.successor_id.choices = [("", ""), *sorted(((row.id, row.name_in(current_language())) for row in others), key=lambda pair: pair[1].casefold())]
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        valid = form.validate()
        new = db.session.get(Organisation, form.successor_id.data) if valid else None
        if not self._is_in_order(form, merger_errors(db.session, item, new, form) if new else None) or new is None:
            return self.form_page(form, page, 422)
        if self.must_confirm():
            return self.confirmation_page(page.title, page.lead, _told_of_merger(item, new, form.on.data), page)
        return self._planned(plan_merger(db.session, item, new, on=form.on.data, reason=form.reason.data))

    @expose("/take-back/<pk>", methods=["POST"])
    @has_access
    @permission_name("change")
    def take_back(self, pk: str) -> Any:
        """Take a change back that has not been done."""
        item = self.row_or_404(pk)
        row = next((row for row in _changes(item) if row.id == request.args.get("change") and row.organisation_id == pk), None)
        back = self.url("show", pk=pk)
        try:
            withdraw(db.session, row if row and row.state == PLANNED else abort(409))
            flash(_("The change was taken back."), "success")
        except StaleDataError:
            db.session.rollback()
            flash(_("Somebody else changed this first. See what it is like now."), "warning")
        return redirect(back, 303)

    def _open_or_409(self, pk: str) -> Organisation:
        """Give an organisation that has not ended."""
        item: Organisation = self.row_or_404(pk)
        return item if item.valid_to is None or item.valid_to >= date.today() else abort(409)

    def _form(self, name: str, item: Organisation, fields: list[str], **prefill: Any) -> tuple[Any, FormPage]:
        form_class, title = _CHANGES[name]
        page = FormPage(title=title, lead=self.title_of(item), cancel_url=self.url("show", pk=item.id), groups=[{"title": None, "fields": fields}])
        return (self.fresh_form(form_class, **prefill) if request.method == "GET" else form_class()), page

    def _is_in_order(self, form: Any, errors: list[tuple[str, str]] | None) -> bool:
        """Tell whether a form was checked and breaks no rule; each broken one is told at its field."""
        for name, sentence in errors or ():
            form[name].errors = [*form[name].errors, sentence]
        return errors == []

    def _planned(self, row: OrganisationChange) -> Any:
        flash(_("The change is done.") if row.state != PLANNED else _("The change is planned for %(day)s.", day=format_date(row.takes_effect_on)), "success")
        return redirect(self.url("show", pk=row.organisation_id), 303)


def _changes(item: Organisation) -> Any:
    """Give the changes of an organisation, read once for a page."""
    known = g.setdefault("organisation_changes", {})
    if item.id not in known:
        known[item.id] = changes_of(db.session, item.id)
    return known[item.id]


def _told_of_merger(old: Organisation, new: Organisation, on: date) -> list[dict[str, Any]]:
    language = current_language()
    names = {"old": old.name_in(language), "new": new.name_in(language), "day": format_date(on)}
    rows = [
        (_("Clients"), _("The clients of %(old)s are clients of %(new)s from %(day)s on, with all their records.", **names)),
        (_("Rights"), _("Each right in %(old)s goes on as the same right in %(new)s.", **names)),
        (_("Transfers"), _("Open transfers go on with %(new)s; those between the two end, for they have nothing left to move.", **names)),
        (_("Settings"), _("The decisions and local time limits of %(new)s hold.", **names)),
        (_("Until %(day)s", day=names["day"]), _("Nothing moves, and the merger can be taken back. What will move is counted on the organisation's page.")),
    ]  # fmt: skip
    return [{"title": _("What happens"), "kind": "facts", "rows": [{"label": label, "text": text} for label, text in rows], "empty_text": ""}]
