"""Rules of consents; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

from datetime import date


def broken_consent_rules(*, given_on: date, today: date, has_text: bool) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule a consent breaks; a consent is always one to a text."""
    if given_on > today:
        return [("given_on", "FUTURE")]
    return [] if has_text else [("given_on", "NO_TEXT")]


def broken_withdrawal_rules(*, withdrawn_on: date, given_on: date, today: date) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that forbids the withdrawal; the client's reasons are never asked."""
    if withdrawn_on > today:
        return [("withdrawn_on", "FUTURE")]
    return [("withdrawn_on", "BEFORE_GIVEN")] if withdrawn_on < given_on else []
