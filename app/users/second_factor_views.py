"""The second step of signing in: take an authenticator app into use, or give a code. Nothing else is open meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as web_session
from flask_babel import format_time, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, validators

from app.db.base import db
from app.users.entry import enter, onward, safe_next
from app.users.second_factor import in_groups, qr_of
from app.users.second_factor_actions import Answer, asks_second_factor, begin_half_sign_in, codes_left, enrol, half_sign_in, take_code
from app.web.forms import Form
from app.web.language import speak

second_step = Blueprint("second_step", __name__, url_prefix="/login/second-step")
# From so many unused recovery codes on the person is reminded of them.
FEW_CODES = 3


class CodeForm(Form):
    code = StringField(_l("Code"), [validators.InputRequired(_l("Fill in this field.")), validators.Length(max=60)])


def led_to_second_step(user: Any) -> Any | None:
    """Lead a person whose password was right to the second step; None when the account has none."""
    if not asks_second_factor(db.session, user, date.today()):
        return None
    token, language = begin_half_sign_in(db.session, user), web_session.get("locale")
    db.session.commit()
    web_session.clear()
    web_session["half"] = token
    if language:
        speak(language)
    return redirect(_address(), 303)


def _address() -> str:
    target = safe_next(request.args.get("next"))
    return url_for("second_step.page", next=target if target != "/" else None)


def _from_the_start() -> Any:
    web_session.pop("half", None)
    flash(_("Signing in took too long. Begin again."), "warning")
    return redirect(url_for("SignInView.login", next=request.args.get("next")), 303)


def clock_of(moment: datetime) -> str:
    """Give the time of day as a sentence holds it."""
    return str(format_time(moment, "short"))


@second_step.get("")
def page() -> Any:
    found = half_sign_in(db.session, web_session.get("half"))
    return _shown(CodeForm(formdata=None), *found) if found else _from_the_start()


@second_step.post("")
def checked() -> Any:
    found = half_sign_in(db.session, web_session.get("half"))
    if found is None:
        return _from_the_start()
    half, user = found
    form = CodeForm()
    if not form.validate():
        return _shown(form, half, user), 422
    return _enrolled(form, half, user) if half.secret else _verified(form, half, user)


def _enrolled(form: CodeForm, half: Any, user: Any) -> Any:
    codes = enrol(db.session, half, form.code.data or "")
    if codes is None:
        form.code.errors = [_("The code does not fit. Check that the telephone shows the right time, and give the code it shows now.")]
        return _shown(form, half, user), 422
    enter(user, has_second_factor=True)
    # This page is the first of the new session, and has its head.
    current_app.appbuilder.sm.load_user(user.id)  # type: ignore[attr-defined]
    return render_template("koto/recovery_codes.html", title=_("Recovery codes"), lead=_("Two-step sign-in is in use."), codes=codes, onward_url=safe_next(request.args.get("next")))


def _verified(form: CodeForm, half: Any, user: Any) -> Any:
    answer, until = take_code(db.session, user.id, form.code.data or "")
    if answer is Answer.TAKEN:
        db.session.delete(half)
        enter(user, has_second_factor=True)
        _remind_of_codes(user.id)
        return onward()
    db.session.commit()
    form.code.errors = [refusal(answer, until)]
    return _shown(form, half, user), 429 if answer is Answer.BLOCKED else 422


def refusal(answer: Answer, until: datetime | None) -> str:
    """Say why a code was not taken."""
    if answer is Answer.BLOCKED and until is not None:
        return _("Too many wrong codes. Try again after %(time)s.", time=clock_of(until))
    return _("The code is wrong or has been used already. Wait for the next one and give it.")


def _remind_of_codes(user_id: int) -> None:
    left = codes_left(db.session, user_id)
    if left <= FEW_CODES:
        flash(ngettext("%(num)d recovery code is left. Make new ones in My settings.", "%(num)d recovery codes are left. Make new ones in My settings.", left), "warning")


def _shown(form: CodeForm, half: Any, user: Any) -> str:
    action = _address()
    if half.secret:
        return render_template(
            "koto/enrol.html", title=_("Take two-step sign-in into use"), form=form, form_action=action, qr=qr_of(half.secret, user.username),
            secret=in_groups(half.secret),
        )  # fmt: skip
    return render_template("koto/second_step.html", title=_("Second step of signing in"), form=form, form_action=action)
