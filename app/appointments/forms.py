"""Forms of the deeds of an appointment."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, StringField, validators

from app.appointments.labels import APPOINTMENT
from app.web.forms import CodeField, Form, LocalDecimalField, stripped

_REQUIRED = _l("Fill in this field.")


def _reason(name: str) -> Any:
    checks = [validators.DataRequired(_REQUIRED), validators.Length(max=300, message=_l("Write at most %(max)d characters."))]
    return StringField(APPOINTMENT[name], checks, filters=[stripped])


class InterpretedForm(Form):
    """What is asked when a meeting with an interpreter is over; the bill may come later."""

    interpreter_outcome = CodeField(APPOINTMENT["interpreter_outcome"], [validators.InputRequired(_REQUIRED)], codes="INTERPRETATION_OUTCOME")
    interpreter_cost = LocalDecimalField(APPOINTMENT["interpreter_cost"], [validators.Optional(), validators.NumberRange(0, 99999, _l("Write a sum in euros."))])


class ExcuseForm(Form):
    excuse_reason = _reason("excuse_reason")


class ProposeForm(Form):
    interpreter_cost = LocalDecimalField(APPOINTMENT["interpreter_cost"], [validators.InputRequired(_REQUIRED), validators.NumberRange(0, 99999, _l("Write a sum in euros."))])
    fee_amount = LocalDecimalField(APPOINTMENT["fee_amount"], [validators.InputRequired(_REQUIRED), validators.NumberRange(0, 99999, _l("Write a sum in euros."))])
    fee_due_on = DateField(APPOINTMENT["fee_due_on"], [validators.InputRequired(_REQUIRED)])
    is_reasonable = BooleanField(APPOINTMENT["is_reasonable"])
    fee_ground = _reason("fee_ground")


class WaiveForm(Form):
    waive_reason = _reason("waive_reason")
