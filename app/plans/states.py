"""The life of an integration plan (process.md § 6.2)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class PlanLife(Life):
    """A draft is written freely; what is agreed changes by deeds only, and each deed leaves a version behind."""

    codes, view = "PLAN_STATUS", "PlanView"
    words = {
        "agree": _l("Agree the plan"), "extend": _l("Extend the plan"), "interrupt": _l("Interrupt the plan"), "resume": _l("Resume the plan"),
        "limit_to_studies": _l("Limit to the support for studies"), "end": _l("End the plan"), "correct": _l("Correct the dates"),
        "annul": _l("Annul the plan"), "tell_kela": _l("Record that the Social Insurance Institution was told"),
    }  # fmt: skip
    by_itself = frozenset({"start", "review", "resume_extended", "supersede"})

    draft = State(value="DRAFT", initial=True)
    agreed = State(value="AGREED")
    in_force = State(value="IN_FORCE")
    extended = State(value="EXTENDED")
    interrupted = State(value="INTERRUPTED")
    studies_only = State(value="STUDIES_ONLY")
    ended = State(value="ENDED")
    superseded = State(value="SUPERSEDED")
    annulled = State(value="ANNULLED", final=True)

    agree = draft.to(agreed)
    # On the first day of its validity, which may be the day it is agreed.
    start = agreed.to(in_force)
    review = in_force.to.itself() | extended.to.itself() | interrupted.to.itself() | studies_only.to.itself()
    extend = in_force.to(extended) | extended.to.itself()
    interrupt = in_force.to(interrupted) | extended.to(interrupted)
    resume = interrupted.to(in_force)
    resume_extended = interrupted.to(extended)
    limit_to_studies = studies_only.from_(in_force, extended, interrupted)
    end = ended.from_(in_force, extended, interrupted, studies_only)
    # A new plan that comes into force takes the place of the one before.
    supersede = superseded.from_(in_force, extended, interrupted, studies_only)
    correct = (agreed.to.itself() | in_force.to.itself() | extended.to.itself() | interrupted.to.itself() | studies_only.to.itself()
               | ended.to.itself() | superseded.to.itself())  # fmt: skip
    # Outside this system; the plan stays as it is (§ 88.1).
    tell_kela = agreed.to.itself() | in_force.to.itself() | extended.to.itself() | interrupted.to.itself() | studies_only.to.itself()
    annul = annulled.from_(agreed, in_force, extended, interrupted, studies_only, ended, superseded)
