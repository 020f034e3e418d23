"""Which area a municipality's figures count in, on a day and today."""

from __future__ import annotations

from datetime import date

import pytest

from app.organisations.models import organisation_key
from app.reports.areas import AsOf, Level, area_of, areas_of_period, kind_on
from app.reports.values import area_name

PERTUNMAA, MANTYHARJU, RAUMA = (organisation_key("MUNICIPALITY", code) for code in ("588", "507", "684"))
ENDED, FOLLOWED = date(2024, 12, 31), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("level", "on", "area"),
    [
        (Level.MUNICIPALITY, ENDED, "588"),
        (Level.MUNICIPALITY, FOLLOWED, "507"),
        (Level.COUNTRY, ENDED, "FI"),
        (Level.WELLBEING_COUNTY, date(2022, 12, 31), None),
        (Level.WELLBEING_COUNTY, date(2023, 1, 1), "12"),
        (Level.EMPLOYMENT_AREA, ENDED, None),
        (Level.REGION, date(2025, 12, 31), "07"),
        (Level.REGION, date(2026, 1, 1), "06"),
    ],
)
def test_facts_of_a_merged_municipality_count_where_the_day_says(level: Level, on: date, area: str | None) -> None:
    assert area_of(level, on).get(PERTUNMAA) == area


def test_a_merged_municipality_is_in_every_area_of_its_successor_today() -> None:
    for level in Level:
        found = area_of(level, date.today())
        assert found[PERTUNMAA] == found[MANTYHARJU]


def test_each_standing_municipality_has_one_area_of_each_level_today_and_the_ended_ones_their_successors() -> None:
    for level in Level:
        assert len(area_of(level)) == len(area_of(Level.COUNTRY))
    assert len(set(area_of(Level.MUNICIPALITY, date.today()).values())) == 308


def test_the_region_of_a_state_agency_changes_with_the_year() -> None:
    then, now = (areas_of_period(Level.REGION, date(2025, 12, 31), each) for each in AsOf)
    assert len(set(then.values())) == 16 and len(set(now.values())) == 10
    assert (then[RAUMA], now[RAUMA]) == ("03", "02")
    assert area_name(Level.REGION, then[RAUMA], "fi", date(2025, 12, 31)) == "Satakunnan ELY-keskus"
    assert area_name(Level.REGION, now[RAUMA], "sv") == "Sydvästra Finlands livskraftscentral"
    assert (kind_on(Level.REGION, date(2025, 12, 31)), kind_on(Level.REGION)) == ("ELY_CENTRE", "ECONOMIC_DEVELOPMENT_CENTRE")


def test_a_period_that_runs_has_the_areas_of_today_in_both() -> None:
    ends_later = date.today().replace(year=date.today().year + 1)
    assert areas_of_period(Level.REGION, ends_later, AsOf.THEN) == areas_of_period(Level.REGION, ends_later, AsOf.NOW)
