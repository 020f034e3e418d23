"""What became of the test of a connection, in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from app.directories.checks import ORDER, Outcome
from app.directories.labels import FAULTS, STEPS, TESTED


def step_rows(outcome: Outcome) -> list[dict[str, str]]:
    """Give each step with a sentence."""
    rows, has_failed = [], False
    for step in ORDER:
        if step in outcome.done:
            text = _done(step, outcome)
        elif not has_failed:
            has_failed, text = True, str(TESTED.get(outcome.fault or "") or FAULTS.get(outcome.fault or "", FAULTS["TIMEOUT"]))
        else:
            text = str(TESTED["NO_USER" if outcome.fault == "NO_USER" else "LEFT"])
        rows.append({"label": str(STEPS[step]), "text": text})
    return rows


def _done(step: str, outcome: Outcome) -> str:
    if step == "ATTRIBUTES" and outcome.missing:
        return _("Empty or not allowed to be read: %(names)s.", names=", ".join(outcome.missing))
    if step == "GROUPS":
        found = ngettext("The user is in %(num)d group.", "The user is in %(num)d groups.", outcome.groups)
        known = ngettext("%(num)d of them suggests a role.", "%(num)d of them suggest a role.", outcome.mapped_groups)
        return f"{found} {known}"
    return str(TESTED["DONE"])
