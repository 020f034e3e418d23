"""A municipality's pages of its add-ons and of their tokens."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.add_ons.actions import end_token, issue_token
from app.add_ons.base_views import BASICS, AddOnPages, button, ended
from app.add_ons.forms import TokenForm, answers_field, email_field, purpose_field, scopes_field
from app.add_ons.labels import BROKEN, TOKEN
from app.add_ons.models import AddOn, ApiToken
from app.add_ons.queries import has_of_name
from app.add_ons.rules import broken_add_on, broken_token, longest_token
from app.add_ons.scopes import role_for
from app.db.base import db
from app.directories.views import OfOrganisation
from app.web.base_view import Parent
from app.web.form_page import FormPage
from app.web.interface import Interface

_FIELDS = ["name", "supplier", "purpose", "email", "valid_to"]
_RIGHT = {"fields": ["scopes", "valid_to"]}


class AddOnTokenView(OfOrganisation):
    route_base, event, datamodel = "/add-on-tokens", "api_token", Interface(ApiToken)
    parent = Parent("add_on", "add_on_id", AddOn, "AddOnView.show")
    list_title, show_title, add_title, edit_title = _l("Tokens"), _l("Token"), _l("Token"), _l("Token")
    label_columns = TOKEN
    list_columns = show_columns = ["name", "created_at", "valid_to", "last_used_at", "ended_at"]
    add_columns = edit_columns = ["name"]
    order_columns, search_columns, base_order = ["created_at"], ["valid_to"], ("created_at", "desc")
    base_permissions = ["can_list", "can_show", "can_end"]

    def parent_or_404(self) -> Any:
        return self.registered(AddOnView).row_or_404(request.args.get("add_on", ""))

    def title_of(self, item: ApiToken) -> str:
        return item.name

    def buttons(self, item: ApiToken) -> list[dict[str, Any]]:
        if not item.is_usable or not self.may("end"):
            return []
        sure = _("The next request with this token is refused. The other tokens of the add-on go on.")
        return [button(_("End the token"), self.url("end", pk=item.id), "danger", method="post", sure=sure)]

    @expose("/end/<pk>", methods=["POST"])
    @has_access
    def end(self, pk: str) -> Any:
        """End one token at once."""
        item = self.row_or_404(pk)
        if not item.is_usable:
            abort(409)
        end_token(db.session, item)
        db.session.commit()
        flash(_("The token has ended."), "success")
        return redirect(self.url("show", pk=pk), 303)


class AddOnView(AddOnPages, OfOrganisation):
    """A municipality applies for its add-ons and keeps their tokens."""

    route_base = "/add-ons"
    list_title = _l("Add-ons")
    list_lead = _l("A program of your own that uses the data of your clients. The national agency accepts it first; your municipality answers for it (section 75).")
    list_columns = ["name", "supplier", "state_words", "lasts_to"]
    add_columns, edit_columns = [*_FIELDS, "scopes", "answers_for_it"], [*_FIELDS, "scopes"]
    add_fieldsets = [BASICS, (_l("Its right"), _RIGHT), (_l("Who answers for it"), {"fields": ["answers_for_it"]})]
    edit_fieldsets = [BASICS, (_l("Its right"), _RIGHT)]
    add_form_extra_fields = {"scopes": scopes_field(), "email": email_field(), "purpose": purpose_field(), "answers_for_it": answers_field()}
    edit_form_extra_fields = {"scopes": scopes_field(), "email": email_field(), "purpose": purpose_field()}
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_issue", "can_end"]
    deeds = {"can_issue": _l("make tokens")}
    related = (AddOnTokenView,)

    def may_change(self, item: AddOn) -> bool:
        """What the national agency has decided is applied for anew."""
        return item.is_accepted is None

    def rule_errors(self, form: Any, item: AddOn, parent: Any) -> list[tuple[str, str]]:
        actor = current_actor() or abort(403)
        found = list(broken_add_on(valid_to=form.valid_to.data, today=date.today()))
        if not found and role_for(form.scopes.data) is None:
            found.append(("scopes", "TOGETHER"))
        with db.session.no_autoflush:
            if has_of_name(db.session, actor.organisation_id, form.name.data, but=item.id):
                found.append(("name", "TAKEN"))
        return [(field, str(BROKEN[rule])) for field, rule in found]

    def buttons(self, item: AddOn) -> list[dict[str, Any]]:
        if item.state != "IN_USE":
            return []
        found = [button(_("Make a token"), self.url("issue", pk=item.id), "primary")] if self.may("issue") else []
        return [*found, *([button(_("End the add-on"), self.url("end", pk=item.id), "danger")] if self.may("end") else [])]

    def _in_use(self, pk: str) -> AddOn:
        found: AddOn = self.row_or_404(pk)
        return found if found.state == "IN_USE" else abort(409)

    @expose("/issue/<pk>", methods=["GET", "POST"])
    @has_access
    def issue(self, pk: str) -> Any:
        """Make a token, and show it this once."""
        item, actor, today = self._in_use(pk), current_actor() or abort(403), date.today()
        ends = item.lasts_to
        page = FormPage(title=_("Make a token"), lead=item.name, cancel_url=self.url("show", pk=pk), submit_label=_("Make a token"),
                        groups=[{"title": None, "fields": ["name", "valid_to"]}])  # fmt: skip
        if request.method == "GET":
            return self.form_page(self.fresh_form(TokenForm, data={"valid_to": longest_token(ends, today)}), page)
        if done := self.done_before():
            return done
        form = TokenForm()
        if self.shown_again():
            return self.form_page(form, page)
        if form.validate():
            day = format_date(longest_token(ends, today))
            for field, rule in broken_token(valid_to=form.valid_to.data, add_on_to=ends, today=today):
                form[field].errors = [*form[field].errors, str(BROKEN[rule]) % {"day": day}]
        if form.errors:
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=pk))
        token = issue_token(db.session, item, name=form.name.data, valid_to=form.valid_to.data, by=actor.user_id)
        db.session.commit()
        return self.render_template("koto/token.html", title=_("The new token"), lead=item.name, token=token, onward_url=self.url("show", pk=pk))

    @expose("/end/<pk>", methods=["GET", "POST"])
    @has_access
    def end(self, pk: str) -> Any:
        """End the add-on's right and all its tokens at once (§ 81)."""
        item, actor = self._in_use(pk), current_actor() or abort(403)
        return ended(self, item, actor.user_id)
