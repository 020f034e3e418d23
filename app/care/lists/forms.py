"""Forms of edits of a code list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, validators

from app.care.lists.labels import VALUE
from app.web.forms import Form, stripped

_NEEDED = validators.InputRequired(_l("Fill in this field."))
# White space is no text: the filter takes it away before the check.
_NEEDED_TEXT = validators.DataRequired(_l("Fill in this field."))
_TOO_LONG = _l("Write at most %(max)d characters.")


def _text(name: str, most: int, description: object = None, *, is_needed: bool = True) -> StringField:
    needed = _NEEDED_TEXT if is_needed else validators.Optional()
    return StringField(VALUE[name], [needed, validators.Length(max=most, message=_TOO_LONG)], filters=[stripped], description=description)


class LabelForm(Form):
    name_fi = _text("name_fi", 200)
    name_sv = _text("name_sv", 200)
    reason = _text("reason", 300, is_needed=False)


class AddForm(Form):
    code = _text("code", 40, _l("The code is what records and files hold; it never changes."))
    name_fi = _text("name_fi", 200)
    name_sv = _text("name_sv", 200)
    valid_from = DateField(VALUE["valid_from"], [_NEEDED])
    reason = _text("reason", 300, is_needed=False)


class EndForm(Form):
    last_day = DateField(_l("Last day"), [_NEEDED], description=_l("After it the value is not offered for new records. Records that hold it keep it."))
    reason = _text("reason", 300, is_needed=False)


class RenewForm(Form):
    reason = _text("reason", 300, is_needed=False)
