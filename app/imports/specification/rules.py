"""The rules a row is checked by, as dated rows: a new one first runs in shadow, so that no rule changes overnight."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from flask_babel import lazy_gettext as _l

Severity = Literal["stop-file", "stop-row", "warning"]
Standing = Literal["stop-file", "stop-row", "warning", "shadow", "none"]

_FILE = Path(__file__).parent / "data" / "rules.csv"

TEXTS: dict[str, Any] = {
    "SOURCE_KEY_MISSING": _l("The key in the old system is missing, so the row could not be found again."),
    "SOURCE_KEY_TWICE": _l("The same key of the old system stands on two rows of the sheet."),
    "REQUIRED": _l("A field that must be filled in is empty."),
    "ONE_OF": _l("The client has neither an identity code nor a reason for having none."),
    "BAD_DATE": _l("The value is no date."),
    "AMBIGUOUS_DATE": _l("The date can be read with the day or with the month first; the form of dates must be chosen."),
    "BAD_NUMBER": _l("The value is no number."),
    "BAD_BOOLEAN": _l("The value is neither yes nor no."),
    "BAD_IDENTITY_CODE": _l("The value is not a personal identity code, or its check character does not match."),
    "UNKNOWN_CODE": _l("The value is not among the values of the list."),
    "UNKNOWN_PARENT": _l("The row points at a row that is neither in the file nor in the system."),
    "MATCH_LIKELY": _l("The person may be a client here already."),
    "MATCH_TWICE": _l("The person may stand on an earlier row too; the number of that row is the value."),
    "MATCH_CODE_OF_ANOTHER": _l("The same identity code belongs to a person whose name or date of birth is quite another."),
    "MATCH_JOINED": _l("The person is here already or stands on an earlier row; the row is joined to that client."),
    "TOO_LONG": _l("The text is longer than the field holds."),
    "BIRTH_DATE_DIFFERS": _l("The date of birth differs from that of the identity code."),
    "FIRST_PERMIT_MISSING": _l("The day of the first permit, card or registration is missing, so time limits cannot be counted from it."),
    "FIRST_PLAN_MISSING": _l("The day the first plan was drawn up is missing, so the last day of the plans cannot be counted."),
    "PLAN_WITHOUT_ASSESSMENT": _l("A plan drawn up in 2025 or later rests on an assessment (section 16)."),
    "EXAMPLE_ROW": _l("The row is an example of the template and is left out."),
    "SAME_ROW": _l("The same row stands in the file more than once; it is brought once."),
    "PARENT_STOPPED": _l("The row it belongs to was not brought."),
    "UNKNOWN_WORKER": _l("Nobody in this organisation has the user name; the field is left empty."),
    "CHANGED_SINCE": _l("The field has been changed here since it was brought, and the file says something else again. What stands here is kept."),
    "GONE_SINCE": _l("The record has been deleted here since it was brought, and is not brought again."),
    "REGISTER_DIFFERS": _l("The client is here already, and the field says something else here. What stands here is kept."),
    "NOT_WRITTEN": _l("The database did not take the row together with the other rows of its client, so none of them was brought."),
    "SERVICE_WITHOUT_JUSTIFICATION": _l("A service of an agreed plan has no justification (section 19)."),
}


@dataclass(frozen=True)
class Rule:
    """A rule in force from `valid_from`; to and including `shadow_until` it is only counted and told of, and stops nothing."""

    id: str
    severity: Severity
    valid_from: date
    shadow_until: date | None

    @property
    def text(self) -> Any:
        return TEXTS[self.id]

    def standing(self, on: date) -> Standing:
        """Tell what the rule does on a day."""
        if on < self.valid_from:
            return "none"
        return "shadow" if self.shadow_until and on <= self.shadow_until else self.severity


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules, the newest first."""
    with _FILE.open(encoding="utf-8") as file:
        found = [
            Rule(row["id"], row["severity"], date.fromisoformat(row["valid_from"]),  # type: ignore[arg-type]
                 date.fromisoformat(row["shadow_until"]) if row["shadow_until"] else None)
            for row in csv.DictReader(file)
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda rule: rule.valid_from, reverse=True))
