"""What a rule of a row does on a day: nothing, a count in the shadow, or what its severity says."""

from __future__ import annotations

from datetime import date

import pytest

from app.imports.specification.rules import TEXTS, Rule, rules

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize("severity", ["stop-file", "stop-row", "warning"])
@pytest.mark.parametrize(
    ("on", "shadow_until", "expected"),
    [
        pytest.param(date(2026, 2, 28), LAST, "none", id="eve"), pytest.param(FIRST, LAST, "shadow", id="first-day"), pytest.param(LAST, LAST, "shadow", id="last-day-of-the-shadow"),
        pytest.param(date(2026, 4, 1), LAST, None, id="after-the-shadow"), pytest.param(date(2026, 2, 28), None, "none", id="eve-without-a-shadow"),
        pytest.param(FIRST, None, None, id="first-day-without-a-shadow"),
    ],
)  # fmt: skip
def test_a_rule_stands_on_a_day(severity: str, on: date, shadow_until: date | None, expected: str | None) -> None:
    assert Rule("REQUIRED", severity, FIRST, shadow_until).standing(on) == (expected or severity)  # type: ignore[arg-type]


def test_the_rules_are_read_whole_the_newest_first() -> None:
    days = [rule.valid_from for rule in rules()]
    assert days == sorted(days, reverse=True) and {rule.id for rule in rules()} == set(TEXTS)
    assert {rule.severity for rule in rules()} == {"stop-file", "stop-row", "warning"} and all(rule.text is TEXTS[rule.id] for rule in rules())
    assert all(rule.shadow_until is None or rule.shadow_until >= rule.valid_from for rule in rules())
    assert rules()[0] == Rule("SERVICE_WITHOUT_JUSTIFICATION", "stop-row", date(2026, 12, 1), date(2027, 2, 28))
