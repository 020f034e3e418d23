"""Rules of guidance entries; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

from datetime import date

# Stages at which a person is an integration client (§ 5 item 5).
INTEGRATION_CLIENT = frozenset({"PLAN_ACTIVE", "PLAN_INTERRUPTED", "VALID_FOR_STUDIES_ONLY"})


def rests_on_law(status: str, *, is_assessed: bool) -> bool:
    """Tell whether the person's data are stored by law and not by consent alone. Basis: 681/2023 § 76.1."""
    return status in INTEGRATION_CLIENT or is_assessed


def broken_need_rules(*, service_type: str | None, provider: str | None) -> list[tuple[str | None, str]]:
    """Give (field, rule) for what is wrong with a need: a provider provides some service."""
    return [("service_type", "SERVICE")] if provider and not service_type else []


def broken_guidance_rules(*, given_on: date, today: date, rests_on_law: bool, has_consent: bool) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule an entry breaks. V10: Decree 874/2024 § 4."""
    broken: list[tuple[str | None, str]] = [("given_on", "FUTURE")] if given_on > today else []
    return broken if rests_on_law or has_consent else [*broken, (None, "V10")]
