"""The form of the handling of a contact."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField, validators

from app.contacts.labels import CONTACT, HINTS
from app.web.forms import CodeField, Form, stripped

_REQUIRED = validators.InputRequired(_l("Fill in this field."))


class HandleDirectedForm(Form):
    """Of who was only directed here nothing but the outcome is recorded."""

    handled_on = DateField(CONTACT["handled_on"], [_REQUIRED], default=date.today)
    outcome = CodeField(CONTACT["outcome"], [_REQUIRED], codes="CONTACT_OUTCOME")


class HandleForm(HandleDirectedForm):
    outcome_reason = TextAreaField(CONTACT["outcome_reason"], [validators.Optional()], filters=[stripped], description=HINTS["reason"])
