"""Rules of contacts; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

# Outcome of a contact → the deed of the client's path that it leads to.
LEADS_TO = {"ASSESSMENT": "meet_ground", "GUIDANCE": "guide"}


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What is written of a contact; `told` names the fields that are filled of those that need consent."""

    received_on: date
    today: date
    sender_type: str
    directed_only: bool
    consent_on: date | None
    first_permit_on: date | None
    told: Collection[str]


def broken_contact_rules(facts: ContactFacts) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule a contact breaks. Basis: 681/2023 § 9: with the person's consent, or the person is directed.

    Whoever comes alone consents by coming.
    """
    broken = [(name, "FUTURE") for name, day in (("received_on", facts.received_on), ("first_permit_on", facts.first_permit_on)) if day and day > facts.today]
    if facts.directed_only:
        if facts.sender_type == "CLIENT":
            broken.append(("directed_only", "DIRECTED_BY_SELF"))
        return [*broken, *((name, "DIRECTED") for name in facts.told)]
    if facts.consent_on is None:
        return broken if facts.sender_type == "CLIENT" else [*broken, ("consent_on", "CONSENT")]
    return [*broken, ("consent_on", "CONSENT_LATE")] if facts.consent_on > facts.received_on else broken


def broken_handling_rules(*, handled_on: date, received_on: date, today: date, outcome: str, is_closed: bool) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that forbids what is recorded of the handling. Basis: 681/2023 § 9.2."""
    broken: list[tuple[str | None, str]] = []
    if handled_on > today:
        broken.append(("handled_on", "FUTURE"))
    elif handled_on < received_on:
        broken.append(("handled_on", "BEFORE_RECEIVED"))
    if is_closed and outcome in LEADS_TO:
        broken.append((None, "CLOSED"))
    return broken


def broken_correction_rules(*, outcome: str, outcome_before: str, is_changed: bool, status: str) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that forbids a correction; `status` is the client's. Basis: 681/2023 §§ 9, 14.

    What a contact led to is undone first: an assessment that goes on rests on the outcome that began it.
    """
    if not is_changed:
        return [(None, "UNCHANGED")]
    return [("outcome", "ASSESSMENT_OPEN")] if outcome_before == "ASSESSMENT" != outcome and status == "ASSESSMENT_OPEN" else []
