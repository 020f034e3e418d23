"""Forms of changes of an organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, validators

from app.care.organisations.labels import HELP, ORGANISATION
from app.web.forms import Form, stripped

_NEEDED = validators.InputRequired(_l("Fill in this field."))
# White space is no text: the filter takes it away before the check.
_NEEDED_TEXT = validators.DataRequired(_l("Fill in this field."))
_TOO_LONG = _l("Write at most %(max)d characters.")


def _name(name: str) -> StringField:
    return StringField(ORGANISATION[name], [_NEEDED_TEXT, validators.Length(max=120, message=_TOO_LONG)], filters=[stripped], description=HELP[name])


def _reason() -> StringField:
    return StringField(_l("Reason"), [validators.Optional(), validators.Length(max=300, message=_TOO_LONG)], filters=[stripped],
                       description=_l("Such as the decision that the change rests on."))  # fmt: skip


class NameForm(Form):
    name_fi = _name("name_fi")
    name_sv = _name("name_sv")
    on = DateField(_l("From the day"), [_NEEDED])
    reason = _reason()


class EndForm(Form):
    last_day = DateField(_l("Last day"), [_NEEDED])
    reason = _reason()


class MergeForm(Form):
    successor_id = SelectField(_l("Continued by"), [_NEEDED], description=_l("A new municipality is added first."))
    on = DateField(_l("First day of the merged municipality"), [_NEEDED])
    reason = _reason()
