"""Forms of the initial interview and of completing the assessment."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, TextAreaField, validators

from app.assessments.labels import ASSESSMENT, SECTION
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS
from app.web.forms import SOURCE_NEEDED, CodeField, Form, stripped


def _not_future(_form: Any, field: Any) -> None:
    if field.data and field.data > date.today():
        raise validators.ValidationError(_("The date is in the future. Give today or an earlier day."))


class _SourceOf:
    """What is told in a section has its source (rule V14)."""

    def __init__(self, section: str) -> None:
        self.section = section

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data and (form[f"{self.section}_summary"].data or form[f"{self.section}_need_level"].data):
            raise validators.ValidationError(str(SOURCE_NEEDED))


def _interview_form() -> type[Form]:
    fields: dict[str, Any] = {"version_seen": HiddenField(name="_version")}
    optional = validators.Optional()
    for code in SECTIONS:
        fields[f"{code}_summary"] = TextAreaField(_l("Summary"), [optional, validators.Length(max=8000)], filters=[stripped])
        fields[f"{code}_need_level"] = CodeField(_l("Need of services"), [optional], codes="NEED_LEVEL")
        fields[f"{code}_source"] = CodeField(_l("Source of the data"), [_SourceOf(code)], codes="FACT_SOURCE", default="CLIENT")
    fields["client_wishes"] = TextAreaField(ASSESSMENT["client_wishes"], [optional, validators.Length(max=8000)], filters=[stripped])
    for name in DUTIES_TO_INFORM:
        fields[name] = DateField(ASSESSMENT[name], [optional, _not_future])
    return type("InterviewForm", (Form,), fields)


InterviewForm = _interview_form()

INTERVIEW_GROUPS = [
    *({"title": SECTION[code], "fields": [f"{code}_summary", f"{code}_need_level", f"{code}_source"]} for code in SECTIONS),
    {"title": _l("The client's own goals and wishes"), "fields": ["client_wishes"]},
    {"title": _l("What the client has been told, and when"), "fields": list(DUTIES_TO_INFORM)},
]


def _must() -> list[Any]:
    return [validators.InputRequired(_l("Fill in this field."))]


def _prose(label: Any, *, description: Any = None) -> TextAreaField:
    return TextAreaField(label, [validators.Optional(), validators.Length(max=8000)], filters=[stripped], description=description)


class CompleteForm(Form):
    """An assessment that is discontinued is cancelled, so that is no outcome to choose."""

    outcome = CodeField(ASSESSMENT["outcome"], _must(), codes="ASSESSMENT_OUTCOME", but=("CANCELLED",))
    outcome_reason = _prose(ASSESSMENT["outcome_reason"])
    completed_on = DateField(ASSESSMENT["completed_on"], _must(), default=date.today)
    plan_planned_on = DateField(ASSESSMENT["plan_planned_on"], [validators.Optional()], description=_l("When the outcome is a plan."))
    guided_to = _prose(ASSESSMENT["guided_to"], description=_l("When the outcome is something else than a plan."))


class SkipForm(Form):
    completed_on = DateField(ASSESSMENT["completed_on"], _must(), default=date.today)
    skipped_reason = TextAreaField(
        ASSESSMENT["skipped_reason"], [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=8000)], filters=[stripped],
        description=_l("Which other client plan covers the needs (act 681/2023, section 14)."),
    )  # fmt: skip


class CancelForm(Form):
    cancelled_on = DateField(ASSESSMENT["cancelled_on"], _must(), default=date.today)
    cancel_reason = CodeField(ASSESSMENT["cancel_reason"], _must(), codes="ASSESSMENT_CANCEL_REASON")
    outcome_reason = _prose(_l("More about the reason"))
