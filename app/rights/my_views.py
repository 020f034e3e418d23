"""A person's own rights: apply, see what became of it, take an application back, choose which right to act by.

Whoever has signed in may come here, with a right or without; each sees only what is their own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask import session as web_session
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import current_actor
from app.codes.lists import label
from app.db.base import db
from app.db.types import new_id
from app.directories.queries import account_of
from app.organisations.models import Organisation
from app.rights.actions import send_application, withdraw_application
from app.rights.forms import ApplyForm, groups_of
from app.rights.labels import BROKEN
from app.rights.models import RightApplication
from app.rights.queries import applications_of, deciding_organisation, has_open_application, rights_of
from app.rights.rules import Wish, broken_rules
from app.rights.training import asks_for_training, verified
from app.rights.trainees.views import access_shown
from app.users.actions import act_by
from app.users.models import AccessGrant, UserProfile
from app.users.queries import is_in_force
from app.users.second_factor_actions import lacks_second_factor
from app.web.drafts import place_of_form
from app.web.language import current_language, speak
from app.web.table import table


def _day(day: date | None) -> str:
    return f"{day:%-d.%-m.%Y}" if day else _("until further notice")


def state_of(grant: AccessGrant, today: date) -> str:
    """Say in words whether a right can be acted by."""
    if grant.ended_at:
        return _("Ended")
    if grant.valid_to and grant.valid_to < today:
        return _("Ended")
    if grant.opened_at is None:
        return _("Waits to be opened")
    return _("In force") if grant.valid_from <= today else _("Not begun")


def _apply_form(**given: Any) -> ApplyForm:
    """Make the form of an application; without a key nobody can tell a certificate, and none is asked for."""
    form = ApplyForm(**given)
    if not asks_for_training():
        del form.training_code
    return form


class MyRightsView(BaseView):  # type: ignore[misc]
    route_base = "/my-rights"
    default_view = "mine"
    list_title = _l("My rights")
    apply_title = _l("Apply for a right")

    @expose("/")
    def mine(self) -> Any:
        """Show the person's rights and applications."""
        if not current_user.is_authenticated:
            return redirect(url_for("SignInView.login"), 303)
        today, actor = date.today(), current_actor()
        rights = rights_of(db.session, current_user.id)
        return self.render_template(
            "koto/my_rights.html", title=_("My rights"), rights=self._rights_table(rights, today), applications=self._applications_table(),
            lead=None if actor else _("You have no right in force. Apply for one; your organisation's access administrator decides."),
            acts=[
                {"key": grant.id, "text": self._right_text(grant, organisation), "is_current": actor is not None and actor.grant_id == grant.id}
                for grant, organisation in rights if is_in_force(grant, today)
            ],
            training=access_shown(current_user.id),
            open_applications=[row for row in applications_of(db.session, current_user.id) if row.state == "SENT"],
        )  # fmt: skip

    def _right_text(self, grant: AccessGrant, organisation: Organisation) -> str:
        language = current_language()
        return _("%(role)s, %(organisation)s", role=label("ROLE", grant.role, language), organisation=organisation.name_in(language))

    def _rights_table(self, rights: list[tuple[AccessGrant, Organisation]], today: date) -> dict[str, Any]:
        names = {"right": _("Right"), "from": _("Valid from"), "to": _("Valid to"), "state": _("State")}
        return table(names, [(None, [self._right_text(grant, where), _day(grant.valid_from), _day(grant.valid_to), state_of(grant, today)]) for grant, where in rights])

    def _applications_table(self) -> dict[str, Any]:
        language = current_language()
        names = {"right": _("Right"), "applied": _("Applied"), "state": _("State"), "reason": _("Reasons of the decision")}
        rows = [
            (None, [_("%(role)s, %(organisation)s", role=label("ROLE", row.role, language), organisation=row.organisation_name),
                    _day(row.applied_at.date()), label("APPLICATION_STATE", row.state, language), row.decision_reason or ""])
            for row in applications_of(db.session, current_user.id)
        ]  # fmt: skip
        return table(names, rows)

    @expose("/apply", methods=["GET", "POST"])
    def apply(self) -> Any:
        """Apply for a right; every right is applied for on its own."""
        if not current_user.is_authenticated:
            return redirect(url_for("SignInView.login", next=request.full_path.rstrip("?")), 303)
        if request.method == "GET":
            asked = {name: request.args.get(name) for name in ("organisation_id", "role") if request.args.get(name)}
            return self._form(_apply_form(formdata=None, data=self._suggested() | asked), 200)
        form = _apply_form()
        asked_language = request.form.get("_language")
        if asked_language in ("fi", "sv"):
            speak(asked_language)
            return self._form(form, 200)
        application = self._application(form) if form.validate() else None
        if application is None:
            return self._form(form, 422)
        send_application(db.session, application)
        db.session.commit()
        flash(_("Your application was sent. You get a letter when it is decided."), "success")
        return redirect(url_for("MyRightsView.mine"), 303)

    def _suggested(self) -> dict[str, Any]:
        """Give what is known before the person writes: where they work, and what the groups of their directory suggest."""
        actor, account = current_actor(), account_of(db.session, current_user.id)
        profile = db.session.get(UserProfile, current_user.id)
        works_in = actor.organisation_id if actor else account and account.org_id
        return {"organisation_id": works_in, "role": account and account.suggested_role, "email": profile and profile.email}

    def _application(self, form: ApplyForm) -> RightApplication | None:
        """Give the application of a form whose fields are right; None with the reasons in the form when the rules forbid it."""
        organisation = db.session.get_one(Organisation, form.organisation_id.data)
        chosen = form.grantor_id.data and db.session.get(Organisation, form.grantor_id.data)
        wish = Wish(
            organisation_kind=organisation.kind, grantor_kind=chosen.kind if chosen else None, role=form.role.data, basis=form.basis.data,
            valid_from=form.valid_from.data, valid_to=form.valid_to.data, training_done_on=form.training_done_on.data,
            is_granted_by_own=chosen is None or chosen.id == organisation.id,
        )  # fmt: skip
        broken = list(broken_rules(wish, date.today()))
        if has_open_application(db.session, current_user.id, organisation.id, wish.role):
            broken.append(("role", "OPEN"))
        code = form.training_code.data if "training_code" in form else None
        training, rule = verified(code, wish.role, current_user.first_name, current_user.last_name, asked_of=chosen.id if chosen else organisation.id)
        if rule:
            broken.append(("training_code", rule))
        for field, rule in broken:
            form[field].errors = [*form[field].errors, str(BROKEN[rule])]
        if broken:
            return None
        return RightApplication(
            user_id=current_user.id, organisation_id=organisation.id, role=wish.role, basis=wish.basis, task=form.task.data,
            reason=form.reason.data, valid_from=wish.valid_from, valid_to=wish.valid_to, email=form.email.data, language=current_language(),
            training_done_on=wish.training_done_on, training_path=training and training.path, trained_on=training and training.given_on, state="SENT",
            grantor_id=deciding_organisation(db.session, organisation, chosen.id if chosen else None, current_user.id, date.today()),
        )  # fmt: skip

    def _form(self, form: ApplyForm, status: int) -> Any:
        html = self.render_template(
            "koto/form.html", title=_("Apply for a right"), form=form, groups=groups_of(form), form_action=place_of_form(), form_token=new_id(),
            lead=_("Only what is needed for your task is granted, for no longer than it lasts (section 79)."), submit_label=_("Send the application"),
            cancel_url=url_for("MyRightsView.mine"), main_form="main-form", keeps_draft=current_actor() is not None,
        )  # fmt: skip
        return html, status

    @expose("/withdraw/<pk>", methods=["POST"])
    def withdraw(self, pk: str) -> Any:
        """Take an own application back while nobody has decided it."""
        found = db.session.get(RightApplication, pk) if current_user.is_authenticated else None
        if found is None or found.user_id != current_user.id:
            abort(404)
        if found.state != "SENT":
            abort(409)
        try:
            withdraw_application(db.session, found)
            db.session.commit()
        except StaleDataError:
            db.session.rollback()
            abort(409)
        flash(_("The application was withdrawn."), "success")
        return redirect(url_for("MyRightsView.mine"), 303)

    @expose("/act/<pk>", methods=["POST"])
    def act(self, pk: str) -> Any:
        """Act by another of one's own rights in force from now on; the page's head always says which one it is."""
        if current_user.is_authenticated and lacks_second_factor(db.session, web_session.get("token"), pk):
            flash(_("With this right you sign in with two steps. Sign out and sign in again."), "warning")
            return redirect(url_for("MyRightsView.mine"), 303)
        if not current_user.is_authenticated or not act_by(db.session, web_session.get("token"), current_user.id, pk, date.today()):
            abort(404)
        db.session.commit()
        g.pop("actor", None)
        return redirect(url_for("HomeView.index"), 303)
