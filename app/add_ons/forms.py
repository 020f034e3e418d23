"""Forms of add-ons, their decisions and their tokens."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, EmailField, RadioField, SelectMultipleField, StringField, TextAreaField, validators

from app.add_ons.labels import ADD_ON, BROKEN, HELP, TOKEN, TOKEN_HELP
from app.add_ons.scopes import scopes
from app.web.forms import Form, stripped

NEEDED = validators.InputRequired(_l("Fill in this field."))
ACCEPT, REFUSE = "ACCEPT", "REFUSE"


def _long(most: int) -> Any:
    return validators.Length(max=most, message=_l("Write at most %(max)d characters."))


def _offered() -> list[tuple[str, str]]:
    return sorted(((name, scope.words) for name, scope in scopes().items()), key=lambda choice: choice[1].casefold())


def scopes_field() -> Any:
    """Make the boxes of all scopes, in the reader's words."""
    return SelectMultipleField(ADD_ON["scopes"], [validators.DataRequired(BROKEN["NONE"])], choices=_offered, description=HELP["scopes"])


def email_field() -> Any:
    return EmailField(ADD_ON["email"], [NEEDED, _long(254), validators.Email(_l("Write the address as name@example.fi."))], filters=[stripped], description=HELP["email"])


def purpose_field() -> Any:
    return TextAreaField(ADD_ON["purpose"], [NEEDED, _long(500)], filters=[stripped])


def answers_field() -> Any:
    return BooleanField(ADD_ON["answers_for_it"], [validators.InputRequired(_l("Without this no add-on is taken into use."))])


class DecisionForm(Form):
    """Acceptance or refusal; a refusal has reasons."""

    decision = RadioField(_l("Decision"), [NEEDED], choices=lambda: [(ACCEPT, _l("Accept: the add-on may use the interface")), (REFUSE, _l("Refuse"))])
    decision_reason = TextAreaField(ADD_ON["decision_reason"], [validators.Optional(), _long(500)], filters=[stripped], description=_l("The municipality reads these reasons."))


class TokenForm(Form):
    name = StringField(TOKEN["name"], [NEEDED, _long(60)], filters=[stripped], description=TOKEN_HELP["name"])
    valid_to = DateField(TOKEN["valid_to"], [NEEDED], description=TOKEN_HELP["valid_to"])
