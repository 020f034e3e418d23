"""When two records may be of the same person, what two answers come to, and whose value stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from app.duplicates.rules import ANSWER_WITHIN, Person, likeness, newer, state_of

BORN = date(1990, 3, 12)
ONE = Person("kowalczykowska", "aleksandra", BORN)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(ONE, "NAME", id="same"), pytest.param(replace(ONE, given="maria aleksandra"), "NAME", id="one-given-name-shared"),
        pytest.param(replace(ONE, given="mirja"), None, id="another-given-name"), pytest.param(replace(ONE, family="petrovskaja"), None, id="another-family-name"),
        pytest.param(Person("aleksandra", "kowalczykowska", BORN), "SWAPPED", id="names-swapped"),
        pytest.param(replace(ONE, given="alekswwwwa"), "NEAR", id="42-of-50-letters-alike"), pytest.param(replace(ONE, given="alekwwwwwa"), None, id="40-of-50-letters-alike"),
        pytest.param(replace(ONE, birth_date=date(1990, 3, 13)), "BIRTH_NEAR", id="day-mistyped"), pytest.param(replace(ONE, birth_date=date(1990, 4, 12)), "BIRTH_NEAR", id="month-mistyped"),
        pytest.param(replace(ONE, birth_date=date(1991, 3, 12)), "BIRTH_NEAR", id="year-mistyped"), pytest.param(replace(ONE, birth_date=date(1990, 12, 3)), "BIRTH_NEAR", id="day-and-month-swapped"),
        pytest.param(replace(ONE, birth_date=date(1990, 4, 13)), None, id="day-and-month-differ"), pytest.param(replace(ONE, birth_date=date(1991, 12, 3)), None, id="all-parts-differ"),
        pytest.param(replace(ONE, birth_date=date(1991, 3, 13)), None, id="day-and-year-differ"),
        pytest.param(Person("aleksandra", "kowalczykowska", date(1990, 3, 13)), None, id="names-swapped-and-day-mistyped"),
        pytest.param(Person("kowalczykowska", "mirja", date(1990, 3, 13)), None, id="another-given-name-and-day-mistyped"),
    ],
)  # fmt: skip
def test_two_records_are_alike(other: Person, expected: str | None) -> None:
    assert likeness(ONE, other) == likeness(other, ONE) == expected


@pytest.mark.parametrize(
    ("digest", "other_digest", "expected"),
    [("x", "x", "CODE"), ("x", "y", None), ("x", None, "NAME"), (None, "x", "NAME"), (None, None, "NAME"), ("", "", "NAME")],
)
def test_a_whole_identity_code_decides(digest: str | None, other_digest: str | None, expected: str | None) -> None:
    assert likeness(replace(ONE, digest=digest), replace(ONE, digest=other_digest)) == expected


def test_the_same_code_outweighs_every_difference() -> None:
    assert likeness(replace(ONE, digest="x"), Person("aho", "eero", date(1950, 1, 2), "x")) == "CODE"


def test_a_day_and_a_month_that_are_swapped_leave_the_year() -> None:
    # All three differ, so only an exchange of day and month may make them near, and the year must be the same.
    one, other = Person("aho", "eero", date(2003, 2, 1)), Person("aho", "eero", date(2004, 1, 2))
    assert likeness(one, other) is None and likeness(one, replace(other, birth_date=date(2003, 1, 2))) == "BIRTH_NEAR"


def test_a_person_is_compared_in_latin_letters() -> None:
    row = SimpleNamespace(family_name="Ковальчук", given_names=" Ольга  Ива", birth_date=BORN, identity_code_digest="x")
    assert Person.of(row) == Person("koval'chuk", "ol'ga iva", BORN, "x")


DUE = date(2026, 6, 15)
STATES = {
    (None, None): "OPEN", (None, "SAME"): "OPEN", ("SAME", None): "WAITING", ("DIFFERENT", None): "WAITING", ("UNCLEAR", None): "WAITING", ("SAME", "SAME"): "SAME",
    ("DIFFERENT", "DIFFERENT"): "DIFFERENT", ("UNCLEAR", "UNCLEAR"): "UNSETTLED", ("SAME", "DIFFERENT"): "UNSETTLED", ("DIFFERENT", "SAME"): "UNSETTLED",
    ("SAME", "UNCLEAR"): "UNSETTLED", ("UNCLEAR", "SAME"): "UNSETTLED",
}  # fmt: skip


@pytest.mark.parametrize(("answers", "expected"), STATES.items())
def test_two_answers_come_to(answers: tuple[str | None, str | None], expected: str) -> None:
    found = [state_of(answer=answers[0], other_answer=answers[1], keeps=None, other_keeps=None, due=DUE, today=DUE.replace(day=day)) for day in (14, 15, 16)]
    assert found == [expected, expected, "LATE" if answers[0] is None else expected]


@pytest.mark.parametrize(
    ("keeps", "other_keeps", "expected"),
    [("WE", "OTHER", "AGREED"), ("OTHER", "WE", "AGREED"), ("WE", "WE", "SAME"), ("OTHER", "OTHER", "SAME"), ("WE", None, "SAME"), (None, "OTHER", "SAME")],
)
def test_both_agree_on_who_keeps_the_client(keeps: str | None, other_keeps: str | None, expected: str) -> None:
    assert state_of(answer="SAME", other_answer="SAME", keeps=keeps, other_keeps=other_keeps, due=DUE, today=DUE) == expected


def test_an_answer_has_two_weeks() -> None:
    assert ANSWER_WITHIN.days == 14


@pytest.mark.parametrize(
    ("kept", "other", "kept_changed", "other_changed", "expected"),
    [
        pytest.param("a", "b", 1, 2, "typed", id="other-is-newer"), pytest.param("a", "b", 2, 2, "saved", id="same-time"), pytest.param("a", "b", 3, 2, "saved", id="kept-is-newer"),
        pytest.param(None, "b", 3, 2, "typed", id="kept-is-missing"), pytest.param("", "b", 3, 2, "typed", id="kept-is-empty"),
        pytest.param("a", None, 1, 2, "saved", id="other-is-missing"), pytest.param("a", "", 1, 2, "saved", id="other-is-empty"), pytest.param(None, None, 1, 2, "saved", id="neither"),
        pytest.param(False, True, 3, 2, "saved", id="no-is-a-value"), pytest.param(True, False, 1, 2, "typed", id="no-of-the-other-is-a-value"),
    ],
)  # fmt: skip
def test_the_newer_value_stands_first(kept: object, other: object, kept_changed: int, other_changed: int, expected: str) -> None:
    assert newer(kept, other, kept_changed, other_changed) == expected
