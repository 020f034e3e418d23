"""Forms of an examination."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, TextAreaField, validators

from app.examinations.labels import FINDING
from app.web.forms import CodeField, Form, stripped

LONGEST = 2000
_NEEDED = validators.InputRequired(_l("Fill in this field."))


def _prose(name: str, help_text: Any) -> TextAreaField:
    # White space is no text: the filter takes it away before the check.
    checks = [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=LONGEST, message=_l("Write at most %(max)d characters."))]
    return TextAreaField(FINDING[name], checks, filters=[stripped], description=help_text)


class AskForm(Form):
    """A request for an explanation."""

    question = _prose("question", _l("The reader sees this, with the times and kinds of the events. Do not name a client."))
    due_on = DateField(_l("Answer by"), [_NEEDED])
    version_seen = HiddenField(name="_version")


class ExplainForm(Form):
    explanation = _prose("explanation", _l("Tell what task the reading belonged to. Do not write more about the client than is needed."))


class DecideForm(Form):
    outcome = CodeField(FINDING["outcome"], [_NEEDED], codes="FINDING_OUTCOME")
    reason = _prose("reason", _l("Also what measures were taken, if any. The reader does not see this text."))
    version_seen = HiddenField(name="_version")
