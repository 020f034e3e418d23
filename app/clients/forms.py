"""Form fields of clients that the model alone does not give."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, ValidationError, validators

from app.codes.areas import reference_organisations
from app.core.identity_code import IdentityCodeError, normal_form
from app.organisations.models import organisation_key
from app.web.forms import stripped
from app.web.language import current_language

PERSONAL_FIELDS = ("identity_code",)


def municipality_choices() -> list[tuple[str, str]]:
    """Give the municipalities in force by name in the reader's language."""
    today, is_swedish = date.today(), current_language() == "sv"
    found = [
        (organisation_key(row.kind, row.code), row.name_sv if is_swedish else row.name_fi)
        for row in reference_organisations()
        if row.kind == "MUNICIPALITY" and (row.valid_to is None or row.valid_to >= today)
    ]
    return [("", ""), *sorted(found, key=lambda pair: pair[1].casefold())]


def municipality_field() -> SelectField:
    """Make a select of municipalities."""
    return SelectField(
        _l("Municipality of residence"), [validators.InputRequired(_l("Fill in this field."))],
        choices=municipality_choices, coerce=lambda value: value or None,
    )  # fmt: skip


def identity_code_checked(_form: Any, field: Any) -> None:
    """Bring the code into its normal form, or say what is wrong with it."""
    if not field.data:
        return
    try:
        field.data = normal_form(
            field.data, today=date.today(), allow_artificial=current_app.config["KOTO"].has_invented_persons_only
        )
    except IdentityCodeError as error:
        raise ValidationError(_l("This is not a personal identity code. Check each character, for example 010190-900P.")) from error


def identity_code_field() -> StringField:
    """Make the field of an identity code; `autocomplete` stays off on shared machines."""
    return StringField(
        _l("Personal identity code"), [validators.Optional(), validators.Length(max=20), identity_code_checked],
        filters=[stripped], description=_l("Leave empty if the client has none, and give the reason below."),
    )  # fmt: skip
