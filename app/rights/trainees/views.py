"""Pages of access to the training environment: apply, with an account or without one, and renew. They are nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask import session as web_session
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from app.access.actor import current_actor
from app.db.base import db
from app.db.types import new_id
from app.directories.queries import account_of, directory_of_realm
from app.directories.rules import split_account
from app.organisations.models import Organisation
from app.rights.models import RightApplication
from app.rights.trainees.actions import Applicant, apply_for_access, make_account, renew_access
from app.rights.trainees.forms import ACCESS_FIELDS, ACCOUNT_FIELDS, AccessForm, AccountForm
from app.rights.trainees.queries import access_of, is_taken, is_waiting
from app.rights.trainees.rules import is_of_known_domain, last_day, lengthens
from app.users.actions import act_by
from app.users.entry import enter
from app.users.models import UserProfile
from app.users.password_rules import weakness_of
from app.users.password_views import sentence_of
from app.web.language import current_language, speak

training_access = Blueprint("training_access", __name__, url_prefix="/training-access")


def _days() -> int:
    days: int = current_app.config["KOTO"].training_days
    return days


@training_access.get("/")
def page() -> Any:
    """Show the form; who has access or waits for it is led to their own rights, which say so."""
    if not current_user.is_authenticated:
        return _shown(AccountForm(formdata=None))
    if access_of(db.session, current_user.id, date.today()) or is_waiting(db.session, current_user.id):
        return redirect(url_for("MyRightsView.mine"), 303)
    profile, account = db.session.get(UserProfile, current_user.id), account_of(db.session, current_user.id)
    return _shown(AccessForm(formdata=None, data={"email": profile and profile.email, "organisation_id": account and account.org_id}))


@training_access.post("/")
def applied() -> Any:
    """Take the application; who had no account is signed in to the one that is made."""
    form = AccessForm() if current_user.is_authenticated else AccountForm()
    asked_language = request.form.get("_language")
    if asked_language in ("fi", "sv"):
        speak(asked_language)
        return _shown(form)
    if not form.validate() or not _fits(form):
        return _shown(form), 422
    if current_user.is_authenticated:
        return _sent(form, current_user.id, at_once=_is_known(form))
    user = make_account(db.session, Applicant(
        given_name=form.given_name.data, family_name=form.family_name.data, email=form.email.data, password=form.password.data, language=current_language(),
    ))  # fmt: skip
    at_once = is_of_known_domain(form.email.data, current_app.config["KOTO"].training_domains)
    return _sent(form, user.id, at_once=at_once, user=user)


def _is_known(form: AccessForm) -> bool:
    """Tell whether the directory of the organisation has told who the person is."""
    account = account_of(db.session, current_user.id)
    return account is not None and account.org_id == form.organisation_id.data


def _fits(form: Any) -> bool:
    """Write what is wrong into the form."""
    today = date.today()
    if current_user.is_authenticated:
        if access_of(db.session, current_user.id, today) or is_waiting(db.session, current_user.id):
            form.form_errors.append(_("You have applied already. My rights tells what became of it."))
        return not form.form_errors
    realm = split_account(form.email.data)[1]
    weakness = weakness_of(form.password.data, [form.email.data, form.given_name.data, form.family_name.data])
    if realm and directory_of_realm(db.session, realm) is not None:
        form.email.errors = [_("Your organisation has its own sign-in here: sign in with the user name and password you use at work.")]
    elif is_taken(db.session, form.email.data):
        form.email.errors = [_("There is an account with this address already. Sign in to it.")]
    if form.password.data != form.again.data:
        form.again.errors = [_("The two passwords are not the same.")]
    elif weakness:
        form.password.errors = [sentence_of(weakness)]
    return not form.errors


def _sent(form: AccessForm, user_id: int, *, at_once: bool, user: Any = None) -> Any:
    organisation = db.session.get_one(Organisation, form.organisation_id.data)
    application = RightApplication(user_id=user_id, organisation_id=organisation.id, task=_("Training"), email=form.email.data, language=current_language())
    granted = apply_for_access(db.session, application, date.today(), _days(), at_once=at_once)
    db.session.commit()
    if user is not None:
        enter(user)
    elif granted is not None and current_actor() is None and act_by(db.session, web_session.get("token"), user_id, granted.id, date.today()):
        db.session.commit()
        g.pop("actor", None)
    if granted is not None:
        flash(_("You have access to the training environment until %(day)s.", day=format_date(granted.valid_to)), "success")
    else:
        flash(_("Your application was sent. You see the decision here when you sign in."), "success")
    return redirect(url_for("MyRightsView.mine"), 303)


@training_access.post("/renew")
def renewed() -> Any:
    """Let one's own access go on."""
    if not current_user.is_authenticated:
        return redirect(url_for("SignInView.login"), 303)
    today = date.today()
    grant = access_of(db.session, current_user.id, today) or abort(404)
    if lengthens(grant.valid_to, today, _days()):
        renew_access(db.session, grant, today, _days())
        db.session.commit()
    flash(_("Your access lasts until %(day)s.", day=format_date(grant.valid_to)), "success")
    return redirect(url_for("MyRightsView.mine"), 303)


def _shown(form: AccessForm) -> str:
    is_new = isinstance(form, AccountForm)
    lead = _("Access lasts until %(day)s. You can renew it on your own page; otherwise the account and its names are removed.",
             day=format_date(last_day(date.today(), _days())))  # fmt: skip
    return render_template(
        "koto/form.html", title=_("Apply for access to the training environment"), lead=lead, form=form, form_action=url_for("training_access.applied"),
        form_token=new_id(), submit_label=_("Send the application"), main_form="main-form", keeps_draft=False,
        groups=[{"title": None, "fields": ACCOUNT_FIELDS if is_new else ACCESS_FIELDS}],
        cancel_url=url_for("SignInView.login") if is_new else url_for("MyRightsView.mine"),
    )  # fmt: skip


def access_shown(user_id: int) -> dict[str, Any] | None:
    """Give what the page of one's own rights says of access: its last day and whether it can be renewed; None outside training."""
    if not current_app.config["KOTO"].is_training:
        return None
    today = date.today()
    grant = access_of(db.session, user_id, today)
    if grant is None or grant.valid_to is None:
        return {"text": None, "is_waiting": is_waiting(db.session, user_id), "may_renew": False}
    text = _("Your access to the training environment lasts until %(day)s. After that the account ends by itself and its names are removed.", day=format_date(grant.valid_to))
    return {"text": text, "is_waiting": False, "may_renew": lengthens(grant.valid_to, today, _days())}
