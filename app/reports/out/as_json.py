"""Figures as plain JSON: what was asked, what it means, and one object a figure."""

from __future__ import annotations

import json
from typing import Any

from app.reports.catalogue.indicator import Indicator
from app.reports.out.contents import Contents
from app.reports.out.definition import definition_of

_TEXTS = ("name", "definition", "numerator", "denominator", "caution")


def as_json(contents: Contents, _language: str = "fi") -> bytes:
    """Give one document with the labels in Finnish and Swedish."""
    return json.dumps(document_of(contents), ensure_ascii=False).encode()


def document_of(contents: Contents) -> dict[str, Any]:
    """Give the document as objects; a hidden figure has None for every number and `state` HIDDEN."""
    table = contents.table
    asked = table.question
    return {
        "indicator": indicator_document(table.indicator),
        "level": asked.level, "area": asked.area, "periods": list(asked.periods), "by": list(asked.by), "areas": asked.as_of, "open_periods": sorted(table.open_periods),
        "cut_off": table.cut_off.isoformat() if table.cut_off else None, "completeness": table.completeness,
        "explanation": {language: [{"name": name, "text": text} for name, text in definition_of(table, language)] for language in ("fi", "sv")},
        "figures": _figures(contents),
    }  # fmt: skip


def indicator_document(indicator: Indicator) -> dict[str, Any]:
    """Give what an indicator declares, with its texts in Finnish and Swedish."""
    texts = {what: {language: indicator.text(what, language) for language in ("fi", "sv")} for what in _TEXTS}
    return {
        "id": indicator.id, **texts, "kind": indicator.kind, "measure": indicator.measure, "unit": indicator.unit, "status": indicator.status,
        "direction": indicator.direction, "version": indicator.version, "basis": indicator.basis, "audiences": sorted(indicator.audiences),
        "by": list(indicator.dimensions), "crossings": [list(pair) for pair in indicator.crossings],
    }  # fmt: skip


def _figures(contents: Contents) -> list[dict[str, Any]]:
    labels = {side.name.code: {one.code: one for one in side.values} for side in contents.sides}
    found = []
    for key, cell in contents.cells.items():
        told = {
            side: {"code": code, "fi": labels[side][code].fi, "sv": labels[side][code].sv} for side, code in zip(labels, key, strict=True)
        }
        area, period = told.pop("AREA"), told.pop("PERIOD")["code"]
        numbers = {code.lower(): number for code, number in cell.numbers.items()}
        found.append({"area": area, "period": period, "values": told, **numbers, "state": cell.state})
    return found
