"""Forms of taking part."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, validators

from app.db.base import db
from app.organisations.models import Organisation
from app.organisations.places import may_be_met
from app.participations.labels import PARTICIPATION, STATEMENT
from app.web.forms import CodeField, Form, stripped
from app.web.language import current_language

_NEEDED = validators.InputRequired(_l("Fill in this field."))
# White space is no text: the filter takes it away before the check.
_NEEDED_TEXT = validators.DataRequired(_l("Fill in this field."))
_TOO_LONG = _l("Write at most %(max)d characters.")


def _counties() -> list[tuple[str, str]]:
    today = date.today()
    rows = db.session.scalars(select(Organisation).where(
        Organisation.kind == "WELLBEING_COUNTY", may_be_met(), Organisation.valid_to.is_(None) | (Organisation.valid_to >= today)
    ))  # fmt: skip
    return [("", ""), *sorted(((row.id, row.name_in(current_language())) for row in rows), key=lambda pair: pair[1].casefold())]


class InviteForm(Form):
    """An invitation; the view offers the client's open matters."""

    matter_key = SelectField(PARTICIPATION["matter_key"], [_NEEDED])
    organisation_id = SelectField(PARTICIPATION["organisation_id"], [_NEEDED], choices=_counties)
    reason = TextAreaField(
        PARTICIPATION["reason"], [_NEEDED_TEXT, validators.Length(max=1000, message=_TOO_LONG)], filters=[stripped],
        description=_l("Why services of both must be coordinated. The county reads this before it accepts."),
    )  # fmt: skip
    profile = CodeField(
        PARTICIPATION["profile"], [_NEEDED], codes="PARTICIPATION_PROFILE",
        description=_l("Choose no more than the task needs. Residence, family, entries and contact details are never shown."),
    )  # fmt: skip
    may_contribute = BooleanField(PARTICIPATION["may_contribute"], default=True)
    valid_to = DateField(PARTICIPATION["valid_to"], [validators.Optional()],
                         description=_l("Leave empty to let the county take part until the matter is complete. It ends then in any case."))  # fmt: skip


INVITE_GROUPS = [
    {"title": _l("Who is invited to what"), "fields": ["matter_key", "organisation_id", "reason"]},
    {"title": _l("What the county sees and may do"), "fields": ["profile", "may_contribute", "valid_to"]},
]


class EndForm(Form):
    end_reason = StringField(_l("Reason"), [_NEEDED_TEXT, validators.Length(max=500, message=_TOO_LONG)], filters=[stripped],
                             description=_l("Both sides read the reason."))  # fmt: skip


def statement_field() -> Any:
    """Make the field of a statement; the column holds it encrypted."""
    return TextAreaField(
        STATEMENT["content"], [_NEEDED_TEXT, validators.Length(max=8000, message=_TOO_LONG)], filters=[stripped],
        description=_l("Only what the coordination of services needs. The municipality opens the statement separately, and each opening is recorded."),
    )  # fmt: skip
