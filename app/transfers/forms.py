"""Forms of moving a client."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, StringField, TextAreaField, validators

from app.clients.forms import identity_code_checked
from app.organisations.relations import MunicipalityRelation
from app.transfers.labels import TRANSFER
from app.transfers.sections import CHOSEN_AT_FIRST, TABLES
from app.web.forms import CodeField, Form, stripped
from app.web.relation import relation_field

_NEEDED = validators.InputRequired(_l("Fill in this field."))
# White space is no text: the filter takes it away before the check.
_NEEDED_TEXT = validators.DataRequired(_l("Fill in this field."))
_TOO_LONG = _l("Write at most %(max)d characters.")
SECTIONS = [name for name in TABLES if name != "BASICS"]


def _text(name: str, most: int, description: Any = None, *, is_needed: bool = True) -> TextAreaField:
    needed = _NEEDED_TEXT if is_needed else validators.Optional()
    return TextAreaField(TRANSFER[name], [needed, validators.Length(max=most, message=_TOO_LONG)], filters=[stripped], description=description)


class ConsentForm(Form):
    """What every transfer begins with: whom it is agreed with, and that the client consented."""

    other_id = relation_field(TRANSFER["other_id"], MunicipalityRelation(), "TransferView.suggest", "other_id", None)
    consent_on = DateField(TRANSFER["consent_on"], [_NEEDED])
    consent_language = CodeField(TRANSFER["consent_language"], [_NEEDED], codes="LANGUAGE", description=_l("The language in which the consent was asked for."))


class ChoiceMixin:
    """Which data move."""

    choice_reason = _text("choice_reason", 1000, is_needed=False)


for _name in SECTIONS:
    setattr(ChoiceMixin, _name, BooleanField(TRANSFER[_name], default=_name in CHOSEN_AT_FIRST))


class SendForm(ChoiceMixin, ConsentForm):
    """An offer of one's own client."""


class RequestForm(ConsentForm):
    """A request for a person whom one does not see."""

    identity_code = StringField(TRANSFER["identity_code"], [validators.Optional(), validators.Length(max=20), identity_code_checked], filters=[stripped],
                                description=_l("Without the code the person is found by names and date of birth."))  # fmt: skip
    family_name = StringField(TRANSFER["family_name"], [_NEEDED_TEXT, validators.Length(max=80, message=_TOO_LONG)], filters=[stripped])
    given_names = StringField(TRANSFER["given_names"], [_NEEDED_TEXT, validators.Length(max=120, message=_TOO_LONG)], filters=[stripped])
    birth_date = DateField(TRANSFER["birth_date"], [_NEEDED])


def _tomorrow() -> date:
    return date.today() + timedelta(days=1)


class TakeForm(Form):
    """The new municipality accepts an offer."""

    moves_on = DateField(TRANSFER["moves_on"], [_NEEDED], default=_tomorrow, description=_l("From this day on the client is yours."))
    is_mine = BooleanField(TRANSFER["is_mine"])


class GiveForm(ChoiceMixin, Form):
    """The old municipality accepts a request."""

    moves_on = DateField(TRANSFER["moves_on"], [_NEEDED], default=_tomorrow, description=_l("From this day on the client is theirs."))


class RejectForm(Form):
    refusal = CodeField(TRANSFER["refusal"], [_NEEDED], codes="TRANSFER_REFUSAL")
    explanation = _text("explanation", 1000, _l("Both municipalities read this."), is_needed=False)


class AskForm(Form):
    question = _text("question", 1000, _l("Both municipalities read this."))


class ReplyForm(Form):
    answer = _text("answer", 1000, _l("Both municipalities read this."))


CHOICE_GROUP = {"title": _l("Data that move"), "fields": [*SECTIONS, "choice_reason"]}
SEND_GROUPS = [{"title": _l("To whom, and the consent"), "fields": ["other_id", "consent_on", "consent_language"]}, CHOICE_GROUP]
REQUEST_GROUPS = [
    {"title": _l("Who is meant"), "fields": ["identity_code", "family_name", "given_names", "birth_date"]},
    {"title": _l("From whom, and the consent"), "fields": ["other_id", "consent_on", "consent_language"]},
]
