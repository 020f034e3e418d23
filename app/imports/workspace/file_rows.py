"""Files and sheets of a move as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import format_decimal, gettext as _, ngettext

from app.imports.engine.entities import by_key
from app.imports.models import ImportFile, ImportSheet
from app.imports.workspace.documents import document_of
from app.imports.workspace.labels import KINDS, size_text
from app.web.language import current_language
from app.web.table import Column, Row, table

Sheets = Mapping[str, Sequence[ImportSheet]]


def count_text(number: int) -> str:
    """Give a number with its thousands apart."""
    return str(format_decimal(number, "#,##0"))


def kind_of(document: Mapping[str, Any]) -> str:
    """Say what a file is, by its content."""
    kinds = dict.fromkeys(sheet["kind"] for sheet in document.get("sheets", []))
    return ", ".join(str(KINDS.get(kind, kind)) for kind in kinds)


def state_of(document: Mapping[str, Any], sheets: Sequence[ImportSheet]) -> tuple[str, str]:
    """Say whether a file can be used, and the kind of its tag."""
    if not document:
        return _("Waits to be read"), "info"
    if not sheets:
        reasons = document.get("reasons", [])
        return (reasons[0]["reason"][current_language()] if reasons else _("Cannot be read")), "danger"
    stopped = int(document.get("stopped_rows", 0))
    if stopped:
        return ngettext("%(num)d row stopped", "%(num)d rows stopped", stopped), "warning"
    return _("Read"), "success"


def files_table(files: Sequence[ImportFile], sheets: Sheets) -> dict[str, Any]:
    """Give the files with size, kind, rows and state."""
    names = {"name": _("File"), "kind": _("Kind"), "size": _("Size"), "sheets": _("Sheets"), "rows": _("Rows"), "state": _("State")}
    rows = []
    for file in files:
        document, own = document_of(file), sheets.get(file.id, ())
        text, kind = state_of(document, own)
        texts = [file.name, kind_of(document), size_text(file.size), str(len(own)), count_text(sum(sheet.rows for sheet in own)), text]
        # A reason is a sentence, which is too long for a tag.
        rows.append(Row(file.id, url_for("ImportFileView.show", pk=file.id), texts, [None] * 5 + [kind if own or not document else None]))
    return {"columns": [Column(name, label) for name, label in names.items()], "rows": rows}


def contents_table(files: Sequence[ImportFile], sheets: Sheets) -> dict[str, Any]:
    """Give what each sheet of each file seems to hold."""
    names = {"file": _("File"), "sheet": _("Sheet"), "rows": _("Rows"), "columns": _("Columns"), "holds": _("Seems to hold"), "odd": _("Columns to look at")}
    rows: list[tuple[str | None, list[Any]]] = []
    for file in files:
        document, url = document_of(file), url_for("ImportFileView.show", pk=file.id)
        for sheet, found in zip(sheets.get(file.id, ()), document.get("sheets", []), strict=False):
            odd = sum(bool(column["suspicions"]) for column in found["columns"])
            rows.append((url, [file.name, sheet.name, count_text(sheet.rows), len(found["columns"]), guess_text(found), odd or ""]))
        if not sheets.get(file.id):
            rows.append((url, [file.name, "", "", "", state_of(document, ())[0], ""]))
    return table(names, rows)


def guess_text(found: Mapping[str, Any]) -> str:
    """Say what a sheet seems to hold."""
    guesses = found.get("seems_to_hold") or []
    return str(by_key()[guesses[0]["entity"]].label) if guesses else _("Not recognised")


def sheets_table(files: Sequence[ImportFile], sheets: Sequence[ImportSheet]) -> dict[str, Any]:
    """Give what was decided of each sheet."""
    names = {"sheet": _("Sheet"), "file": _("File"), "rows": _("Rows"), "holds": _("What it holds"), "state": _("State")}
    named = {file.id: file.name for file in files}
    rows = []
    for sheet in sheets:
        holds = str(by_key()[sheet.entity].label) if sheet.entity else sheet.reason or ""
        text, kind = (_("Mapped"), "success") if sheet.mapping else (_("Not brought"), "neutral") if sheet.reason else (_("To be decided"), "info")
        rows.append(Row(sheet.id, url_for("ImportSheetView.edit", pk=sheet.id), [sheet.name, named[sheet.file_id], count_text(sheet.rows), holds, text], [None] * 4 + [kind]))
    return {"columns": [Column(name, label) for name, label in names.items()], "rows": rows}
