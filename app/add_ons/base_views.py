"""What both readers of an add-on see: the municipality whose it is, and the national agency that decides."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.add_ons.actions import end_add_on
from app.add_ons.labels import ADD_ON, HELP
from app.add_ons.models import AddOn
from app.add_ons.scopes import pairs_of_scopes, role_for
from app.codes.lists import label
from app.db.base import db
from app.rights.forms import EndForm
from app.roles.sentences import sentences
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.language import current_language

BASICS = (_l("The add-on"), {"fields": ["name", "supplier", "purpose", "email"]})
_DECISION = {"fields": ["state_words", "decided_at", "decider", "decision_reason"]}


def button(text: str, url: str, kind: str = "secondary", *, method: str = "get", sure: str | None = None) -> dict[str, Any]:
    return {"label": text, "url": url, "method": method, "kind": kind, "confirm_text": sure}


class AddOnPages(BaseView):
    """What both readers of an add-on see."""

    event, datamodel = "add_on", Interface(AddOn)
    show_title, add_title, edit_title = _l("Add-on"), _l("Apply for an add-on"), _l("Edit the application")
    label_columns, description_columns = ADD_ON, HELP
    show_fieldsets = [BASICS, (_l("Its right"), {"fields": ["lasts_to"]}), (_l("The decision"), _DECISION)]
    order_columns, search_columns, base_order = ["name"], ["valid_to"], ("name", "asc")

    def title_of(self, item: AddOn) -> str:
        return item.name

    def subtitle_of(self, item: AddOn) -> str:
        return item.state_words

    def groups_for(self, item: AddOn) -> list[dict[str, Any]]:
        """Tell what the add-on may do in the words of roles, and in which role it acts."""
        may = sentences((view, permission) for permission, view in pairs_of_scopes(item.scopes))
        role = item.grant.role if item.grant else role_for(item.scopes)
        told = [{"label": _("Role"), "text": label("ROLE", role, current_language())}] if role else []
        basics, right, decision = super().groups_for(item)
        return [basics, {**right, "items": [*right["items"], *told]}, {"title": _("What it may do"), "items": may}, decision]


def ended(view: BaseView, item: AddOn, by: int) -> Any:
    """Ask why an add-on ends, and end it."""
    page = FormPage(title=_("End the add-on"), lead=_("The next request of the add-on is refused. Its tokens cannot be taken into use again."),
                    cancel_url=view.url("show", pk=item.id), submit_label=_("End the add-on"), groups=[{"title": None, "fields": ["end_reason", "note"]}])  # fmt: skip
    form = EndForm()
    if request.method == "GET" or view.shown_again():
        return view.form_page(form, page)
    if not form.validate():
        return view.form_page(form, page, 422)
    end_add_on(db.session, item, by=by, reason=form.end_reason.data, note=form.note.data)
    db.session.commit()
    flash(_("The add-on has ended."), "success")
    return redirect(view.url("show", pk=item.id), 303)
