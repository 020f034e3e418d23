"""Form fields of clients that the model alone does not give."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import StringField, validators

from app.core.identity_code import IdentityCodeError, RealCodeError, normal_form
from app.web.forms import ONLY_INVENTED, stripped

PERSONAL_FIELDS = ("identity_code",)


def identity_code_checked(_form: Any, field: Any) -> None:
    """Bring the code into its normal form, or say what is wrong with it."""
    if not field.data:
        return
    try:
        field.data = normal_form(
            field.data, today=date.today(), artificial=current_app.config["KOTO"].has_invented_persons_only
        )
    except RealCodeError as error:
        raise validators.StopValidation(str(ONLY_INVENTED)) from error
    except IdentityCodeError as error:
        raise validators.StopValidation(_l("This is not a personal identity code. Check each character, for example 010190-900P.")) from error


def identity_code_field() -> StringField:
    """Make the field of an identity code; `autocomplete` stays off on shared machines."""
    return StringField(
        _l("Personal identity code"), [validators.Optional(), validators.Length(max=20), identity_code_checked],
        filters=[stripped], description=_l("Leave empty if the client has none, and give the reason below."),
    )  # fmt: skip
