"""A child's view and the term of a representative: each rule with a day on, before and after its limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.children.rules import Mandate, broken_hearing_rules, broken_mandate_rules, majority_on

BORN, TODAY = date(2009, 3, 10), date(2026, 11, 26)
HEARD: dict[str, Any] = {"birth_date": BORN, "on": date(2026, 11, 1), "is_heard": True, "opinion": "Toivoo koulua", "reason": None, "today": TODAY}
APPOINTED = Mandate(
    birth_date=BORN, name="Eino Edustaja", known_on=date(2026, 1, 5), applied_on=date(2026, 1, 7), decided_on=date(2026, 2, 2), valid_from=date(2026, 2, 2),
    valid_to=None, end_reason=None, today=TODAY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        ({"is_heard": False, "opinion": None, "reason": "Sairaus"}, []),
        ({"opinion": None}, [("opinion", "OPINION")]),
        ({"is_heard": False, "opinion": None}, [("not_heard_reason", "REASON")]),
        ({"reason": "Sairaus"}, [("not_heard_reason", "BOTH")]),
        ({"on": TODAY}, []),
        ({"on": date(2026, 11, 27)}, [("considered_on", "FUTURE")]),
        ({"on": BORN}, []),
        ({"on": date(2027, 3, 9), "today": date(2027, 4, 1)}, []),
        ({"on": date(2027, 3, 10), "today": date(2027, 4, 1)}, [("considered_on", "NOT_A_CHILD")]),
        ({"on": date(2009, 3, 9)}, [("considered_on", "NOT_A_CHILD")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_child_is_heard_or_the_reason_is_told_section_4(changed: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_hearing_rules(**{**HEARD, **changed}) == broken


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        # Known only: nobody is there yet.
        ({"name": None, "applied_on": None, "decided_on": None, "valid_from": None}, []),
        ({"known_on": None, "applied_on": None, "decided_on": None, "valid_from": None}, [("known_on", "WHEN")]),
        ({"known_on": None}, []),
        ({"known_on": date(2026, 11, 27), "applied_on": None, "decided_on": None, "valid_from": None}, [("known_on", "FUTURE")]),
        ({"known_on": TODAY, "applied_on": None, "decided_on": None, "valid_from": None}, []),
        ({"known_on": None, "decided_on": None, "valid_from": None}, []),
        ({"known_on": None, "applied_on": None}, []),
        ({"applied_on": date(2026, 1, 4)}, [("applied_on", "ORDER")]),
        ({"decided_on": date(2026, 1, 6)}, [("decided_on", "ORDER")]),
        ({"valid_from": date(2026, 2, 1)}, [("valid_from", "ORDER")]),
        ({"name": None}, [("name", "NAME")]),
        ({"valid_from": None}, [("valid_from", "FROM")]),
        ({"decided_on": None}, [("decided_on", "DECISION")]),
        ({"valid_to": date(2027, 3, 10), "end_reason": "ADULT"}, []),
        ({"valid_to": date(2027, 3, 11), "end_reason": "ADULT"}, [("valid_to", "ADULT")]),
        ({"valid_from": date(2027, 3, 10)}, [("valid_from", "ADULT")]),
        ({"valid_to": date(2026, 10, 1)}, [("end_reason", "END_REASON")]),
        ({"end_reason": "GUARDIAN"}, [("valid_to", "END")]),
        ({"valid_to": date(2026, 2, 1), "end_reason": "OTHER"}, [("valid_to", "ORDER")]),
        ({"birth_date": date(2008, 1, 5)}, [("known_on", "NOT_A_CHILD"), ("valid_from", "ADULT")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_representative_acts_from_the_decision_to_the_eighteenth_birthday_sections_35_to_38(changed: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_mandate_rules(replace(APPOINTED, **changed)) == broken


def test_who_is_born_on_the_leap_day_is_adult_on_the_last_of_february() -> None:
    assert majority_on(date(2008, 2, 29)) == date(2026, 2, 28)
    assert majority_on(date(2008, 3, 1)) == date(2026, 3, 1)
