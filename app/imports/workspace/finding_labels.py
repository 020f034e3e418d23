"""Words of findings, whatever step they come from."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l

from app.imports.engine.findings import LAW
from app.imports.laws.sentences import sentences_of_laws
from app.imports.models import ImportFinding
from app.imports.reading.labels import SENTENCES
from app.imports.specification.rules import TEXTS

# Reading and the rules of the specification write their tiers each in their own way.
TIERS_OF = {"FILE": ("stops_file", "stop-file"), "ROW": ("stops_row", "stop-row"), "WARNING": ("warning",), "SHADOW": ("shadow", "none")}
GROUP_OF = {tier: group for group, tiers in TIERS_OF.items() for tier in tiers}
GROUPS: dict[str, Any] = {"FILE": _l("Stops the file"), "ROW": _l("Stops the row"), "WARNING": _l("Warning"), "SHADOW": _l("Only told of, not in force yet")}
KINDS = {"FILE": "danger", "ROW": "danger", "WARNING": "warning", "SHADOW": "neutral"}
FINDING: dict[str, Any] = {
    "place": _l("Place"), "tier": _l("What it does"), "column_name": _l("Column"), "value": _l("Value"), "reason": _l("Reason"), "cure": _l("What helps"),
    "why": _l("Reason, and what helps"), "state": _l("State"), "assignee": _l("Assigned to"), "closed_because": _l("Why it is no error"), "closed_by": _l("Who looked at it"), "sheet": _l("Sheet"), "entity": _l("What it holds"),
    "code": _l("Reason"), "assigned_to": _l("Assigned to"), "row_number": _l("Row"), "step": _l("Step"),
}  # fmt: skip
STATES: dict[str, Any] = {"open": _l("Still open"), "closed": _l("Not an error")}
STEPS: dict[str, Any] = {"READ": _l("Reading the file"), "MAP": _l("Reading the row"), "MATCH": _l("Recognising the person"), "WRITE": _l("Writing")}


def place_of(finding: ImportFinding, sheet: str | None) -> str:
    """Say where in the source it is, as its user sees it."""
    if sheet is None:
        return _("The whole file")
    if not finding.row_number:
        return _("%(sheet)s, the whole sheet", sheet=sheet)
    return _("%(sheet)s, row %(row)d", sheet=sheet, row=finding.row_number)


def code_choices() -> list[tuple[str, str]]:
    """Give every code that a finding can have with its reason."""
    found = {code: str(text) for code, text in TEXTS.items()} | {code: str(sentence.reason) for code, sentence in SENTENCES.items()}
    found |= {f"{LAW}{rule}": text for rule, text in sentences_of_laws().items()}
    return sorted(found.items(), key=lambda pair: pair[1])
