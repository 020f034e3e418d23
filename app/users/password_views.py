"""Change one's own password: the present one is asked, the new one is long, and other sessions end."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import session as web_session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.security import check_password_hash
from wtforms import PasswordField, validators

from app.db.base import db
from app.users.actions import is_local
from app.users.password_actions import change_password, weakness_for
from app.users.password_rules import LONGEST, SHORTEST, Weakness
from app.web.forms import Form

my_password = Blueprint("my_password", __name__, url_prefix="/my-password")


class PasswordForm(Form):
    current = PasswordField(_l("Present password"), [validators.InputRequired(_l("Fill in this field.")), validators.Length(max=1024)])
    password = PasswordField(
        _l("New password"), [validators.InputRequired(_l("Fill in this field.")), validators.Length(max=1024)],
        description=_l("A new password has at least %(number)d characters. Some unrelated words make a good one. You may paste it from a password manager.", number=SHORTEST),
    )  # fmt: skip
    again = PasswordField(_l("New password again"), [validators.InputRequired(_l("Fill in this field."))])


@my_password.before_request
def signed_in() -> Any:
    """Let in whoever has signed in."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login", next=url_for("my_password.page")), 303)


@my_password.get("/")
def page() -> Any:
    return _shown(PasswordForm(formdata=None))


@my_password.post("/")
def changed() -> Any:
    form = PasswordForm()
    if not is_local(db.session, current_user.id):
        return _shown(form), 403
    if not form.validate() or not _fits(form):
        return _shown(form), 422
    user: Any = current_user._get_current_object()
    web_session["token"] = change_password(db.session, user, form.password.data or "", token=web_session["token"])
    db.session.commit()
    flash(_("The password was changed. Your other sessions were ended."), "success")
    return redirect(url_for("my_settings.page"), 303)


def _fits(form: PasswordForm) -> bool:
    """Write what is wrong into the form; the rules of the new password are told only to who knows the present one."""
    if not check_password_hash(current_user.password or "", form.current.data or ""):
        form.current.errors = [_("The present password is wrong.")]
    elif form.password.data != form.again.data:
        form.again.errors = [_("The two new passwords are not the same.")]
    elif form.password.data == form.current.data:
        form.password.errors = [_("Choose another password than the present one.")]
    elif weakness := weakness_for(db.session, current_user, form.password.data or ""):
        form.password.errors = [sentence_of(weakness)]
    return not form.errors


def sentence_of(weakness: Weakness) -> str:
    """Say why a password is not taken."""
    return {
        Weakness.SHORT: _("The password is too short. It needs at least %(number)d characters.", number=SHORTEST),
        Weakness.LONG: _("The password is too long. It may have at most %(number)d characters.", number=LONGEST),
        Weakness.GUESSABLE: _("The password is easy to guess: it is built of common words, names, years or repeated characters. Choose some unrelated words."),
    }[weakness]


def _shown(form: PasswordForm) -> str:
    return render_template("koto/my_password.html", title=_("Change the password"), form=form, is_local=is_local(db.session, current_user.id))
