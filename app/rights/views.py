"""The access administrator's pages of applications: decide each, with reasons for a refusal; invite."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import NOBODY_ID, current_actor
from app.db.base import db
from app.rights.actions import Decision, grant_application, invite, refuse_application
from app.rights.forms import GrantForm, InviteForm, RefuseForm
from app.rights.history import history_panel
from app.rights.labels import APPLICATION, BROKEN
from app.rights.models import RightApplication
from app.rights.queries import local_roles_for
from app.rights.rules import broken_grant
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.language import current_language


class RightApplicationView(BaseView):
    route_base, event, datamodel = "/right-applications", "right_application", Interface(RightApplication)
    list_title, show_title = _l("Applications for rights"), _l("Application for a right")
    add_title, edit_title, add_permission = _l("Invite to apply"), _l("Application for a right"), "invite"
    label_columns = APPLICATION
    list_columns = ["person", "organisation_name", "role", "valid_from", "valid_to", "state", "applied_at"]
    show_columns = ["person", "organisation_name", "role", "task", "basis", "reason", "valid_from", "valid_to", "training_done_on", "training_path", "trained_on",
                    "state", "applied_at", "decider", "decided_at", "decision_reason"]  # fmt: skip
    add_columns = edit_columns = ["role"]
    order_columns, search_columns, base_order = ["applied_at", "valid_from"], ["state", "role", "valid_from"], ("applied_at", "desc")
    base_permissions = ["can_list", "can_show", "can_decide", "can_invite"]

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(RightApplication.grantor_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(RightApplication).where(RightApplication.id == pk))) or abort(404)

    def title_of(self, item: RightApplication) -> str:
        return item.person

    def more_of(self, item: RightApplication) -> dict[str, Any]:
        return {"history": history_panel(application_id=item.id)}

    def buttons(self, item: RightApplication) -> list[dict[str, Any]]:
        if item.state != "SENT" or not self.may("decide") or self._is_own(item):
            return []
        steps = (("grant", _("Grant the right"), "primary"), ("refuse", _("Refuse"), "secondary"))
        return [{"label": label, "url": self.url(name, pk=item.id), "method": "get", "kind": kind, "confirm_text": None} for name, label, kind in steps]

    def add_address(self) -> str:
        return self.url("invite_page")

    def _is_own(self, item: RightApplication) -> bool:
        actor = current_actor()
        return actor is None or item.user_id == actor.user_id

    def _undecided(self, pk: str) -> RightApplication:
        found: RightApplication = self.row_or_404(pk)
        return found if found.state == "SENT" else abort(409)

    def _decided(self, pk: str, sentence: str) -> Any:
        """Commit a decision; when somebody decided first, say so and show what they decided."""
        try:
            db.session.commit()
        except StaleDataError:
            return self._too_late(pk)
        flash(sentence, "success")
        return redirect(self.url("show", pk=pk), 303)

    def _too_late(self, pk: str) -> Any:
        db.session.rollback()
        flash(_("Somebody else decided this application first."), "warning")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/grant/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("decide")
    def grant(self, pk: str) -> Any:
        """Grant what was applied for, or less."""
        item, actor = self._undecided(pk), current_actor() or abort(403)
        page = FormPage(title=_("Grant the right"), lead=item.person, cancel_url=self.url("show", pk=pk), submit_label=_("Grant the right"),
                        groups=[{"title": None, "fields": ["valid_from", "valid_to", "local_role_id", "decision_reason"]}])  # fmt: skip
        form = GrantForm(obj=item)
        own = local_roles_for(db.session, item.grantor_id, item.role)
        form.local_role_id.choices = [("", ""), *((role.id, role.name_in(current_language())) for role in own)]
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        valid = form.validate()
        broken = broken_grant(
            wished=(item.valid_from, item.valid_to), given=(form.valid_from.data, form.valid_to.data), role=item.role,
            is_own=self._is_own(item), is_narrowed=actor.local_role is not None,
        ) if valid else ()  # fmt: skip
        for field, rule in broken:
            valid = False
            if field:
                form[field].errors = [*form[field].errors, str(BROKEN[rule])]
            else:
                form.form_errors.append(str(BROKEN[rule]))
        if not valid:
            return self.form_page(form, page, 422)
        decision = Decision(valid_from=form.valid_from.data, valid_to=form.valid_to.data, local_role_id=form.local_role_id.data, note=form.decision_reason.data)
        try:
            grant_application(db.session, item, decision, by=actor.user_id, opens=current_app.config["KOTO"].opens_rights)
        except StaleDataError:
            return self._too_late(pk)
        return self._decided(pk, _("The right was granted."))

    @expose("/refuse/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("decide")
    def refuse(self, pk: str) -> Any:
        """Refuse with reasons that the applicant reads."""
        item, actor = self._undecided(pk), current_actor() or abort(403)
        page = FormPage(title=_("Refuse the application"), lead=item.person, cancel_url=self.url("show", pk=pk), submit_label=_("Refuse"),
                        groups=[{"title": None, "fields": ["decision_reason"]}])  # fmt: skip
        form = RefuseForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if self._is_own(item):
            form.form_errors.append(str(BROKEN["SELF"]))
        if not form.validate() or form.form_errors:
            return self.form_page(form, page, 422)
        try:
            refuse_application(db.session, item, by=actor.user_id, reason=form.decision_reason.data)
        except StaleDataError:
            return self._too_late(pk)
        return self._decided(pk, _("The application was refused."))

    @expose("/invite", methods=["GET", "POST"])
    @has_access
    @permission_name("invite")
    def invite_page(self) -> Any:
        """Invite somebody to apply: a letter with the address of the application."""
        actor = current_actor() or abort(403)
        page = FormPage(title=_("Invite to apply"), lead=_("The person gets a letter with a link to the application. Nothing is granted yet."),
                        cancel_url=self.url("list"), submit_label=_("Send the invitation"), groups=[{"title": None, "fields": ["email", "role", "language"]}])  # fmt: skip
        form = InviteForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        path = url_for("MyRightsView.apply", organisation_id=actor.organisation_id, role=form.role.data)
        invite(db.session, email=form.email.data, language=form.language.data, role=form.role.data, organisation_id=actor.organisation_id, by=actor.user_id, path=path)
        db.session.commit()
        flash(_("The invitation was sent."), "success")
        return redirect(self.url("list"), 303)
