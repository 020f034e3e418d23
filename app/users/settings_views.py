"""What each signed-in person chooses for themselves: language, and shortcuts of one key."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, RadioField, validators

from app.db.base import db
from app.users.actions import is_local, keep_settings
from app.users.models import UserProfile
from app.web.forms import Form
from app.web.language import LANGUAGES, current_language, speak

my_settings = Blueprint("my_settings", __name__, url_prefix="/my-settings")


class SettingsForm(Form):
    # Each language names itself, for those who do not read the other one.
    language = RadioField(_l("Language"), [validators.InputRequired(_l("Fill in this field."))],
                          choices=[(code, name, {"lang": code}) for code, name in LANGUAGES.items()])  # fmt: skip
    single_keys = BooleanField(
        _l("The key / moves to the search of clients"),
        description=_l("Switch it off if you speak your texts instead of typing, or if the key gets in your way."),
    )


@my_settings.before_request
def signed_in() -> Any:
    """Let in whoever has signed in, with or without a right: everybody's settings are their own."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login", next=url_for("my_settings.page")), 303)


@my_settings.get("/")
def page() -> Any:
    profile = db.session.get(UserProfile, current_user.id)
    return _shown(SettingsForm(formdata=None, language=current_language(), single_keys=profile is None or profile.single_keys))


@my_settings.post("/")
def kept() -> Any:
    form = SettingsForm(request.form)
    if not form.validate():
        return _shown(form), 422
    keep_settings(db.session, current_user.id, language=form.language.data, single_keys=form.single_keys.data)
    speak(form.language.data)
    flash(_("Saved."), "success")
    return redirect(url_for("my_settings.page"), 303)


def _shown(form: SettingsForm) -> str:
    lead = _("They hold on every machine where you sign in.")
    return render_template("koto/my_settings.html", title=_("My settings"), lead=lead, form=form, is_local=is_local(db.session, current_user.id))
