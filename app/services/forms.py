"""Forms of the deeds of a service."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField, validators

from app.services.labels import DEED, PARTICIPATION
from app.web.forms import CodeField, Form, stripped

_REQUIRED = validators.InputRequired(_l("Fill in this field."))
_SHORT = validators.Length(max=300, message=_l("Write at most %(max)d characters."))


def _day(label: str) -> Any:
    return DateField(DEED[label], [_REQUIRED], default=date.today)


def _reason() -> Any:
    return CodeField(DEED["reason"], [_REQUIRED], codes="HINDRANCE")


def _description(*checks: Any) -> Any:
    return StringField(DEED["description"], [*checks, _SHORT], filters=[stripped])


class ReferForm(Form):
    day = _day("referred_on")


class AcceptForm(Form):
    day = _day("enrolled_on")


class StartForm(Form):
    day = _day("started_on")


class PauseForm(Form):
    day, reason, description = _day("from_on"), _reason(), _description(validators.Optional())


class ResumeForm(Form):
    day = _day("to_on")


class CompleteForm(Form):
    day = _day("ended_on")
    provider_feedback = TextAreaField(PARTICIPATION["provider_feedback"], filters=[stripped])


class CompleteTrainingForm(CompleteForm):
    no_test_reason = StringField(PARTICIPATION["no_test_reason"], [validators.Optional(), _SHORT], filters=[stripped])


class DiscontinueForm(Form):
    day, reason, description = _day("ended_on"), _reason(), _description(validators.Optional())


class LapseForm(Form):
    reason, description = _reason(), _description(validators.Optional())


class CancelForm(Form):
    description = _description(validators.DataRequired(_l("Fill in this field.")))
