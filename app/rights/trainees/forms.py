"""The short form: who one is and where one works; nothing of grounds or declarations, since every person here is made up."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField, validators

from app.rights.forms import organisations
from app.rights.trainees.rules import KINDS
from app.users.password_rules import SHORTEST
from app.web.forms import Form, stripped

_NEEDED = validators.InputRequired(_l("Fill in this field."))


def _text(label: Any, length: int, *checks: Any, help_text: Any = "") -> Any:
    limit = validators.Length(max=length, message=_l("Write at most %(max)d characters."))
    return StringField(label, [_NEEDED, validators.DataRequired(_l("Fill in this field.")), *checks, limit], filters=[stripped], description=help_text)


_EMAIL = validators.Email(_l("Write the address as name@example.fi."))


class AccessForm(Form):
    """What is asked of somebody who has signed in."""

    organisation_id = SelectField(_l("Organisation you work in"), [_NEEDED], choices=lambda: [("", ""), *organisations(KINDS)])
    email = _text(_l("E-mail address at work"), 128, _EMAIL, help_text=_l("No e-mail is sent from here. Your letters are on the page Letters."))


class AccountForm(AccessForm):
    """What is asked of somebody who has no account."""

    given_name = _text(_l("Given name"), 64)
    family_name = _text(_l("Family name"), 64)
    email = _text(_l("E-mail address at work"), 128, _EMAIL, help_text=_l("It is your user name here. No e-mail is sent from here."))
    password = PasswordField(
        _l("Password"), [_NEEDED, validators.Length(max=1024)],
        description=_l("At least %(number)d characters, and not the one you use elsewhere. Some unrelated words make a good one.", number=SHORTEST),
    )  # fmt: skip
    again = PasswordField(_l("Password again"), [_NEEDED])


ACCESS_FIELDS = ("organisation_id", "email")
ACCOUNT_FIELDS = ("given_name", "family_name", "organisation_id", "email", "password", "again")
