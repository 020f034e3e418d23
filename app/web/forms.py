"""Forms from models: native inputs, and a select for each code column, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from flask import current_app
from flask_appbuilder.forms import DynamicForm, GeneralModelConverter
from flask_babel import get_translations
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Field,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
    validators,
)

from app.codes.lists import values
from app.core.identity_code import real_code_in
from app.web.restricted_codes import KEPT, MASK, choices_seen, is_hidden

ONLY_INVENTED = _l("A person may have this identity code. Here all are made up: use a code whose three digits after the sign are 900–999.")
SECRET = "_secret"  # noqa: S105 -- the end of a name


def without_secrets(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the fields of a form but the secrets, for whatever keeps or shows what was typed."""
    return [(name, value) for name, value in fields if not name.endswith(SECRET)]


def stripped(value: Any) -> Any:
    """Take white space off both ends; nothing left is no value. NUL goes: PostgreSQL holds none, nobody types one."""
    return (value.replace("\0", "").strip() or None) if isinstance(value, str) else value


# A fact has its source (681/2023 § 73.2, rule V14).
SOURCE_NEEDED = _l("Tell where the data is from (act 681/2023, section 73).")
# Code list → what is said when a column that needs a value of it has none.
_NEEDED = {"FACT_SOURCE": SOURCE_NEEDED}


class CodeField(SelectField):
    """A select over a code list, less the codes that stand in `but`; the empty choice is no value.

    A saved value that its reader does not see stands as a choice in words of no meaning, and stays when that is sent back.
    """

    data: Any
    _saved: Any = None
    # What the row holds, offered also when the value has ended.
    _held: Any = None

    def __init__(self, *args: Any, codes: str, but: Sequence[str] = (), **kwargs: Any) -> None:
        def options() -> list[tuple[str, str]]:
            offered = {value.code for value in values(codes, date.today())}
            return [("", ""), *(choice for choice in choices_seen(codes) if choice[0] not in but and (choice[0] in offered or choice[0] == self._held))]

        super().__init__(*args, choices=options, coerce=lambda value: value or None, **kwargs)
        self._codes = codes

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        self._held = self.data
        self._saved = self.data if is_hidden(self._codes, self.data) else None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self._saved and self.data == KEPT:
            self.data = self._saved
        elif is_hidden(self._codes, self.data):
            # Taking it where it is what was saved, or choosing the mark then, would tell that the guess is right.
            self.data = None
            raise ValueError(self.gettext("Not a valid choice."))

    @property
    def code_list(self) -> str:
        return self._codes

    @property
    def as_sent(self) -> str | None:
        """Give the value as the page's form sends it: a hidden one by the mark that keeps it."""
        return KEPT if self._saved and self.data == self._saved else self.data

    def iter_choices(self) -> Iterator[tuple[Any, Any, bool, dict[str, Any]]]:
        yield from super().iter_choices()
        if self._saved:
            yield KEPT, str(MASK), self.data == self._saved, {}


class LocalDecimalField(DecimalField):
    """A number written with a comma or a point; shown with a comma, as both languages write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(["".join(text.split()).replace(",", ".") for text in valuelist])

    def _value(self) -> str:
        return str(super()._value()).replace(".", ",")


class SecretField(PasswordField):
    """A secret that is written and never shown: the form does not know the saved one, and left empty it stays.

    Its name ends in `SECRET`, by which no page, draft or comparison carries what was typed.
    """

    def process_data(self, value: Any) -> None:
        self.data = None

    def populate_obj(self, obj: Any, name: str) -> None:
        if self.data:
            setattr(obj, name, self.data)


_FIELDS: tuple[tuple[str, Callable[..., Field]], ...] = (
    ("is_text", TextAreaField), ("is_boolean", BooleanField), ("is_datetime", StringField), ("is_date", DateField),
    ("is_integer", IntegerField), ("is_numeric", LocalDecimalField), ("is_string", StringField),
)  # fmt: skip


class Converter(GeneralModelConverter):
    """FAB's converter with plain native fields in place of its Bootstrap widgets."""

    def _convert_simple(self, col_name: str, label: Any, description: Any, lst_validators: list[Any], form_props: dict[str, Any]) -> dict[str, Any]:
        column = self.datamodel.list_columns[col_name]
        checks: list[Any] = list(lst_validators)
        is_flag = self.datamodel.is_boolean(col_name)
        kind = next(field for test, field in _FIELDS if getattr(self.datamodel, test)(col_name))
        is_typed = kind in (StringField, TextAreaField)
        if is_flag or column.nullable:
            checks.insert(0, validators.Optional())
        else:
            # White space is no text: the filter takes it away before the check.
            required = validators.DataRequired if is_typed and not column.info.get("codes") else validators.InputRequired
            checks.insert(0, required(_NEEDED.get(column.info.get("codes"), _l("Fill in this field."))))
        options: dict[str, Any] = {"description": description, "validators": checks}
        if column.default is not None and column.default.is_scalar:
            options["default"] = column.default.arg
        codes = column.info.get("codes")
        if codes:
            form_props[col_name] = CodeField(label, codes=codes, **options)
            return form_props
        length = self.datamodel.get_max_length(col_name)
        if length > 0:
            checks.append(validators.Length(max=length, message=_l("Write at most %(max)d characters.")))
        if is_typed:
            options["filters"] = [stripped]
        form_props[col_name] = kind(label, **options)
        return form_props


class FormTexts:
    """WTForms' messages from our catalogues, which cover them all; its own have gaps."""

    def gettext(self, text: str) -> str:
        return str(get_translations().ugettext(text))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        # WTForms fills the places in itself; Flask-Babel's own function would want their values here.
        return str(get_translations().ungettext(singular, plural, number))


def invented_only(_form: Any, field: Field) -> None:
    """Refuse a text that holds an identity code a person may have, where only invented persons are kept."""
    if isinstance(field.data, str) and current_app.config["KOTO"].has_invented_persons_only and real_code_in(field.data):
        raise validators.StopValidation(str(ONLY_INVENTED))


class Form(DynamicForm):
    """Base of forms written by hand; generated forms take its Meta."""

    row_groups: Any = ()

    class Meta(DynamicForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                field.validators = [*field.validators, invented_only]
            return field

        def get_translations(self, form: Any) -> FormTexts:
            return FormTexts()
