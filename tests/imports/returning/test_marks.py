"""What findings become: marks in one language, kept in the order of the file."""

from __future__ import annotations

from flask_babel import force_locale
import pytest

from app.imports.mapping.findings import Finding
from app.imports.mapping.texts import CURES
from app.imports.reading.messages import Trouble
from app.imports.returning.ledger import Ledger
from app.imports.returning.marks import Mark, kept_marks, mark_of, marks_of
from app.imports.specification.rules import TEXTS

pytestmark = pytest.mark.usefixtures("in_app")
SHORT = Trouble(code="SHORT_ROW", sheet="a.csv", row=7, column=3, value="2")
FOUND = [
    Finding("stop-row", "BAD_DATE", "birth_date", "synt.aika", "31.2.1980"), Finding("stop-file", "SOURCE_KEY_TWICE", "source_key", "id", "1"),
    Finding("warning", "TOO_LONG", "notes", "huom + lisä"), Finding("shadow", "REQUIRED", "phone"), Finding("none", "ONE_OF", "identity_code"),
]  # fmt: skip


def test_a_finding_of_reading_becomes_a_mark_in_the_language_in_force() -> None:
    with force_locale("sv"):
        mark = mark_of(SHORT)
    assert (mark.sheet, mark.row, mark.column, mark.tier) == ("a.csv", 7, "[C]", "stops_row")
    assert mark.sentences[0] == "Raden har färre celler än det finns kolumner." and mark.sentences[1]
    assert mark_of(Trouble(code="NUL_CHARACTER", sheet="a.csv", row=1, column=2, column_name="nimi")).column == "nimi"
    assert mark_of(Trouble(code="EMPTY_SHEET", sheet="A")).column == ""


def test_what_a_mapping_found_becomes_marks_but_a_rule_not_in_force() -> None:
    with force_locale("fi"):
        marks = list(marks_of(FOUND, "Asiakkaat", 9))
    assert [(one.column, one.tier) for one in marks] == [("synt.aika", "stops_row"), ("id", "stops_file"), ("huom + lisä", "warning"), ("", "shadow")]
    assert {(one.sheet, one.row) for one in marks} == {("Asiakkaat", 9)} and marks[0].sentences[0] == "Arvo ei ole päivämäärä."


def test_every_rule_has_a_cure() -> None:
    assert set(CURES) == set(TEXTS)


def test_a_kept_finding_of_any_step_becomes_a_mark() -> None:
    tiers = ("stops_row", "stop-row", "stops_file", "stop-file", "warning", "shadow", "none")
    found = [one.tier for tier in tiers for one in kept_marks("A", 1, "id", tier, ("syy", "apu"))]
    assert found == ["stops_row", "stops_row", "stops_file", "stops_file", "warning", "shadow"]


def test_the_ledger_gives_marks_by_row_and_each_once() -> None:
    marks = [Mark("A", row, column, "warning", ("syy", "apu")) for row in (5, 2, 2, 70_000) for column in ("b", "a")]
    ledger = Ledger(marks)
    assert ledger.sheets == ["A"] and sorted({(one.row, one.column) for one in marks}) == sorted((one.row, one.column) for one in ledger.of("A"))
    assert [one.row for one in ledger.of("A")] == [2, 2, 5, 5, 70_000, 70_000] and list(ledger.of("B")) == []
