"""Countries and languages: real ones, in three languages, with those that interpreters need."""

from __future__ import annotations

import csv

from app.codes.cldr import country_labels, language_labels
from app.codes.lists import DATA, choices, label


def column(filename: str, name: str) -> set[str]:
    with (DATA / filename).open(encoding="utf-8") as file:
        return {row[name] for row in csv.DictReader(file)}


def test_countries_are_two_letter_codes_and_the_stateless() -> None:
    assert {code for code in country_labels() if len(code) != 2} == {"XXX"}
    assert country_labels()["XXX"] == ("valtioton", "statslös", "stateless")
    assert country_labels()["FI"] == ("Suomi", "Finland", "Finland")
    assert 240 <= len(country_labels()) <= 255


def test_groups_of_countries_and_reserved_codes_are_left_out() -> None:
    assert not {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "IC", "EA", "419", "001"} & set(country_labels())


def test_every_citizenship_of_the_reference_data_has_a_label() -> None:
    rest = {"ZZ"}  # all others together
    assert column("nationalities.csv", "country_code") - rest <= set(country_labels())


def test_languages_that_two_letter_codes_cannot_tell_apart() -> None:
    needed = {"prs", "ckb", "kmr", "ksw", "kjp", "tig", "rom", "rhg", "haz", "aii", "cld", "cmn", "yue", "fil", "fse", "ssp"}
    assert needed <= set(language_labels())
    assert label("LANGUAGE", "prs", "fi") == "dari"
    assert label("LANGUAGE", "mis", "sv") == "annat språk"


def test_the_projects_own_name_goes_before_that_of_cldr() -> None:
    assert language_labels()["ps"] == ("paštu", "pashto", "Pashto")


def test_every_mother_tongue_of_the_statistics_has_a_label() -> None:
    assert column("mother_tongues.csv", "code") <= set(language_labels())
    assert column("mother_tongues_by_region.csv", "language_code") <= set(language_labels())


def test_all_labels_are_filled_and_no_two_languages_look_the_same() -> None:
    for labels in (country_labels(), language_labels()):
        assert all(text for texts in labels.values() for text in texts)
        for place in range(3):
            assert len({texts[place] for texts in labels.values()}) == len(labels)


def test_choices_stand_in_alphabetical_order_of_the_language() -> None:
    names = [name.casefold() for _, name in choices("LANGUAGE", "sv")]
    assert names == sorted(names)
