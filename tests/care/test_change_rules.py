"""Rules of changes of organisations, with days on, before and after the limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.care.organisations.rules import AREAS, Standing, broken_end, broken_merger, broken_name, is_code

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


def one(key: str = "a", kind: str = "MUNICIPALITY", valid_from: date | None = None, valid_to: date | None = None) -> Standing:
    return Standing(id=key, kind=kind, valid_from=valid_from, valid_to=valid_to)


@pytest.mark.parametrize(
    ("old", "new", "on", "broken"),
    [
        (one(), one("b"), TODAY + DAY, []),
        (one(), one("b"), TODAY, ["NOT_AHEAD"]),
        (one(), one(), TODAY + DAY, ["SELF"]),
        (one(valid_to=TODAY + 9 * DAY), one("b"), TODAY + DAY, ["ENDED"]),
        (one(), one("b", valid_to=TODAY + 9 * DAY), TODAY + DAY, ["ENDED_NEW"]),
        (one(), one("b", valid_from=TODAY + DAY), TODAY + DAY, []),
        (one(), one("b", valid_from=TODAY + 2 * DAY), TODAY + DAY, ["NOT_YET"]),
        (one(valid_from=TODAY + DAY), one("b"), TODAY + DAY, ["BEFORE"]),
        (one(), one("b", kind="WELLBEING_COUNTY"), TODAY + DAY, ["KIND"]),
    ],
)
def test_a_merger_is_of_two_municipalities_from_a_day_to_come(old: Standing, new: Standing, on: date, broken: list[str]) -> None:
    assert broken_merger(old, new, on=on, today=TODAY) == broken


@pytest.mark.parametrize(
    ("standing", "last_day", "broken"),
    [
        (one(kind="SERVICE_PROVIDER"), TODAY, []), (one(kind="SERVICE_PROVIDER"), TODAY - DAY, ["PAST"]), (one(), TODAY, ["MUNICIPALITY"]),
        (one(kind="SERVICE_PROVIDER", valid_to=TODAY), TODAY, ["ENDED"]), (one(kind="SERVICE_PROVIDER", valid_from=TODAY + DAY), TODAY, ["BEFORE"]),
        (one(kind="SERVICE_PROVIDER", valid_from=TODAY), TODAY, []),
    ],
)  # fmt: skip
def test_an_end_is_today_or_later_and_a_municipality_has_a_successor(standing: Standing, last_day: date, broken: list[str]) -> None:
    assert broken_end(standing, last_day=last_day, today=TODAY) == broken


@pytest.mark.parametrize(
    ("new", "on", "valid_to", "broken"),
    [
        (("A", "C"), TODAY, None, []), (("A", "B"), TODAY, None, ["SAME"]), (("A", "C"), TODAY - DAY, None, ["PAST"]),
        (("A", "C"), TODAY, TODAY, []), (("A", "C"), TODAY + DAY, TODAY, ["ENDED"]),
    ],
)  # fmt: skip
def test_names_change_from_today_on_while_the_organisation_is(new: tuple[str, str], on: date, valid_to: date | None, broken: list[str]) -> None:
    assert broken_name(current=("A", "B"), new=new, on=on, valid_to=valid_to, today=TODAY) == broken


@pytest.mark.parametrize(
    ("kind", "code", "is_right"),
    [("MUNICIPALITY", "091", True), ("MUNICIPALITY", "91", False), ("MUNICIPALITY", "0911", False), ("SERVICE_PROVIDER", "T-1", True), ("SERVICE_PROVIDER", "t1", False)],
)  # fmt: skip
def test_a_code_has_the_form_of_its_kind(kind: str, code: str, is_right: bool) -> None:
    assert is_code(kind, code) is is_right


def test_an_area_of_an_organisation_is_of_the_kind_that_its_column_names() -> None:
    assert sorted(AREAS.items()) == [
        ("economic_development_centre_code", "ECONOMIC_DEVELOPMENT_CENTRE"), ("employment_area_code", "EMPLOYMENT_AREA"), ("region_code", "REGION"),
        ("wellbeing_county_code", "WELLBEING_COUNTY"),
    ]  # fmt: skip
