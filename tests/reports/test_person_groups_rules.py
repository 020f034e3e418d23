"""Into which group a person belongs, with values on, before and after each bound."""

from __future__ import annotations

from datetime import date

import pytest

from app.codes.lists import values
from app.codes.restricted import RESTRICTED_CODES
from app.reports.groups import CITIZENSHIPS, EDUCATIONS, MOTHER_TONGUES, RESIDENCE_GROUNDS
from app.reports.rules import (
    age_group,
    citizenship_group,
    education_group,
    gender_group,
    ground_group,
    is_complete,
    ordinal_group,
    residence_group,
    since_group,
    tongue_group,
)

KNOWN = {
    "has_permit": True, "has_identity": True, "citizenship": "SY", "mother_tongue": "ar", "education": "2", "has_plan_dates": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("years", "group"),
    [(0, "0-6"), (6, "0-6"), (7, "7-17"), (17, "7-17"), (18, "18-24"), (24, "18-24"), (25, "25-34"), (34, "25-34"), (35, "35-44"), (44, "35-44"),
     (45, "45-54"), (54, "45-54"), (55, "55-64"), (64, "55-64"), (65, "65-"), (99, "65-")],
)  # fmt: skip
def test_an_age_belongs_to_its_group(years: int, group: str) -> None:
    assert age_group(years) == group


@pytest.mark.parametrize(("code", "group"), [("1", "1"), ("2", "2"), ("9", "UNKNOWN"), (None, "UNKNOWN"), ("", "UNKNOWN")])
def test_a_gender_that_is_recorded_as_not_known_is_not_known(code: str | None, group: str) -> None:
    assert gender_group(code) == group


@pytest.mark.parametrize(
    ("language", "group"),
    [("ar", "ar"), ("th", "th"), ("prs", "fa"), ("haz", "fa"), ("ckb", "ku"), ("kmr", "ku"), ("cmn", "zh"), ("yue", "zh"), ("fil", "tl"), ("fi", "OTHER"),
     ("mis", "OTHER")],
)  # fmt: skip
def test_a_language_is_itself_counted_into_another_or_another(language: str, group: str) -> None:
    assert tongue_group(language) == group


@pytest.mark.parametrize(
    ("country", "group"),
    [("FI", "FI"), ("EE", "EU_EEA"), ("CH", "EU_EEA"), ("CY", "EU_EEA"), ("UA", "UA"), ("RU", "RU"), ("GB", "EUROPE"), ("SY", "MIDDLE_EAST"),
     ("TR", "MIDDLE_EAST"), ("SO", "AFRICA"), ("AF", "ASIA_OCEANIA"), ("AU", "ASIA_OCEANIA"), ("BR", "AMERICA"), ("XXX", "STATELESS")],
)  # fmt: skip
def test_a_citizenship_belongs_to_its_group(country: str, group: str) -> None:
    assert citizenship_group(country) == group


def test_every_country_and_ground_and_level_has_a_group() -> None:
    assert {citizenship_group(one.code) for one in values("COUNTRY")} == set(CITIZENSHIPS)
    assert {residence_group(one.code) for one in values("RESIDENCE_GROUND")} == set(RESIDENCE_GROUNDS)
    assert {education_group([one.code]) for one in values("EDUCATION_LEVEL")} == {*EDUCATIONS, "UNKNOWN"}
    assert {tongue_group(one.code) for one in values("LANGUAGE")} == {*MOTHER_TONGUES, "OTHER"}


@pytest.mark.parametrize(
    ("ground", "group"),
    [("P87", "ASYLUM"), ("P88", "ASYLUM"), ("P90", "QUOTA"), ("P110", "TEMPORARY"), ("P93", "HUMANITARIAN"), ("P114", "FAMILY_PROTECTED"),
     ("FAMILY_FI", "FAMILY"), ("RESEARCH", "WORK"), ("STUDY", "STUDY"), ("NORDIC", "FREE_MOVEMENT"), ("RETURNEE", "OTHER"), ("NEW", "OTHER"), (None, "UNKNOWN")],
)  # fmt: skip
def test_a_ground_of_residence_belongs_to_its_group(ground: str | None, group: str) -> None:
    assert residence_group(ground) == group


def test_no_group_tells_who_is_a_victim_of_trafficking() -> None:
    assert [ground_group(one) for one in RESTRICTED_CODES["ASSESSMENT_GROUND"]] == [ground_group("A4")] == ["A4"]
    assert {residence_group(one) for one in RESTRICTED_CODES["RESIDENCE_GROUND"]} == {residence_group("P52")}


@pytest.mark.parametrize(("ground", "group"), [("A1", "A1"), ("A6", "A6"), (None, "UNKNOWN")])
def test_any_other_ground_of_an_assessment_is_itself(ground: str | None, group: str) -> None:
    assert ground_group(ground) == group


@pytest.mark.parametrize(
    ("levels", "group"),
    [([], "UNKNOWN"), (["9"], "UNKNOWN"), (["0N"], "0-1"), (["1", "9"], "0-1"), (["2", "0"], "2"), (["3V", "2"], "3-4"), (["4"], "3-4"), (["5"], "5-8"),
     (["3G", "8", "1"], "5-8")],
)  # fmt: skip
def test_the_highest_level_decides(levels: list[str], group: str) -> None:
    assert education_group(levels) == group


@pytest.mark.parametrize(("ordinal", "group"), [(None, "0"), (0, "0"), (1, "1"), (2, "2"), (3, "3-"), (7, "3-")])
def test_a_plan_has_its_place(ordinal: int | None, group: str) -> None:
    assert ordinal_group(ordinal) == group


@pytest.mark.parametrize(
    ("day", "group"),
    [(date(2024, 2, 29), "0-1"), (date(2025, 2, 27), "0-1"), (date(2025, 2, 28), "1-2"), (date(2026, 2, 27), "1-2"), (date(2026, 2, 28), "2-3"),
     (date(2027, 2, 28), "3-5"), (date(2029, 2, 27), "3-5"), (date(2029, 2, 28), "5-")],
)  # fmt: skip
def test_the_anniversary_of_the_permit_begins_the_next_group(day: date, group: str) -> None:
    assert since_group(date(2024, 2, 29), day) == group


def test_the_time_since_no_permit_is_not_known() -> None:
    assert since_group(None, date(2026, 1, 1)) == "UNKNOWN"


def test_a_person_is_complete_when_all_is_known() -> None:
    assert is_complete(**KNOWN)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [("has_permit", False), ("has_identity", False), ("citizenship", None), ("citizenship", ""), ("mother_tongue", None), ("mother_tongue", ""),
     ("mother_tongue", "mis"), ("education", "UNKNOWN"), ("has_plan_dates", False)],
)  # fmt: skip
def test_a_person_is_not_complete_while_anything_is_missing(field: str, value: object) -> None:
    assert not is_complete(**{**KNOWN, field: value})  # type: ignore[arg-type]
