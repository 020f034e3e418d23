"""A person's own two-step sign-in: whether it is in use, how many recovery codes are left, and new ones."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.db.base import db
from app.users.second_factor_actions import Answer, codes_left, has_second_factor, renew_codes, take_code
from app.users.second_factor_views import CodeForm, refusal

my_codes = Blueprint("my_codes", __name__, url_prefix="/my-two-step-sign-in")


@my_codes.before_request
def signed_in() -> Any:
    """Let in whoever has signed in."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login", next=url_for("my_codes.page")), 303)


@my_codes.get("/")
def page() -> Any:
    return _shown(CodeForm(formdata=None))


@my_codes.post("/")
def renewed() -> Any:
    """Make new recovery codes for whoever holds the telephone: a session that was left open is not enough."""
    if not has_second_factor(db.session, current_user.id):
        abort(409)
    form = CodeForm()
    if not form.validate():
        return _shown(form), 422
    answer, until = take_code(db.session, current_user.id, form.code.data or "", takes_recovery=False)
    if answer is not Answer.TAKEN:
        db.session.commit()
        form.code.errors = [refusal(answer, until)]
        return _shown(form), 422
    codes = renew_codes(db.session, current_user.id)
    db.session.commit()
    lead = _("The earlier recovery codes no longer work.")
    return render_template("koto/recovery_codes.html", title=_("Recovery codes"), lead=lead, codes=codes, onward_url=url_for("my_settings.page"))


def _shown(form: CodeForm) -> str:
    is_in_use = has_second_factor(db.session, current_user.id)
    left = codes_left(db.session, current_user.id) if is_in_use else 0
    return render_template("koto/my_codes.html", title=_("Two-step sign-in"), form=form, is_in_use=is_in_use, left=left)
