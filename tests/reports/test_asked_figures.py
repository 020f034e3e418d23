"""What the address of a page of figures asks."""

from __future__ import annotations

import pytest

from app.organisations.models import organisation_key
from app.reports.areas import Level
from app.reports.asked import LONGEST, SERIES, asked_of, own_place
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Viewer
from app.reports.periods import period_named
from tests.support.planted import municipality

MINE, LATEST = Viewer(Audience.MUNICIPALITY, municipality("092")), period_named("2026Q3")


def names(**args: str) -> tuple[str, ...]:
    return tuple(one.id for one in asked_of(args, MINE, INDICATORS["I01"], LATEST).periods)


@pytest.mark.parametrize(
    ("viewer", "place"),
    [
        (MINE, (Level.MUNICIPALITY, "092")), (Viewer(Audience.WORKER, municipality("638")), (Level.MUNICIPALITY, "638")),
        (Viewer(Audience.COUNTY, organisation_key("WELLBEING_COUNTY", "04")), (Level.WELLBEING_COUNTY, "04")),
        (Viewer(Audience.AGENCY, organisation_key("ECONOMIC_DEVELOPMENT_CENTRE", "01")), (Level.REGION, "01")),
        (Viewer(Audience.NATIONAL, organisation_key("NATIONAL_AGENCY", "KEHA")), (Level.COUNTRY, "FI")), (Viewer(Audience.AGENCY), (Level.COUNTRY, "FI")),
    ],
)  # fmt: skip
def test_each_reads_their_own_place_first(viewer: Viewer, place: tuple[Level, str]) -> None:
    assert own_place(viewer) == place
    found = asked_of({}, viewer, INDICATORS["I01"], LATEST)
    assert (found.level, found.area, found.period, found.by, found.errors) == (*place, LATEST, (), ())


def test_a_series_goes_back_from_the_period_or_to_the_one_it_ends_with() -> None:
    assert names() == ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3") and len(names()) == SERIES
    assert names(period="2026Q1", to="2026Q3") == ("2026Q1", "2026Q2", "2026Q3")
    assert names(period="2025", to="2025") == ("2025",)
    assert len(names(period="1999-01", to="2026-09")) == LONGEST


def test_a_breakdown_and_a_comparison_are_of_one_period_unless_more_is_asked() -> None:
    assert names(by="GENDER") == ("2026Q3",) == names(area="")
    assert names(by="GENDER", period="2026Q2", to="2026Q3") == ("2026Q2", "2026Q3")


def test_another_level_is_shown_whole() -> None:
    assert asked_of({"level": "REGION"}, MINE, INDICATORS["I01"], LATEST).area is None
    assert asked_of({"level": "COUNTRY", "area": ""}, MINE, INDICATORS["I01"], LATEST).area == "FI"


@pytest.mark.parametrize(
    "args",
    [{"level": "PLANET"}, {"area": "999"}, {"level": "REGION", "area": "092"}, {"period": "2026Q5"}, {"period": "x"}, {"period": "2026Q1", "to": "2025Q1"},
     {"period": "2026Q1", "to": "2026"}, {"to": "0000"}, {"by": "NAME"}, {"by": "AGE_GROUP*GENDER"}, {"period": "²026"}],
)  # fmt: skip
def test_what_is_not_understood_is_told_and_left_out(args: dict[str, str]) -> None:
    found = asked_of(args, MINE, INDICATORS["I01"], LATEST)
    assert len(found.errors) == 1 and found.by == ()
    assert found.period.id in ("2026Q3", "2026Q1")
