"""Each indicator has its texts and each breakdown its labels, in both languages."""

from __future__ import annotations

import pytest

from app.reports import groups
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Measure, texts
from app.reports.dimensions import DIMENSIONS
from app.reports.themes import by_theme

LANGUAGES = ("fi", "sv")
OWN = {
    "AGE_GROUP": [f"{low}-{high}" for low, high in groups.AGE_GROUPS] + ["65-"], "CITIZENSHIP": groups.CITIZENSHIPS, "EDUCATION": groups.EDUCATIONS,
    "MOTHER_TONGUE": (*groups.MOTHER_TONGUES, groups.OTHER), "RESIDENCE_GROUND": groups.RESIDENCE_GROUNDS, "COUNTY": ("YES", "NO"),
    "PLAN_ORDINAL": ("0", "1", "2", "3-"), "TIME_SINCE_PERMIT": ("0-1", "1-2", "2-3", "3-5", "5-"), "FI_SV_LEVEL": groups.LANGUAGE_LEVELS,
}  # fmt: skip


def test_a_text_is_of_an_indicator() -> None:
    assert set(texts()) == set(INDICATORS)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_is_explained(indicator: object, language: str) -> None:
    found = INDICATORS[indicator.id]  # type: ignore[attr-defined]
    needed = ["name", "definition", "numerator", *(["denominator"] if found.measure is Measure.SHARE else [])]
    assert [what for what in needed if not found.text(what, language).strip()] == []
    assert set(found.dimensions) | {name for pair in found.crossings for name in pair} <= set(DIMENSIONS)


@pytest.mark.parametrize(("dimension", "values"), OWN.items(), ids=OWN)
def test_every_group_has_a_label_in_the_order_it_is_shown(dimension: str, values: list[str]) -> None:
    assert [code for code, _fi, _sv in DIMENSIONS[dimension].own] == list(values)
    for language in LANGUAGES:
        labels = [DIMENSIONS[dimension].label_of(value, language) for value in (*values, "UNKNOWN")]
        assert all(labels) and len(set(labels)) == len(labels)


def test_the_own_request_is_told_with_what_is_counted_into_it() -> None:
    assert [DIMENSIONS["ASSESSMENT_GROUND"].label_of("A4", language) for language in LANGUAGES] == [
        "oma pyyntö, yhteydenotto tai muu peruste", "egen begäran, kontakt eller annan grund",
    ]  # fmt: skip


def test_every_indicator_has_a_theme_and_stands_under_one_once() -> None:
    found = [one.id for _theme, ones in by_theme(INDICATORS.values()) for one in ones]
    assert sorted(found) == sorted(INDICATORS)
