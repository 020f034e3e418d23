"""What the rules say of brought consents, contacts, guidance and appointments."""

from __future__ import annotations

from collections.abc import Iterator

from app.consents.labels import BROKEN as CONSENT_BROKEN
from app.consents.rules import broken_consent_rules, broken_withdrawal_rules
from app.imports.laws.row import Broken, Row, Rules

CONSENT = Rules(CONSENT_BROKEN, unasked=frozenset({"NO_TEXT"}))


def of_consent(row: Row) -> Iterator[Broken]:
    """Its days; the text was the old system's own. Costs nothing."""
    item = row.item
    found: list[tuple[str | None, str]] = [*broken_consent_rules(given_on=item.given_on, today=row.today, has_text=True)]
    if item.withdrawn_on:
        found += broken_withdrawal_rules(withdrawn_on=item.withdrawn_on, given_on=item.given_on, today=row.today)
    yield from CONSENT.told(found)
