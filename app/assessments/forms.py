"""Forms of the initial interview and of completing the assessment."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import DateField, HiddenField, TextAreaField, validators

from app.assessments.labels import ASSESSMENT, SECTION
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS
from app.web.forms import CodeField, Form, stripped


def _not_future(_form: Any, field: Any) -> None:
    if field.data and field.data > date.today():
        raise validators.ValidationError(_("The date is in the future."))


def _interview_form() -> type[Form]:
    fields: dict[str, Any] = {"version_seen": HiddenField(name="_version")}
    optional = validators.Optional()
    for code in SECTIONS:
        fields[f"{code}_summary"] = TextAreaField(_l("Summary"), [optional, validators.Length(max=8000)], filters=[stripped])
        fields[f"{code}_need_level"] = CodeField(_l("Need of services"), [optional], codes="NEED_LEVEL")
        fields[f"{code}_source"] = CodeField(_l("Source of the data"), [optional], codes="FACT_SOURCE", default="CLIENT")
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


class CompleteForm(Form):
    outcome = CodeField(ASSESSMENT["outcome"], [validators.InputRequired(_l("Fill in this field."))], codes="ASSESSMENT_OUTCOME")
    outcome_reason = TextAreaField(ASSESSMENT["outcome_reason"], [validators.Optional(), validators.Length(max=8000)], filters=[stripped])
    completed_on = DateField(ASSESSMENT["completed_on"], [validators.InputRequired(_l("Fill in this field.")), _not_future], default=date.today)
    plan_planned_on = DateField(ASSESSMENT["plan_planned_on"], [validators.Optional()])
