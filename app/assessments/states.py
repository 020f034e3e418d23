"""The life of an assessment (process.md § 6.3): from its start to its outcome."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class AssessmentLife(Life):
    """An open assessment is edited freely; what is booked and written moves it on, and two deeds end it."""

    codes, view = "ASSESSMENT_STATUS", "AssessmentView"
    words = {
        "complete": _l("Complete the assessment"), "cancel": _l("Cancel the assessment"), "hold": _l("Fill in the initial interview"),
        "clarify": _l("Order a clarifying measure"),
    }  # fmt: skip
    by_itself = frozenset({"book", "unbook", "hold", "clarify", "end_clarifying"})

    planned = State(value="PLANNED", initial=True)
    interview_booked = State(value="INTERVIEW_BOOKED")
    interview_held = State(value="INTERVIEW_HELD")
    clarifying = State(value="CLARIFYING")
    completed = State(value="COMPLETED", final=True)
    cancelled = State(value="CANCELLED", final=True)

    book = planned.to(interview_booked)
    unbook = interview_booked.to(planned)
    # What was held can be written more of, also while measures go on.
    hold = interview_held.from_(planned, interview_booked, interview_held) | clarifying.to.itself()
    # The need of measures is seen in the interview (Decree 869/2024 § 3).
    clarify = interview_held.to(clarifying) | clarifying.to.itself()
    end_clarifying = clarifying.to(interview_held)
    complete = completed.from_(interview_held, clarifying)
    cancel = cancelled.from_(planned, interview_booked, interview_held, clarifying)


# The states of an assessment that goes on.
OPEN = ("PLANNED", "INTERVIEW_BOOKED", "INTERVIEW_HELD", "CLARIFYING")
