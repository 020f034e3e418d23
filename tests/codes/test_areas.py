"""Municipalities, areas and authorities: how many, from when, and who continues whom."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from app.codes.areas import ReferenceOrganisation, reference_organisations

NEW_YEAR_2026 = date(2026, 1, 1)


def of(kind: str) -> list[ReferenceOrganisation]:
    return [row for row in reference_organisations() if row.kind == kind]


def in_force(kind: str, on: date) -> set[str]:
    return {row.code for row in of(kind) if (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to >= on)}


def test_how_many_of_each_kind() -> None:
    # The classifications of ELY centres and employment areas have a class for Åland besides 15 and 45.
    assert Counter(row.kind for row in reference_organisations()) == {
        "MUNICIPALITY": 320, "REGION": 19, "WELLBEING_COUNTY": 23, "EMPLOYMENT_AREA": 46, "ELY_CENTRE": 16,
        "ECONOMIC_DEVELOPMENT_CENTRE": 10, "NATIONAL_AGENCY": 1, "MINISTRY": 1,
    }  # fmt: skip


def test_a_code_stands_once_in_its_kind_and_both_names_are_filled() -> None:
    assert len({(row.kind, row.code) for row in reference_organisations()}) == len(reference_organisations())
    assert [row for row in reference_organisations() if not (row.name_fi and row.name_sv)] == []


@pytest.mark.parametrize("on", [date(2025, 1, 1), NEW_YEAR_2026])
def test_308_municipalities_are_in_force(on: date) -> None:
    assert len(in_force("MUNICIPALITY", on)) == 308


def test_pertunmaa_was_a_municipality_to_the_end_of_2024() -> None:
    assert "588" in in_force("MUNICIPALITY", date(2024, 12, 31))
    assert "588" not in in_force("MUNICIPALITY", date(2025, 1, 1))


def test_each_merged_municipality_is_continued_by_one_in_force() -> None:
    merged = [row for row in of("MUNICIPALITY") if row.valid_to]
    assert len(merged) == 12
    assert {row.successor_code for row in merged} <= in_force("MUNICIPALITY", NEW_YEAR_2026)
    assert all(row.successor_code is None for row in of("MUNICIPALITY") if not row.valid_to)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("region_code", "REGION"), ("wellbeing_county_code", "WELLBEING_COUNTY"),
        ("employment_area_code", "EMPLOYMENT_AREA"), ("edc_code", "ECONOMIC_DEVELOPMENT_CENTRE"),
    ],
)  # fmt: skip
def test_every_municipality_in_force_belongs_to_areas_that_exist(field: str, kind: str) -> None:
    now = [row for row in of("MUNICIPALITY") if not row.valid_to]
    assert {getattr(row, field) for row in now} == {row.code for row in of(kind)}


def test_language_status_of_the_municipalities_in_force() -> None:
    assert Counter(row.language_status for row in of("MUNICIPALITY") if not row.valid_to) == {"fi": 259, "sv": 16, "fi+sv": 18, "sv+fi": 15}


def test_centres_change_at_the_turn_of_2026() -> None:
    assert {row.valid_to for row in of("ELY_CENTRE")} == {date(2025, 12, 31)}
    assert {row.valid_from for row in of("ECONOMIC_DEVELOPMENT_CENTRE")} == {NEW_YEAR_2026}
    assert in_force("ECONOMIC_DEVELOPMENT_CENTRE", NEW_YEAR_2026) == {f"{n:02}" for n in range(1, 11)}


def test_wellbeing_counties_begin_in_2023_and_employment_areas_in_2025() -> None:
    assert {row.valid_from for row in of("WELLBEING_COUNTY") if row.code != "91"} == {date(2023, 1, 1)}
    assert {row.valid_from for row in of("EMPLOYMENT_AREA") if row.code != "46"} == {date(2025, 1, 1)}


def test_the_national_agency_and_the_ministry() -> None:
    assert [row.code for row in of("NATIONAL_AGENCY")] == ["KEHA"]
    assert [(row.code, row.name_fi) for row in of("MINISTRY")] == [("TEM", "Työ- ja elinkeinoministeriö")]
