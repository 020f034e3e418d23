"""The forms of the log's pages: a period, whose log, and the document for the client. They are sent with GET."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, validators

from app.codes.lists import choices
from app.db.types import is_id
from app.logs.queries import Period
from app.web.forms import Form, stripped
from app.web.language import LANGUAGES, current_language

_REQUIRED = validators.InputRequired(_l("Fill in this field."))


class PeriodForm(Form):
    """Days of the address; those that are missing take the defaults."""

    first = DateField(_l("From the day"), [_REQUIRED])
    last = DateField(_l("To the day"), [_REQUIRED])

    @classmethod
    def asked(cls, first: date, last: date) -> PeriodForm:
        is_sent = "first" in request.args or "last" in request.args
        return cls(formdata=request.args if is_sent else None, meta={"csrf": False}, first=first, last=last)

    def period(self) -> Period | None:
        """Give the period, None when the days are none; the fields then say why."""
        if self.formdata_given() and not self.validate():
            return None
        if self.last.data < self.first.data:
            self.last.errors = [*self.last.errors, _l("The end is before the start.")]
            return None
        return Period(self.first.data, self.last.data)

    def formdata_given(self) -> bool:
        return self.first.raw_data is not None


class ClientForm(Form):
    """Whose log: the number that the client's page and the document show."""

    client = StringField(_l("Client's number in the system"), [_REQUIRED], filters=[stripped])

    @classmethod
    def asked(cls) -> ClientForm:
        return cls(formdata=request.args if "client" in request.args else None, meta={"csrf": False})

    def validate_client(self, field: Any) -> None:
        if not is_id(field.data):
            raise validators.ValidationError(_l("A number looks like this: 123e4567-e89b-42d3-a456-426614174000."))


class PaperForm(Form):
    """The document: of the period that is shown, in a language, with or without the names of the workers."""

    first, last = HiddenField(), HiddenField()
    language = SelectField(_l("Language of the document"), choices=lambda: [pair for pair in choices("SERVICE_LANGUAGE", current_language()) if pair[0] in LANGUAGES])
    names = BooleanField(_l("Names of the workers in the document"))
