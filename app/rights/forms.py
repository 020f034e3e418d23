"""Forms of rights of use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, validators

from app.codes.lists import choices, label, values
from app.db.base import db
from app.organisations.models import Organisation
from app.organisations.places import may_be_met
from app.rights.labels import APPLICATION, GRANT
from app.rights.rules import ROLES_IN
from app.web.forms import CodeField, Form, stripped
from app.web.language import current_language

_NEEDED = validators.InputRequired(_l("Fill in this field."))


def _text(name: str, length: int, *checks: Any, kind: Any = StringField, help_text: Any = "") -> Any:
    limit = validators.Length(max=length, message=_l("Write at most %(max)d characters."))
    return kind(APPLICATION[name], [*checks, limit], filters=[stripped], description=help_text)


def organisations(kinds: Any) -> list[tuple[str, str]]:
    """Give the organisations of some kinds that exist today, by name."""
    today = date.today()
    rows = db.session.scalars(
        select(Organisation).where(Organisation.kind.in_(kinds), may_be_met(), Organisation.valid_to.is_(None) | (Organisation.valid_to >= today))
    )
    return sorted(((row.id, row.name_in(current_language())) for row in rows), key=lambda pair: pair[1].casefold())


def _workplaces() -> dict[str, list[tuple[str, str]]]:
    """Give the organisations whose people may hold a right, by kind."""
    return {"": [("", "")], **{label("ORGANISATION_KIND", kind, current_language()): organisations([kind]) for kind in ROLES_IN}}


def _roles() -> list[tuple[str, str]]:
    given = {role for roles in ROLES_IN.values() for role in roles}
    return [("", ""), *((value.code, value.label_in(current_language())) for value in values("ROLE") if value.code in given)]


class ApplyForm(Form):
    """An application; which roles and grounds fit is checked by `app.rights.rules`."""

    organisation_id = SelectField(APPLICATION["organisation_id"], [_NEEDED], choices=_workplaces)
    grantor_id = SelectField(
        APPLICATION["grantor_id"], [validators.Optional()], choices=lambda: [("", ""), *organisations(["MUNICIPALITY"])],
        coerce=lambda value: value or None, description=_l("Only if you work for a wellbeing services county or a service provider."),
    )  # fmt: skip
    role = SelectField(APPLICATION["role"], [_NEEDED], choices=_roles)
    task = _text("task", 300, _NEEDED, help_text=_l("For example: initial assessments in the integration services of the municipality."))
    basis = CodeField(APPLICATION["basis"], [_NEEDED], codes="GRANT_BASIS")
    valid_from = DateField(APPLICATION["valid_from"], [_NEEDED], default=date.today)
    valid_to = DateField(APPLICATION["valid_to"], [_NEEDED], default=lambda: date.today() + timedelta(days=365),
                         description=_l("Two years at most. You can apply again before the right ends."))  # fmt: skip
    reason = _text("reason", 1000, validators.Optional(), kind=TextAreaField, help_text=_l("Do not write anything about clients."))
    email = _text("email", 254, _NEEDED, validators.Email(_l("Write the address as name@example.fi.")))
    training_done_on = DateField(APPLICATION["training_done_on"], [_NEEDED])
    training_code = _text("training_code", 400, validators.Optional(), kind=TextAreaField,
                          help_text=_l("The code on the certificate that you got in the training environment. The right may require it."))  # fmt: skip
    accepts_liability = BooleanField(APPLICATION["accepts_liability"], [validators.InputRequired(_l("Without this no right can be granted."))])


APPLY_GROUPS = [
    {"title": _l("Where and what for"), "fields": ["organisation_id", "grantor_id", "role", "task", "basis", "reason"]},
    {"title": _l("For how long"), "fields": ["valid_from", "valid_to"]},
    {"title": _l("About you"), "fields": ["email", "training_done_on", "training_code", "accepts_liability"]},
]


def groups_of(form: ApplyForm) -> list[dict[str, Any]]:
    """Give the groups with the fields that the form has."""
    return [{**group, "fields": [name for name in group["fields"] if name in form]} for group in APPLY_GROUPS]


class GrantForm(Form):
    """What is granted: at most what was applied for, as the role or as a narrower one."""

    valid_from = DateField(APPLICATION["valid_from"], [_NEEDED])
    valid_to = DateField(APPLICATION["valid_to"], [_NEEDED], description=_l("You can give the right for a shorter time than was applied for."))
    local_role_id = SelectField(APPLICATION["local_role_id"], [validators.Optional()], coerce=lambda value: value or None,
                                description=_l("Leave empty to grant the role as it is."))  # fmt: skip
    decision_reason = _text("decision_reason", 500, validators.Optional(), kind=TextAreaField)


class RefuseForm(Form):
    decision_reason = _text("decision_reason", 500, _NEEDED, kind=TextAreaField, help_text=_l("The applicant reads these reasons."))


class EndForm(Form):
    end_reason = CodeField(GRANT["end_reason"], [_NEEDED], codes="GRANT_END_REASON")
    note = StringField(_l("More about the reason"), [validators.Optional(), validators.Length(max=500, message=_l("Write at most %(max)d characters."))],
                       filters=[stripped], description=_l("Do not write anything about clients."))  # fmt: skip


class ShortenForm(Form):
    valid_to = DateField(GRANT["valid_to"], [_NEEDED])


class InviteForm(Form):
    """An invitation: where the letter goes, for which role, and in which language."""

    email = _text("email", 254, _NEEDED, validators.Email(_l("Write the address as name@example.fi.")))
    role = SelectField(APPLICATION["role"], [_NEEDED], choices=_roles)
    language = SelectField(_l("Language of the letter"), choices=lambda: choices("SERVICE_LANGUAGE", current_language())[:2])
