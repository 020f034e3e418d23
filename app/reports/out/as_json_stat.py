"""Figures as JSON-stat 2.0: a cube with every cell, those without a number with a symbol in `status`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.reports.measures import DECIMALS
from app.reports.out.contents import SYMBOLS, Contents, Labelled, coded
from app.reports.out.definition import definition_of

_ROLES = {"time": ["PERIOD"], "geo": ["AREA"], "metric": ["MEASURE"]}


def as_json_stat(contents: Contents, language: str) -> bytes:
    """Give the dataset with its labels in fi or sv."""
    return json.dumps(dataset_of(contents, language), ensure_ascii=False).encode()


def dataset_of(contents: Contents, language: str) -> dict[str, Any]:
    """Give the dataset as objects; its sides are the area, the period, the breakdowns and, last, the measures."""
    table, indicator = contents.table, contents.table.indicator
    sides = [
        *((side.name, side.values) for side in contents.sides),
        (Labelled("MEASURE", "mittaluku", "mått", "measure"), contents.measures),
    ]
    dimension: dict[str, Any] = {
        name.code: {"label": name.label_in(language), "category": _category(found, language)} for name, found in sides
    }
    dimension["MEASURE"]["category"]["unit"] = {one.code: _unit(one.code, indicator.unit, language) for one in contents.measures}
    values, status = _values(contents)
    told = dict(definition_of(table, language))
    return {
        "version": "2.0", "class": "dataset", "label": f"{indicator.id} {indicator.text('name', language)}",
        "source": "Koto-digi", **({"updated": table.cut_off.isoformat()} if table.cut_off else {}),
        "note": [text for text in (indicator.text("definition", language), indicator.text("caution", language)) if text],
        "id": [name.code for name, _found in sides], "size": [len(found) for _name, found in sides], "role": _ROLES, "dimension": dimension,
        "value": values, **({"status": status} if status else {}),
        "extension": {
            "indicator": indicator.id, "definition": {"version": indicator.version, "basis": indicator.basis, "explanation": told},
            "areas": table.question.as_of, "cut_off": table.cut_off.isoformat() if table.cut_off else None, "completeness": table.completeness, "open_periods": sorted(table.open_periods),
            "status": {symbol: coded("REPORT_CELL", code).label_in(language) for code, symbol in SYMBOLS.items()},
        },
    }  # fmt: skip


def _category(found: Sequence[Labelled], language: str) -> dict[str, Any]:
    return {"index": [one.code for one in found], "label": {one.code: one.label_in(language) for one in found}}


def _unit(code: str, unit: str, language: str) -> dict[str, Any]:
    shown = "SHARE" if code == "SHARE" else unit if code in ("MEDIAN", "NINTH_DECILE", "MEAN") else "NUMBER"
    return {"decimals": DECIMALS.get(code, 0), "label": coded("REPORT_UNIT", shown).label_in(language)}


def _values(contents: Contents) -> tuple[list[Any], dict[str, str]]:
    values: list[Any] = []
    status: dict[str, str] = {}
    for _key, cell in contents.whole():
        for one in contents.measures:
            if cell.symbol:
                status[str(len(values))] = cell.symbol
            values.append(cell.numbers[one.code])
    return values, status
