"""The national agency decides which add-ons meet its requirements."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import current_actor
from app.add_ons.actions import accept, refuse
from app.add_ons.base_views import AddOnPages, button, ended
from app.add_ons.forms import ACCEPT, DecisionForm
from app.add_ons.labels import ADD_ON
from app.add_ons.models import AddOn
from app.db.base import db
from app.web.form_page import FormPage


class AddOnDecisionView(AddOnPages):
    """The national agency decides which add-ons meet its requirements, and ends one that no longer does (§ 75)."""

    route_base = "/add-on-decisions"
    list_title = _l("Add-ons of municipalities")
    list_lead = _l("Accept what meets the technical and security requirements. The municipality answers for the rest.")
    list_columns = ["name", "organisation_name", "supplier", "state_words", "created_at"]
    add_columns = edit_columns = ["name"]
    order_columns, base_order = ["name", "created_at"], ("created_at", "desc")
    base_permissions = ["can_list", "can_show", "can_decide", "can_end"]

    def row_or_404(self, pk: str) -> Any:
        return db.session.get(AddOn, pk) or abort(404)

    def groups_for(self, item: AddOn) -> list[dict[str, Any]]:
        basics, *others = super().groups_for(item)
        return [{**basics, "items": [{"label": str(ADD_ON["organisation_name"]), "text": item.organisation_name}, *basics["items"]]}, *others]

    def buttons(self, item: AddOn) -> list[dict[str, Any]]:
        if item.state == "WAITING" and self.may("decide"):
            return [button(_("Make the decision"), self.url("decide", pk=item.id), "primary")]
        return [button(_("End the add-on"), self.url("end", pk=item.id), "danger")] if item.state == "IN_USE" and self.may("end") else []

    @expose("/decide/<pk>", methods=["GET", "POST"])
    @has_access
    def decide(self, pk: str) -> Any:
        """Accept an add-on, or refuse it with reasons."""
        item, actor = self.row_or_404(pk), current_actor() or abort(403)
        if done := self.done_before():
            return done
        if item.is_accepted is not None:
            abort(409)
        page = FormPage(title=_("Make the decision"), lead=f"{item.name}, {item.organisation_name}", cancel_url=self.url("show", pk=pk), submit_label=_("Make the decision"),
                        groups=[{"title": None, "fields": ["decision", "decision_reason"]}])  # fmt: skip
        if request.method == "GET":
            return self.form_page(self.fresh_form(DecisionForm), page)
        form = DecisionForm()
        if self.shown_again():
            return self.form_page(form, page)
        if form.validate() and form.decision.data != ACCEPT and not form.decision_reason.data:
            form.decision_reason.errors = [_("Give the reasons of a refusal.")]
        if form.errors:
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=pk))
        return self._decided(item, accepts=form.decision.data == ACCEPT, by=actor.user_id, reason=form.decision_reason.data)

    def _decided(self, item: AddOn, *, accepts: bool, by: int, reason: str) -> Any:
        place = self.url("show", pk=item.id)
        try:
            (accept if accepts else refuse)(db.session, item, by=by, reason=reason)
            db.session.commit()
        except StaleDataError:
            db.session.rollback()
            flash(_("Somebody else decided this application first."), "warning")
        else:
            flash(_("The add-on was accepted.") if accepts else _("The application was refused."), "success")
        return redirect(place, 303)

    @expose("/end/<pk>", methods=["GET", "POST"])
    @has_access
    def end(self, pk: str) -> Any:
        """End an add-on that no longer meets the requirements."""
        item, actor = self.row_or_404(pk), current_actor() or abort(403)
        return ended(self, item, actor.user_id) if item.state == "IN_USE" else abort(409)
