"""Rows of a table as markup: everything that a row can hold, and nothing that a text could smuggle in."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from app.web.table import Column, Row
from app.web.table_body import table_body
from tests.support.markup import Element, read

COLUMNS = [Column("name", "Nimi <1>", lang="sv"), Column("stage", "Vaihe"), Column("text", "Teksti", lang="sv")]


def parts_of(app: Flask, rows: list[Row], boxes: str | None = None) -> list[tuple[str, dict[str, str]] | str]:
    with app.test_request_context(headers={"Accept-Language": "fi"}):
        found = read(str(table_body(COLUMNS, rows, boxes)))
    kept = [(part.tag, dict(part.values)) if isinstance(part, Element) else part for part in found if isinstance(part, Element | str)]
    return [part for part in kept if not isinstance(part, str) or part.strip()]


def test_a_row_has_a_heading_and_a_cell_for_each_other_text(sqlite_app: Flask) -> None:
    head, cell = {"scope": "row", "role": "rowheader", "data-label": "Nimi <1>"}, {"role": "cell"}
    assert parts_of(sqlite_app, [Row("1", None, ["Aino", "", "hej"])]) == [
        ("tr", {"role": "row"}), ("th", head), "Aino", ("td", {**cell, "data-label": "Vaihe", "class": "empty"}), ("td", {**cell, "data-label": "Teksti"}), ("span", {"lang": "sv"}), "hej",
    ]  # fmt: skip


def test_it_leads_on_by_its_name_or_says_so(sqlite_app: Flask) -> None:
    links = [
        [part for part in parts_of(sqlite_app, [Row("1", '/a?b="&c', [name, "x", "x"])]) if part == "Avaa" or (isinstance(part, tuple) and part[0] == "a")]
        for name in ("Aino", "")
    ]
    assert links == [[("a", {"href": '/a?b="&c', "lang": "sv"})], [("a", {"href": '/a?b="&c'}), "Avaa"]]


def test_tags_long_words_and_boxes(sqlite_app: Flask) -> None:
    rows = [Row('k"1', None, ["<b>", "uusi", "x" * 25], [None, "info"]), Row("2", None, ["B" * 25, "vanha", "y"])]
    parts = parts_of(sqlite_app, rows, "clients")
    assert ("span", {"class": "tag tag-info"}) in parts and ("td", {"role": "cell", "data-label": "Teksti", "class": "breaks"}) in parts
    assert [part[1].get("class") for part in parts if isinstance(part, tuple) and part[0] == "th"] == [None, "breaks"]
    assert ("input", {"type": "checkbox", "name": "rowid", "value": 'k"1', "id": "clients-row-1"}) in parts and ("label", {"for": "clients-row-2"}) in parts
    assert "Valitse <b>" in parts and "<b>" in parts and ("b", {}) not in parts


def test_only_markup_stays_markup(sqlite_app: Flask) -> None:
    bad = "<script>1</script>"
    assert not [part for part in parts_of(sqlite_app, [Row(bad, bad, [bad, bad, bad], [bad, bad, None])], bad) if isinstance(part, tuple) and part[0] == "script"]
    assert ("i", {}) in parts_of(sqlite_app, [Row("1", None, ["a", "b", Markup("<i>c</i>")])])
