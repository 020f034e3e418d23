"""Rules of edits of code lists, with days on, before and after the limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.care.lists.rules import broken_end, broken_labels, is_code, is_in_force
from app.codes.lists import CodeValue

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


def value(code: str = "A", fi: str = "omena", sv: str = "äpple", valid_from: date = TODAY, valid_to: date | None = None) -> CodeValue:
    return CodeValue("FRUIT", code, fi, sv, fi, "project", valid_from, valid_to)


@pytest.mark.parametrize(
    ("one", "on", "is_offered"),
    [(value(), TODAY, True), (value(), TODAY - DAY, False), (value(valid_to=TODAY), TODAY, True), (value(valid_to=TODAY), TODAY + DAY, False)],
)
def test_a_value_is_in_force_from_its_first_to_its_last_day(one: CodeValue, on: date, is_offered: bool) -> None:
    assert is_in_force(one, on) is is_offered


@pytest.mark.parametrize(
    ("one", "last_day", "named", "broken"),
    [
        (value(), TODAY, (), []), (value(), TODAY - DAY, (), ["PAST", "BEFORE"]), (value(valid_from=TODAY + DAY), TODAY, (), ["BEFORE"]),
        (value(valid_to=TODAY), TODAY, (), ["ENDED"]), (value(), TODAY, ("plans/rules.py",), ["LOCKED"]),
    ],
)  # fmt: skip
def test_a_value_ends_today_or_later_unless_a_rule_rests_on_it(one: CodeValue, last_day: date, named: tuple[str, ...], broken: list[str]) -> None:
    assert broken_end(one, last_day=last_day, today=TODAY, named=named) == broken


@pytest.mark.parametrize(
    ("labels", "broken"),
    [
        (("Omena", "frukt"), [("name_fi", "LABEL_TAKEN")]), (("hedelmä", "ÄPPLE"), [("name_sv", "LABEL_TAKEN")]), (("hedelmä", "frukt"), []),
        # The label of a value that has ended is free.
        (("päärynä", "päron"), []),
    ],
)  # fmt: skip
def test_two_values_in_use_never_look_the_same(labels: tuple[str, str], broken: list[tuple[str, str]]) -> None:
    assert broken_labels([value(), value("B", "päärynä", "päron", valid_to=TODAY)], "C", labels) == broken
    assert broken_labels([value()], "A", ("omena", "äpple")) == []


@pytest.mark.parametrize(
    ("name", "code", "is_right"), [("FRUIT", "A1_B-2.C", True), ("FRUIT", "a", False), ("FRUIT", "", False), ("LANGUAGE", "so", True), ("LANGUAGE", "SO", False)]
)
def test_a_code_has_the_form_of_its_list(name: str, code: str, is_right: bool) -> None:
    assert is_code(name, code) is is_right
