"""Figures as CSV: one row a cell, codes and the labels in three languages beside them; and with its definition as a zip."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.core.spreadsheets import as_text
from app.reports.out.contents import LANGUAGES, Cell, Contents, coded
from app.reports.out.definition import definition_of


def as_csv(contents: Contents, _language: str = "fi") -> bytes:
    """Give UTF-8 with a mark that spreadsheets know it by; decimals have a point, a hidden number is empty and its `state` says so."""
    return _written(_rows(contents))


def as_zip(contents: Contents, language: str) -> bytes:
    """Give the CSV and its definition in both languages; the same figures give the same bytes."""
    file, name = BytesIO(), contents.table.indicator.id
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for member, data in ((f"{name}.csv", as_csv(contents)), (f"{name}-definition.csv", definition_csv(contents))):
            archive.writestr(ZipInfo(member), data, ZIP_DEFLATED)
    return file.getvalue()


def definition_csv(contents: Contents) -> bytes:
    """Give the definition as rows of name and text, Finnish and Swedish beside each other."""
    pairs = zip(definition_of(contents.table, "fi"), definition_of(contents.table, "sv"), strict=True)
    return _written([("name_fi", "text_fi", "name_sv", "text_sv"), *((*fi, *sv) for fi, sv in pairs)])


def _written(rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([as_text(cell) if cell is not None else "" for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _rows(contents: Contents) -> Iterator[list[Any]]:
    named = [f"{side.name.code.lower()}{tail}" for side in contents.sides for tail in ("", *(f"_{language}" for language in LANGUAGES))]
    yield ["indicator", "level", *named, "starts_on", "ends_on", *(one.code.lower() for one in contents.measures),
           "state", *(f"state_{language}" for language in LANGUAGES), "areas", "definition_version", "cut_off", "completeness"]  # fmt: skip
    table = contents.table
    basis = [table.question.as_of, table.indicator.version, contents.cut_off(), None if table.completeness is None else round(table.completeness, 4)]
    labels = [{one.code: one for one in side.values} for side in contents.sides]
    for key, cell in contents.cells.items():
        period = contents.period(key)
        told = [
            text
            for side, code in zip(labels, key, strict=True)
            for text in (code, *(side[code].label_in(language) for language in LANGUAGES))
        ]
        numbers = [cell.numbers[one.code] for one in contents.measures]
        yield [table.indicator.id, table.question.level, *told, period.starts_on, period.ends_on, *numbers, *_state(cell), *basis]


def _state(cell: Cell) -> list[str]:
    if cell.state is None:
        return [""] * (1 + len(LANGUAGES))
    state = coded("REPORT_CELL", cell.state)
    return [state.code, *(state.label_in(language) for language in LANGUAGES)]
