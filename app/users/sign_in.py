"""Sign-in and sign-out; local accounts by password, everybody else by the directory of their realm, or by the installation's own."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import structlog
from flask import abort, current_app, flash, g, jsonify, redirect, request
from flask import session as web_session
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user
from werkzeug.security import check_password_hash, generate_password_hash
from wtforms import PasswordField, StringField, validators

from app.db.base import db
from app.directories.actions import CircuitOpenError, person_of_directory, places
from app.directories.ask import person_by_password
from app.directories.guard import within_limits
from app.directories.models import Directory
from app.directories.queries import directory_of_realm
from app.directories.rules import split_account
from app.directories.settings import settings_of_installation
from app.directories.wire import DirectoryUnavailableError
from app.users.actions import is_local
from app.users.entry import enter, onward
from app.users.password_rules import HASH_METHOD
from app.users.queries import user_by_name
from app.users.second_factor_views import led_to_second_step
from app.users.session_actions import continue_session, end_session
from app.users.take_over import take_over_from, take_over_person
from app.web.forms import Form
from app.web.language import speak

log = structlog.get_logger()

@cache
def _no_account() -> str:
    """Give a hash to check when there is no such account, so that both answers take as long."""
    return generate_password_hash("no account has this password", HASH_METHOD)



class SignInForm(Form):
    username = StringField(_l("User name"), [validators.InputRequired(_l("Fill in this field.")), validators.Length(max=256)])
    password = PasswordField(_l("Password"), [validators.InputRequired(_l("Fill in this field.")), validators.Length(max=1024)])


def _unavailable(fault: DirectoryUnavailableError) -> str:
    if isinstance(fault, CircuitOpenError):
        return _("Signing in is not possible just now: the directory of your organisation has not answered lately. It is tried again in half a minute.")
    return _("Signing in is not possible just now: the directory of your organisation does not answer. Try again in a moment.")


def load_person() -> None:
    """Load the signed-in person before the request is served; pages that need none cost no statement."""
    if request.endpoint not in ("static", "appbuilder.static", "health.healthz", "health.readyz", "metrics.told") and request.blueprint != "open_figures":
        current_user.is_authenticated  # noqa: B018 -- reading it loads the user and with it actor and scope


class SignInView(BaseView):  # type: ignore[misc]
    route_base = ""
    default_view = "login"

    @expose("/login/", methods=["GET", "POST"])
    def login(self) -> Any:
        form = SignInForm()
        if request.method == "POST" and form.validate():
            try:
                user = self._authenticated(form.username.data or "", form.password.data or "")
            except DirectoryUnavailableError as fault:
                db.session.rollback()
                log.error("directory_unavailable", kind=str(fault))
                flash(_unavailable(fault), "danger")
                return self._page(form, 503)
            if user is not None:
                return self._signed_in(user)
            flash(_("The user name or the password is wrong."), "danger")
            log.warning("sign_in_refused", request=g.get("request_id"))
            return self._page(form, 401)
        return self._page(form, 200 if request.method == "GET" else 422)

    def _authenticated(self, username: str, password: str) -> Any | None:
        username = username.strip()
        if not username or not password.strip() or "\0" in username + password:
            return None
        user = user_by_name(db.session, username)
        if user is not None and is_local(db.session, user.id):
            return user if check_password_hash(user.password or _no_account(), password) and user.active else None
        name, realm = split_account(username)
        directory = directory_of_realm(db.session, realm) if realm else None
        if directory is not None:
            return self._by_directory(directory, name, password)
        return self._by_installation(username, password)

    def _by_directory(self, directory: Directory, name: str, password: str) -> Any | None:
        """Ask the directory of the realm, and no other."""
        if not directory.is_active:
            check_password_hash(_no_account(), password)
            return None
        settings = current_app.config["KOTO"]
        person = person_of_directory(db.session, directory, name, password, settings.instance_dir)
        return person and take_over_from(db.session, directory, person, date.today(), opens=settings.opens_rights)

    def _by_installation(self, username: str, password: str) -> Any | None:
        """Ask the one directory that the environment names, for names without a known realm."""
        settings = current_app.config["KOTO"].ldap
        if settings is None:
            check_password_hash(_no_account(), password)
            return None
        # No connection to the database waits for the directory.
        db.session.rollback()
        asked = settings_of_installation(settings)
        folder = places(current_app.config["KOTO"].instance_dir)
        person = within_limits(folder, "installation", lambda deadline: person_by_password(asked, username, password, deadline))
        return person and take_over_person(db.session, person, settings.group_map, date.today())

    def _signed_in(self, user: Any) -> Any:
        second_step = led_to_second_step(user)
        if second_step is not None:
            return second_step
        enter(user)
        return onward()

    def _page(self, form: Form, status: int) -> Any:
        accounts, password = current_app.extensions["koto_demo_accounts"](db.session)
        html = self.render_template(
            "koto/login.html", title=_("Sign in"), form=form, demo_accounts=accounts, demo_password=password, ldap_name=None
        )
        return html, status

    @expose("/session/continue", methods=["POST"])
    def continued(self) -> Any:
        """Let a person who is at work go on: gives the new end as ISO 8601, and whether that is the last one."""
        ends = continue_session(db.session, web_session.get("token")) if current_user.is_authenticated else None
        if ends is None:
            abort(401)
        db.session.commit()
        g.is_touch_due = False
        return jsonify(ends=ends.isoformat(), is_last=ends >= g.session_lasts_to)

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Any:
        end_session(db.session, web_session.get("token"))
        db.session.commit()
        language = web_session.get("locale")
        logout_user()
        web_session.clear()
        g.pop("actor", None)
        g.pop("person_name", None)
        if language:
            speak(language)
        flash(_("You have signed out."), "success")
        return redirect("/login/", 303)
