"""The profile of a file as its page shows it: each sheet, its first rows and its columns, and what was found in reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import format_percent, gettext as _, ngettext

from app.imports.models import ImportFile, ImportSheet
from app.imports.profiling.labels import SUSPICIONS
from app.imports.reading.labels import TIERS
from app.imports.reading.messages import excerpt
from app.imports.reading.preview import Preview
from app.imports.workspace import labels
from app.imports.workspace.file_rows import count_text, guess_text
from app.web.language import current_language
from app.web.table import Column, Row

_FINDINGS = 100
_SAMPLES = 3


def sheets_shown(document: Mapping[str, Any], sheets: Sequence[ImportSheet]) -> list[dict[str, Any]]:
    """Give the sheets of a file that could be read."""
    rows = document.get("first_rows", [])
    return [
        {"id": f"sheet-{number}", "name": sheet.name, "facts": _facts(found, sheet), "columns": [_column(column, sheet.rows) for column in found["columns"]],
         "preview": first_rows([column["name"] for column in found["columns"]], rows[number]) if number < len(rows) else None,
         "map_url": url_for("ImportSheetView.edit", pk=sheet.id)}
        for number, (sheet, found) in enumerate(zip(sheets, document.get("sheets", []), strict=False))
    ]  # fmt: skip


def first_rows(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Give a table of rows as they stand in the file, each with its number there."""
    columns = [Column("row", _("Row")), *(Column(f"c{number}", heading) for number, heading in enumerate(headings))]
    return {"columns": columns, "rows": [Row(str(number), None, [str(number), *cells]) for number, cells in rows]}


def preview_shown(found: Preview) -> list[dict[str, Any]]:
    """Give the beginning of a file that could not be read to its end."""
    return [
        {"name": sheet.name, "facts": [*_read_as({"kind": sheet.kind, "encoding": sheet.encoding, "delimiter": sheet.delimiter, "header_row": sheet.header_row, "guessed": sheet.guessed})],
         "preview": first_rows(sheet.columns, [(row.number, [excerpt(cell) if cell is not None else "" for cell in row.cells]) for row in found.rows[sheet.number]])}
        for sheet in found.sheets
    ]  # fmt: skip


def _facts(found: Mapping[str, Any], sheet: ImportSheet) -> list[dict[str, Any]]:
    return [{"label": _("Seems to hold"), "text": guess_text(found)}, {"label": _("Rows"), "text": count_text(sheet.rows)}, *_read_as(found)]


def _read_as(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Tell how a sheet was read, and what of that was a guess."""
    facts = [("kind", _("Kind"), labels.KINDS.get(found["kind"], found["kind"]))]
    if found["encoding"]:
        facts.append(("encoding", _("Encoding"), labels.ENCODINGS.get(found["encoding"], found["encoding"])))
    if found["delimiter"]:
        facts.append(("delimiter", _("What stands between the columns"), labels.DELIMITERS.get(found["delimiter"], found["delimiter"])))
    if found["header_row"]:
        facts.append(("header_row", _("Row of the headings"), found["header_row"]))
    return [{"label": label, "text": _("%(value)s (guessed)", value=text) if name in found["guessed"] else str(text)} for name, label, text in facts]


def _column(found: Mapping[str, Any], rows: int) -> dict[str, Any]:
    share = format_percent(found["fill_rate"], "0 %")
    distinct = count_text(found["distinct"])
    return {
        "name": found["name"], "type": labels.TYPES.get(found["type"], found["type"]), "filled": found["filled"], "rows": max(found["rows"], 1),
        "fill": _("%(share)s (%(filled)s of %(rows)s)", share=share, filled=count_text(found["filled"]), rows=count_text(found["rows"])),
        "distinct": _("at least %(number)s", number=distinct) if found["distinct_is_least"] else distinct, "samples": found["samples"][:_SAMPLES],
        "odd": [_odd(one) for one in found["suspicions"]],
    }  # fmt: skip


def _odd(found: Mapping[str, Any]) -> str:
    rows = ", ".join(str(row) for row in found["rows"])
    where = ngettext("%(num)d time, on row %(rows)s.", "%(num)d times, first on rows %(rows)s.", found["count"], rows=rows)
    return _("%(reason)s %(where)s", reason=SUSPICIONS[found["code"]], where=where)


def links_shown(document: Mapping[str, Any]) -> list[str]:
    """Tell which columns point at rows of another sheet."""
    return [
        _("“%(column)s” on “%(sheet)s” points at “%(to_column)s” on “%(to_sheet)s”: %(share)s of its values are found there.", **{**link, "share": format_percent(link["share"], "0 %")})
        for link in document.get("links", [])
    ]  # fmt: skip


def findings_shown(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was found in reading, those first that stop most; `more` tells how many are not shown."""
    found, language = document.get("findings", []), current_language()
    order = [tier.value for tier in TIERS]
    ordered = sorted(found, key=lambda one: order.index(one["tier"]))[:_FINDINGS]
    words, kinds = {tier.value: text for tier, text in TIERS.items()}, dict(zip(order, ("danger", "danger", "warning"), strict=True))
    columns = [Column("place", _("Place")), Column("tier", _("What it does")), Column("reason", _("Reason")), Column("cure", _("What helps"))]
    rows = [Row(str(at), None, [_place(one), str(words[one["tier"]]), one["reason"][language], one["cure"][language]], [None, kinds[one["tier"]]]) for at, one in enumerate(ordered)]
    return {"columns": columns, "rows": rows, "more": len(found) - len(ordered) + int(document.get("more_findings", 0))}


def _place(found: Mapping[str, Any]) -> str:
    """Say where a finding is, as the user sees the file."""
    column = found["column_name"] or found["column"]
    if found["row"] and column:
        return _("%(sheet)s, row %(row)s, column %(column)s", sheet=found["sheet"], row=found["row"], column=column)
    if found["row"]:
        return _("%(sheet)s, row %(row)s", sheet=found["sheet"], row=found["row"])
    if column:
        return _("%(sheet)s, column %(column)s", sheet=found["sheet"], column=column)
    return str(found["sheet"])


def about(file: ImportFile) -> list[dict[str, Any]]:
    """Tell what the file is, whatever it holds."""
    return [{"label": _("Size"), "text": labels.size_text(file.size)}, {"label": _("Checksum (SHA-256)"), "text": file.digest}]
