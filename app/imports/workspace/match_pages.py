"""A row of a source beside each whom it may be, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext as _
from sqlalchemy import select

from app.db.base import db
from app.imports.engine.entities import CLIENT, by_key
from app.imports.matching.waiting import COMPARED, Side, Waiting
from app.imports.models import ImportBatch, ImportSheet
from app.imports.workspace.match_labels import IS_TWIN, WHY
from app.web.restricted_codes import text_of_code
from app.web.table import Column, Row


def sheet_names(batch: ImportBatch) -> dict[str, str]:
    """Give the sheets of a move by key."""
    return {row.id: row.name for row in db.session.execute(select(ImportSheet.id, ImportSheet.name).where(ImportSheet.batch_id == batch.id))}


def _text(name: str, value: str) -> str:
    """Give a value as the page of a client gives it."""
    field = by_key()[CLIENT].field(name)
    if not value:
        return ""
    if field.code_list:
        return text_of_code(field.code_list, value)
    return format_date(date.fromisoformat(value)) if field.kind == "date" else value


def _kind(one: str, other: str) -> str | None:
    return None if one == other else "warning" if one and other else "neutral"


def compared(values: Mapping[str, str], side: Side, heads: tuple[str, str]) -> dict[str, Any]:
    """Give the table of two persons: a line for each field that either has, with those that differ marked."""
    rows = []
    for name in COMPARED:
        one, other = values.get(name, ""), side.values.get(name, "")
        if one or other:
            mark = "" if one == other else _("Differs") if one and other else _("Only one has it")
            rows.append(Row(name, None, [str(by_key()[CLIENT].field(name).label), mark, _text(name, one), _text(name, other)], (None, _kind(one, other), None, None)))
    return {"columns": [Column("field", _("Field")), Column("differs", _("Comparison")), Column("one", heads[0]), Column("other", heads[1])], "rows": rows}


def shown(batch: ImportBatch, waiting: Waiting, sheets: Mapping[str, str], *, opens_clients: bool) -> dict[str, Any]:
    """Give a row that waits as the page draws it."""
    place = _("%(sheet)s, row %(row)d", sheet=sheets.get(waiting.sheet_id, ""), row=waiting.row_number)
    return {"place": place, "key": waiting.key_digest, "others": [_side(waiting, side, place, opens_clients=opens_clients) for side in waiting.others]}


def _side(waiting: Waiting, side: Side, place: str, *, opens_clients: bool) -> dict[str, Any]:
    title = _("A client of the register") if side.client_id else _("Row %(row)d of the same source", row=side.row_number or 0)
    return {
        "title": title, "other": side.other, "table": compared(waiting.values, side, (place, title)), "why": [WHY[reason] for reason in side.reasons if reason in WHY],
        "is_twin": IS_TWIN in side.reasons, "url": url_for("ClientView.show", pk=side.client_id) if side.client_id and opens_clients else None,
    }  # fmt: skip
