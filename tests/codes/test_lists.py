"""Code lists and reference data: complete in three languages, unique, and valid on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from app.codes.areas import reference_organisations
from app.codes.lists import all_values, choices, label, list_names, values


def test_every_value_has_its_label_in_three_languages() -> None:
    assert len(list_names()) >= 50
    assert [v for v in all_values() if not (v.fi and v.sv and v.en and v.source)] == []


def test_a_code_stands_once_in_its_list() -> None:
    assert [key for key, times in Counter((v.list, v.code) for v in all_values()).items() if times > 1] == []


def test_interpreters_languages_are_there() -> None:
    assert label("LANGUAGE", "prs", "fi") == "dari"
    assert {"prs", "ckb", "kmr", "so", "ar", "uk"} <= {value.code for value in values("LANGUAGE")}
    assert label("COUNTRY", "XXX", "sv") == "statslös"


def test_an_unknown_code_is_shown_as_it_is_and_an_unknown_list_is_a_fault() -> None:
    assert label("GENDER", "77", "fi") == "77"
    with pytest.raises(KeyError):
        choices("NO_SUCH_LIST", "fi")


def test_the_municipalities_in_force_and_those_that_merged() -> None:
    rows = [row for row in reference_organisations() if row.kind == "MUNICIPALITY"]
    on = date(2026, 6, 1)
    in_force = {row.code for row in rows if row.valid_to is None or row.valid_to >= on}
    merged = [row for row in rows if row.code not in in_force]
    assert (len(in_force), len(merged)) == (308, 12)
    assert all(row.successor_code in in_force for row in merged)


def test_centres_change_at_the_turn_of_2026() -> None:
    ely = [row for row in reference_organisations() if row.kind == "ELY_CENTRE"]
    new = [row for row in reference_organisations() if row.kind == "ECONOMIC_DEVELOPMENT_CENTRE"]
    assert {row.valid_to for row in ely} == {date(2025, 12, 31)}
    assert len(new) == 10 and {row.valid_from for row in new} == {date(2026, 1, 1)}
