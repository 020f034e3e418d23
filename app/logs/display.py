"""An act of the log in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_datetime
from flask_babel import gettext as _

from app.audit.events import words
from app.codes.lists import label
from app.logs.queries import Act


@dataclass(frozen=True)
class ShownAct:
    """What is read of an act, in one language."""

    at: str
    who: str
    role: str
    what: str
    purpose: str
    outcome: str


def shown_act(act: Act, language: str) -> ShownAct:
    """Put an act into words of `language`, in which the texts of the request must be too."""
    organisation = act.organisation_sv if language == "sv" else act.organisation_fi
    parts = [label("ROLE", act.role, language) if act.role else "", organisation or ""]
    return ShownAct(
        at=format_datetime(act.at, "short"), who=act.person or _("The system"), role=", ".join(part for part in parts if part), what=words(act.name),
        purpose=label("AUDIT_PURPOSE", act.purpose, language), outcome=label("AUDIT_OUTCOME", act.outcome, language),
    )  # fmt: skip
