"""What one column is found to hold: its type, the forms of its dates, what looks suspicious; and that no value is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.imports.profiling.column import Column
from app.imports.profiling.shapes import date_form, mask, type_of
from app.imports.reading.messages import Cell


def of(*values: Cell, in_spreadsheet: bool = False, most: int = 1000) -> dict[str, Any]:
    column = Column("x", most, in_spreadsheet)
    for row, value in enumerate(values, 2):
        column.add(row, value)
    return column.as_document()


@pytest.mark.parametrize(
    ("value", "kind"),
    [(1, "whole_number"), (0.5, "decimal_number"), (True, "boolean"), (date(2024, 1, 1), "date"), ("1.2.2024", "date"), ("2024-01-31", "date"), ("20240131", "date"),
     ("31/1/24", "date"), ("12345678", "whole_number"), ("1 234,50", "decimal_number"), ("kyllä", "boolean"), ("nej", "boolean"), ("a.b@example.fi", "email"),
     ("+358 40 1234567", "telephone"), ("010190-900P", "identity_code"), ("Mäkinen", "text")],
)  # fmt: skip
def test_the_type_of_a_value(value: Cell, kind: str) -> None:
    assert type_of(value) == kind


@pytest.mark.parametrize(
    ("value", "form"),
    [("1.2.2024", "d.m.yyyy"), ("1.2.24", "d.m.yy"), ("2024-02-01", "iso"), ("20240201", "yyyymmdd"), ("31/1/2024", "d/m/yyyy"), ("1/31/2024", "m/d/yyyy"),
     ("1/2/2024", "?/?/yyyy"), (date(2024, 1, 1), "date"), ("Aalto", None)],
)  # fmt: skip
def test_the_form_of_a_date(value: Cell, form: str | None) -> None:
    assert date_form(value) == form


@pytest.mark.parametrize(
    ("values", "code", "count", "rows"),
    [
        ((" a", "b "), "OUTER_SPACES", 2, [2, 3]), (("a", "a  b"), "ODD_SPACES", 1, [3]), (("1.1.2024", "2024-01-01", "2.1.2024"), "MIXED_DATES", 1, [3]),
        (("1/2/2024", "2/3/2024"), "AMBIGUOUS_DATES", 2, [2]), (("1.2.24", "1.2.2024"), "SHORT_YEARS", 1, [2]), (("1,23E+15", "a"), "MANGLED_CODE", 1, [2]),
        (("jan.85", "b"), None, 0, []), (("1.tammi", "b"), "MANGLED_CODE", 1, [2]), (("-", "Ei tiedossa", "a"), "PLACEHOLDER", 2, [2, 3]),
        (("1.1.1900", "2.3.1980"), "PLACEHOLDER", 1, [2]), ((date(1900, 1, 1), date(1980, 1, 1)), "PLACEHOLDER", 1, [2]),
        (("010190-900P", "010190-900A"), "WRONG_IDENTITY_CODE", 1, [3]), (("Oulu", "OULU"), "SAME_BUT_CASE", 1, [3]),
        ((*range(20), "a"), "OTHER_TYPES", 1, [22]),
    ],
)  # fmt: skip
def test_what_looks_suspicious_is_told_with_its_rows(values: tuple[Cell, ...], code: str | None, count: int, rows: list[int]) -> None:
    found = {one["code"]: one for one in of(*values)["suspicions"]}
    assert (code is None and found == {}) or (found[str(code)]["count"], found[str(code)]["rows"]) == (count, rows)


def test_what_is_in_order_is_not_suspicious() -> None:
    assert of("Aalto", "Berg", "Ek", None)["suspicions"] == [] and of("1.1.2024", "31.12.2023")["suspicions"] == []
    assert of("010190-900P")["suspicions"] == [] and of("31/1/2024", "1/2/2024")["suspicions"] == []


def test_a_number_stored_as_text_is_one_of_a_spreadsheet_alone() -> None:
    assert [one["code"] for one in of("123", "45", in_spreadsheet=True)["suspicions"]] == ["NUMBER_AS_TEXT"]
    assert of("123", "45")["suspicions"] == [] and of("0012", "0013", in_spreadsheet=True)["suspicions"] == []


def test_counts_are_right_and_bounded() -> None:
    document = of("a", "b", "a", None)
    assert (document["rows"], document["filled"], document["fill_rate"], document["distinct"], document["distinct_is_least"]) == (4, 3, 0.75, 2, False)
    many = of(*(f"v{number}" for number in range(5000)), most=100)
    assert many["distinct"] == 100 and many["distinct_is_least"] is True


def test_a_mask_shows_the_form_and_hides_the_value() -> None:
    assert mask("Mäkinen-Öberg 12") == "Aaaaaaa-Aaaaa 99" and mask("010190-900P") == "999999-999A" and mask("a@b.fi") == "a@a.aa"
    assert mask("李 محمد") == "a aaaa" and len(mask("x" * 10_000)) < 50


def test_common_values_are_kept_for_the_mapping_while_they_are_few() -> None:
    few, many = Column("x", 10, False), Column("x", 10, False)
    for number in range(1000):
        few.add(number, "abc"[number % 3])
        many.add(number, str(number))
    assert few.common == {"a": 334, "b": 333, "c": 333} and many.common is None and "common" not in few.as_document()
