"""Each form of a file is read back: what was counted, what is hidden, what is not known yet, and what explains it, in both languages."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from app.reports.catalogue import indicator
from app.reports.catalogue.indicator import Measure
from app.reports.figures import Table
from app.reports.out.contents import contents_of
from app.reports.out.forms import FORMS
from tests.support.out_figures import figure_of, table_of

BY_GENDER = [
    figure_of("092", "2026Q3", "1", number=12), figure_of("092", "2026Q3", "2"), figure_of("091", "2026Q3", "1", number=7),
    figure_of("092", "2026Q4", "1", number=3),
]  # fmt: skip


@pytest.fixture(autouse=True)
def in_context(sqlite_app: Flask) -> Iterator[None]:
    with sqlite_app.app_context():
        yield


def genders(**more: Any) -> Table:
    return table_of(BY_GENDER, by=("GENDER",), periods=("2026Q2", "2026Q3", "2026Q4", "2027Q1"), open_periods=("2026Q4", "2027Q1"), **more)


def written(table: Table, form: str, language: str = "fi") -> bytes:
    return FORMS[form].write(contents_of(table), language)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig")), delimiter=";"))


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_csv_has_codes_beside_labels_and_no_number_where_one_is_hidden() -> None:
    rows = rows_of(written(genders(), "csv"))
    assert len(rows) == 4
    first, hidden = rows[0], rows[1]
    assert (first["area"], first["area_fi"], first["area_sv"]) == ("092", "Vantaa", "Vanda")
    assert (first["gender"], first["gender_fi"], first["gender_sv"], first["gender_en"], first["number"], first["state"]) == (
        "1",
        "mies",
        "man",
        "male",
        "12",
        "",
    )
    assert (first["starts_on"], first["ends_on"], first["cut_off"], first["completeness"], first["definition_version"]) == (
        "2026-07-01", "2026-09-30", "2026-10-05", "0.875", "1",
    )  # fmt: skip
    assert (hidden["gender"], hidden["number"], hidden["state"]) == ("2", "", "HIDDEN")
    assert hidden["state_sv"] == "dold för att skydda personer"
    assert rows[3]["number"] == "3" and rows[3]["state"] == "PRELIMINARY"


def test_a_zip_holds_the_figures_and_what_they_mean_and_is_the_same_again() -> None:
    data = written(genders(), "zip")
    archive = ZipFile(BytesIO(data))
    assert archive.namelist() == ["I01.csv", "I01-definition.csv"]
    assert archive.read("I01.csv") == written(genders(), "csv") and written(genders(), "zip") == data
    told = {row["name_fi"]: row for row in rows_of(archive.read("I01-definition.csv"))}
    assert told["Nimi"]["text_sv"] == "Kunder" and told["Määritelmän versio"]["text_fi"] == "1"
    assert told["Merkki .."]["text_sv"] == "dold för att skydda personer"


@pytest.mark.parametrize(("language", "names"), [("fi", ["Luvut", "Määritelmä"]), ("sv", ["Siffror", "Definition"])])
def test_a_workbook_has_numbers_as_numbers_and_days_as_days(language: str, names: list[str]) -> None:
    found = sheets(written(genders(), "xlsx", language))
    assert list(found) == names
    heading, first, hidden, *_rest = found[names[0]]
    assert (
        heading[0] == {"fi": "alue, koodi", "sv": "område, kod"}[language]
        and heading[-2:] == {"fi": ["lukumäärä", "Merkki"], "sv": ["antal", "Tecken"]}[language]
    )
    assert first == ["092", "Vantaa", "Vanda", "2026Q3", date(2026, 7, 1), date(2026, 9, 30), "1", "mies", "man", 12.0, ""]
    assert hidden[-2:] == ["..", ".."]
    told = {row[0]: row[1] for row in found[names[1]]} | {row[2]: row[3] for row in found[names[1]]}
    assert told["Nimi"] == "Asiakkaat" and told["Namn"] == "Kunder" and told["Tilanne"] == told["Läget"] == "2026-10-05T03:00+00:00"
    assert told["Henkilöt, joiden tiedoissa on tarvittavat kentät"] == "87,5 %"


def test_a_workbook_keeps_its_heading_in_sight_and_its_columns_readable() -> None:
    sheet = ZipFile(BytesIO(written(genders(), "xlsx"))).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet and sheet.count("<col ") > 4 and "<f>" not in sheet


def test_a_text_that_looks_like_a_formula_or_markup_stays_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"I01": {**indicator.texts()["I01"], "name_fi": "=HYPERLINK(1)", "definition_fi": "<r><t>x</t></r>"}}
    monkeypatch.setattr(indicator, "texts", lambda: texts)
    told = {row[0]: row[1] for row in sheets(written(genders(), "xlsx"))["Määritelmä"]}
    assert told["Nimi"] == "=HYPERLINK(1)" and told["Määritelmä"] == "<r><t>x</t></r>"
    archive = ZipFile(BytesIO(written(genders(), "zip")))
    assert {row["name_fi"]: row for row in rows_of(archive.read("I01-definition.csv"))}["Nimi"]["text_fi"] == "'=HYPERLINK(1)"


def test_shares_spreads_and_means_have_the_numbers_they_rest_on() -> None:
    (share,) = rows_of(written(table_of([figure_of("092", "2026Q3", number=1, of=3)], measure=Measure.SHARE), "csv"))
    assert (share["share"], share["numerator"], share["denominator"]) == ("0.3333", "1", "3")
    (spread,) = rows_of(
        written(table_of([figure_of("092", "2026Q3", number=4, of=0, median=2, ninth=40)], measure=Measure.SPREAD), "csv")
    )
    assert (spread["median"], spread["ninth_decile"], spread["number"]) == ("2", "40", "4")
    (mean,) = rows_of(written(table_of([figure_of("092", "2026Q3", number=3, of=0, mean=4 / 3)], measure=Measure.MEAN), "csv"))
    assert (mean["mean"], mean["number"]) == ("1.33", "3")
    (hidden,) = rows_of(written(table_of([figure_of("092", "2026Q3")], measure=Measure.SHARE), "csv"))
    assert {hidden[name] for name in ("share", "numerator", "denominator")} == {""}
    share_cell = sheets(written(table_of([figure_of("092", "2026Q3", number=1, of=0)], measure=Measure.SHARE), "xlsx"))["Luvut"][1]
    assert share_cell[6] == "" and share_cell[7:9] == [1.0, 0.0]


def test_plain_json_tells_the_question_and_each_figure() -> None:
    found = json.loads(written(genders(), "json"))
    assert (found["indicator"]["id"], found["level"], found["by"], found["completeness"]) == ("I01", "MUNICIPALITY", ["GENDER"], 0.875)
    assert found["figures"][1] == {
        "area": {"code": "092", "fi": "Vantaa", "sv": "Vanda"}, "period": "2026Q3", "values": {"GENDER": {"code": "2", "fi": "nainen", "sv": "kvinna"}},
        "number": None, "state": "HIDDEN",
    }  # fmt: skip
    assert {"name": "Namn", "text": "Kunder"} in found["explanation"]["sv"]
