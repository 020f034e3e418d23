"""Forms of the deeds of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import shorten
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField, validators

from app.plans.actions import GOAL_FIELD
from app.plans.labels import EXTENSION, INTERRUPTION, KELA, LIFE, PLAN
from app.plans.models import Goal
from app.web.display import shown
from app.web.forms import CodeField, Form, stripped

_LABEL = 120


def _must() -> list[Any]:
    return [validators.InputRequired(_l("Fill in this field."))]


def day(label: Any, *, is_asked: bool = True, today: bool = False, description: Any = None) -> DateField:
    """Make a field for a day, which must be given when it `is_asked`."""
    return DateField(label, _must() if is_asked else [validators.Optional()], default=date.today if today else None, description=description)


def prose(label: Any, *, is_asked: bool = True, description: Any = None) -> TextAreaField:
    """Make a field for free text; white space is no text."""
    checks = [validators.DataRequired(_l("Fill in this field."))] if is_asked else [validators.Optional()]
    return TextAreaField(label, checks, filters=[stripped], description=description)


class AgreeForm(Form):
    agreed_on = day(PLAN["agreed_on"], today=True)
    rights_explained_on = day(PLAN["rights_explained_on"], today=True)
    agreement_method = CodeField(PLAN["agreement_method"], _must(), codes="AGREEMENT_METHOD")


class AgreeWithChildForm(AgreeForm):
    """A child's view is heard, or it is told why not. Basis: 681/2023 § 4."""

    child_heard_on = day(LIFE["child_heard_on"], is_asked=False)
    child_view = prose(LIFE["child_view"], is_asked=False)
    child_not_heard_reason = prose(LIFE["child_not_heard_reason"], is_asked=False)


class ExtendForm(Form):
    ground = CodeField(EXTENSION["ground"], _must(), codes="EXTENSION_GROUND")
    extended_to = day(EXTENSION["extended_to"])
    reasons = prose(EXTENSION["reasons"])
    decided_by = StringField(
        EXTENSION["decided_by"], [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=160, message=_l("Write at most %(max)d characters."))],
        filters=[stripped],
    )  # fmt: skip
    decided_on = day(EXTENSION["decided_on"], today=True)


class InterruptForm(Form):
    reason = CodeField(INTERRUPTION["reason"], _must(), codes="INTERRUPTION_REASON")
    starts_on = day(INTERRUPTION["starts_on"], today=True)
    ends_on = day(INTERRUPTION["ends_on"], is_asked=False, description=_l("If it is known. The plan then goes on by itself on the day after."))
    grounds = prose(INTERRUPTION["grounds"], is_asked=False, description=_l("Only what the plan cannot do without (section 73)."))


class ResumeForm(Form):
    ends_on = day(_l("Last day of the interruption"))


class StudiesForm(Form):
    limited_from = day(LIFE["studies_only_from"])
    studies_end = day(_l("Support for studies until"))


class EndForm(Form):
    ended_on = day(LIFE["ended_on"], today=True)
    end_reason = CodeField(LIFE["end_reason"], _must(), codes="PLAN_END_REASON")
    onward_guidance = prose(LIFE["onward_guidance"], is_asked=False, description=_l("Which services or authority the client was guided to."))
    employment_plan_on = day(LIFE["employment_plan_on"], is_asked=False)


class CorrectForm(Form):
    drawn_up_date = day(PLAN["drawn_up_date"])
    reason = prose(_l("Why the date is corrected"))


class TellKelaForm(Form):
    kela_told_on = day(KELA["kela_told_on"], today=True)


class AnnulForm(Form):
    reason = prose(_l("Why the plan is annulled"))


def end_form(goals: Sequence[Goal]) -> type[Form]:
    """Give the form that ends a plan, with a result for each of its goals."""
    fields = {
        f"{GOAL_FIELD}{number}": CodeField(
            _l("Result of goal %(number)s: %(name)s", number=number, name=shorten(f"{shown(goal, 'goal_type')}, {goal.description}", _LABEL, placeholder=" …")),
            _must(), codes="GOAL_RESULT",
        )
        for number, goal in enumerate(goals, start=1)
    }  # fmt: skip
    return type("EndWithGoalsForm", (EndForm,), fields)
