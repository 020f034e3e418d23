"""The forms of the handling and the correction of a contact."""

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


def correct_form(written: type[Form]) -> type[Form]:
    """Give the form of a correction: all that is written of a contact and of its handling, and why it is corrected."""
    reason = TextAreaField(CONTACT["correction_reason"], [validators.DataRequired(_l("Fill in this field."))], filters=[stripped], description=HINTS["correction_reason"])
    more = TextAreaField(CONTACT["outcome_reason"], [validators.Optional()], filters=[stripped], description=HINTS["reason"], render_kw={"data-needs": "directed_only="})
    fields = {"handled_on": HandleForm.handled_on, "outcome": HandleForm.outcome, "outcome_reason": more, "correction_reason": reason}
    return type("CorrectForm", (written,), {**fields, "version_seen": None})
