"""The national agency's pages of code lists: every list, its values, and their labels and validity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.audit.record import record_event
from app.care.lists.actions import ADD, END, LABEL, RENEW, edit_value, new_value
from app.care.lists.display import LISTS, NO_LANGUAGE, VALUES, columns, history_panel, list_row, used_text, uses, value_items, value_row
from app.care.lists.forms import AddForm, EndForm, LabelForm, RenewForm
from app.care.lists.labels import BROKEN, VALUE
from app.care.lists.naming import is_closed, named_by
from app.care.lists.queries import edits_of
from app.care.lists.rules import broken_end, broken_labels, is_code
from app.codes.lists import CodeValue, list_names, values
from app.codes.models import CodeEdit
from app.db.base import db
from app.history.queries import names_of_people
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.language import current_language

_LABELS, _ENDS, _RENEWS, _ADDS = _l("Correct the labels"), _l("End the value"), _l("Take into use again"), _l("Add a value")


class CodeListView(BaseView):
    route_base, event, datamodel = "/code-lists", "code_value", Interface(CodeEdit)
    list_title, show_title, add_title, edit_title = _l("Code lists"), _l("Code list"), _ADDS, _LABELS
    list_lead = _l("Labels can be corrected, values added and ended. Nothing is deleted: old records keep what they hold.")
    label_columns = VALUE
    list_columns = show_columns = add_columns = edit_columns = ["code"]
    order_columns, search_columns, base_order = ["code"], ["deed"], ("code", "asc")
    base_permissions = ["can_list", "can_show", "can_change"]
    deeds = {"can_change": _l("add values, correct labels and end values")}
    is_in_navigation = True

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        """Show every list with where it is used."""
        used, today = uses(), date.today()
        rows = [list_row(name, used.get(name, []), self.url("show", pk=name), today) for name in list_names()]
        rows.sort(key=lambda row: (row.pk not in used, row.texts[0].casefold()))
        table = {"title": _("Lists"), "columns": columns(LISTS), "rows": rows}
        record_event(db.session, f"{self.event}:listed", hits=len(rows))
        db.session.commit()
        return self.render_template("koto/show.html", title=self.list_title, subtitle=self.list_lead, related=[table])

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        """Show the values of a list, those that have ended too."""
        found = self._list_or_404(pk)
        buttons = [self._button(_ADDS, "add_value", "primary", list_name=pk)] if self.may("change") and not is_closed(pk) else []
        note = _("The service knows each value of this list by name, so none can be added.") if is_closed(pk) else None
        table = {"title": _("Values"), "columns": columns(VALUES), "rows": [value_row(value, self.url("value", list_name=pk, code=value.code)) for value in found]}
        where = [{"label": VALUE["used_in"], "text": "\n".join(uses().get(pk, [])) or _("Only by the service itself")}, {"label": VALUE["list_name"], "text": pk, "lang": NO_LANGUAGE}]
        record_event(db.session, f"{self.event}:listed", hits=len(found))
        db.session.commit()
        return self.render_template("koto/show.html", title=self.show_title, subtitle=note, buttons=buttons,
                                    groups=[{"title": None, "items": where}], related=[table])  # fmt: skip

    @expose("/value/<list_name>/<code>", methods=["GET"])
    @has_access
    @permission_name("show")
    def value(self, list_name: str, code: str) -> Any:
        """Show a value and its history."""
        value = self._value_or_404(list_name, code)
        edits = edits_of(db.session, list_name, code)
        people = names_of_people(db.session, {row.created_by for row in edits if row.created_by})
        record_event(db.session, f"{self.event}:read", row_id=edits[0].id if edits else None)
        db.session.commit()
        title = value.label_in(current_language())
        return self.render_template("koto/show.html", title=title, subtitle=used_text(uses().get(list_name, [])), buttons=self._buttons_of(value),
                                    groups=[{"title": None, "items": value_items(value)}], history=history_panel(edits, people))  # fmt: skip

    # -- edits ------------------------------------------------------------------------------------

    @expose("/add/<list_name>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def add_value(self, list_name: str) -> Any:
        """Add a value to a list."""
        found = self._list_or_404(list_name)
        if is_closed(list_name):
            abort(409)
        page = self._page(_ADDS, used_text(uses().get(list_name, [])), ["code", "name_fi", "name_sv", "valid_from", "reason"], self.url("show", pk=list_name))
        form = AddForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate() or self._breaks(form, self._broken_new(form, list_name, found)):
            return self.form_page(form, page, 422)
        value = new_value(list_name, form.code.data or "", (form.name_fi.data or "", form.name_sv.data or ""), form.valid_from.data or date.today())
        return self._edited(value, ADD, form)

    @expose("/label/<list_name>/<code>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def label(self, list_name: str, code: str) -> Any:
        """Correct the labels of a value, wherever it stands."""
        value = self._value_or_404(list_name, code)
        page = self._page(_LABELS, value.label_in(current_language()), ["name_fi", "name_sv", "reason"], self.url("value", list_name=list_name, code=code))
        form = LabelForm(data={"name_fi": value.fi, "name_sv": value.sv})
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        labels = (form.name_fi.data or "", form.name_sv.data or "")
        if self._breaks(form, broken_labels(values(list_name), code, labels)):
            return self.form_page(form, page, 422)
        return self._edited(replace(value, fi=labels[0], sv=labels[1]), LABEL, form)

    @expose("/end/<list_name>/<code>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def end(self, list_name: str, code: str) -> Any:
        """Set the last day of a value that no rule rests on."""
        value = self._value_or_404(list_name, code)
        page = self._page(_ENDS, value.label_in(current_language()), ["last_day", "reason"], self.url("value", list_name=list_name, code=code))
        form = EndForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        last_day = form.last_day.data or date.today()
        broken = broken_end(value, last_day=last_day, today=date.today(), named=named_by(list_name, code))
        if self._breaks(form, [("last_day", rule) for rule in broken]):
            return self.form_page(form, page, 422)
        return self._edited(replace(value, valid_to=last_day), END, form)

    @expose("/renew/<list_name>/<code>", methods=["GET", "POST"])
    @has_access
    @permission_name("change")
    def renew(self, list_name: str, code: str) -> Any:
        """Let a value that has ended be offered again."""
        value = self._value_or_404(list_name, code)
        if value.valid_to is None:
            abort(409)
        page = self._page(_RENEWS, value.label_in(current_language()), ["reason"], self.url("value", list_name=list_name, code=code))
        form = RenewForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        return self._edited(replace(value, valid_to=None), RENEW, form)

    # -- parts ------------------------------------------------------------------------------------

    def _list_or_404(self, name: str) -> Any:
        return values(name) if name in list_names() else abort(404)

    def _value_or_404(self, list_name: str, code: str) -> CodeValue:
        return next((value for value in self._list_or_404(list_name) if value.code == code), None) or abort(404)

    def _button(self, text: Any, action: str, kind: str, **values: str) -> dict[str, Any]:
        return {"label": text, "url": self.url(action, **values), "method": "get", "kind": kind, "confirm_text": None}

    def _buttons_of(self, value: CodeValue) -> Any:
        if not self.may("change"):
            return []
        key = {"list_name": value.list, "code": value.code}
        found = [self._button(_LABELS, "label", "primary", **key)]
        if value.valid_to is not None:
            return [*found, self._button(_RENEWS, "renew", "secondary", **key)]
        return found if named_by(value.list, value.code) else [*found, self._button(_ENDS, "end", "secondary", **key)]

    def _page(self, title: Any, lead: str, fields: Any, back: str) -> FormPage:
        return FormPage(title=title, lead=lead, cancel_url=back, groups=[{"title": None, "fields": fields}])

    def _broken_new(self, form: Any, list_name: str, found: Any) -> Any:
        code = form.code.data
        broken = [] if is_code(list_name, code) else [("code", "CODE")]
        if code in {value.code for value in found}:
            broken.append(("code", "CODE_TAKEN"))
        return [*broken, *broken_labels(found, code, (form.name_fi.data, form.name_sv.data))]

    def _breaks(self, form: Any, broken: Any) -> bool:
        """Tell each broken rule at its field, and whether there is one."""
        for name, rule in broken:
            form[name].errors = [*form[name].errors, str(BROKEN[rule])]
        return bool(broken)

    def _edited(self, value: CodeValue, deed: str, form: Any) -> Any:
        edit_value(db.session, value, deed, reason=form.reason.data)
        flash(_("Saved."), "success")
        return redirect(self.url("value", list_name=value.list, code=value.code), 303)
