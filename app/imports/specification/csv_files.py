"""The specification as a zip of CSV files: a heading row for each entity, example rows, the fields, and the codes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask_babel import gettext as _

from app.imports.specification.catalogue import Entity
from app.imports.specification.codes import shown_values
from app.imports.specification.examples import example_row
from app.imports.specification.texts import KINDS, READ_ME, help_of
from app.imports.specification.version import version

# The same content gives the same bytes.
_MADE = (2026, 1, 1, 0, 0, 0)


def _written(rows: Iterable[Iterable[Any]]) -> str:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


def plain(value: Any) -> str:
    """Give a value as a file of text holds it; none is an empty text."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def field_rows(entities: Sequence[Entity]) -> Iterator[list[str]]:
    """Give the table of all fields, headings first."""
    yield [_("Sheet"), _("Field"), _("Label"), _("Kind"), _("Must be filled in"), _("Essential"), _("Longest"), _("List of values"), _("Points at"), _("Item of section 73"), _("Help")]
    for entity in entities:
        for field in entity.fields:
            yield [
                entity.key, field.key, str(field.label), str(KINDS[field.kind]), _("Yes") if field.required else "", _("Yes") if field.essential else "",
                str(field.max_length or ""), field.code_list or "", field.refers_to or "", field.category.removeprefix("K73-").replace("own", ""), " ".join(help_of(field)),
            ]  # fmt: skip


def code_rows(entities: Sequence[Entity], language: str) -> Iterator[list[str]]:
    """Give the table of all codes that some field takes, headings first."""
    yield [_("List of values"), _("Code"), _("Label")]
    for name in sorted({field.code_list for entity in entities for field in entity.fields if field.code_list}):
        yield from ([name, code, label] for code, label in shown_values(name, language).items())


def as_zip(entities: Sequence[Entity], language: str) -> bytes:
    """Give the files in the language in force; the headings are the keys of the fields, which are the same in every language."""
    files = {"README.txt": "\n".join([version(entities), "", *(str(text) for text in READ_ME)]) + "\n"}
    for entity in entities:
        row, keys = example_row(entity), [field.key for field in entity.fields]
        files[f"{entity.key}.csv"] = _written([keys])
        files[f"examples/{entity.key}.csv"] = _written([keys, [plain(row.get(key)) for key in keys]])
    files["fields.csv"], files["codes.csv"] = _written(field_rows(entities)), _written(code_rows(entities, language))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, _MADE), text.encode("utf-8-sig"), ZIP_DEFLATED)
    return packed.getvalue()
