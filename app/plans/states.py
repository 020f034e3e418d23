"""The life of an integration plan (process.md § 6.2)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class PlanLife(Life):
    """A draft is written freely; what is agreed changes by deeds only."""

    codes, view = "PLAN_STATUS", "PlanView"
    words = {"agree": _l("Agree the plan")}

    draft = State(value="DRAFT", initial=True)
    in_force = State(value="IN_FORCE", final=True)

    agree = draft.to(in_force)
