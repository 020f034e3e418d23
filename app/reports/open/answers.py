"""The answer to a query: the cells of the values chosen, in their order, in each of the forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.areas import Level
from app.reports.figures import Question, figures
from app.reports.models import ReportPeriod
from app.reports.open.tables import LENGTH, OpenTable
from app.reports.out.contents import Cell, Contents, Side, contents_of
from app.reports.out.forms import FORMS
from app.reports.viewers import EVERYBODY

# The gate is asked for so many periods at once at most: more would be more than the years there are.
PERIODS_AT_MOST = 60


def open_periods_of(session: Session) -> list[str]:
    """Give the closed periods that the open data are told by, the oldest first."""
    row = ReportPeriod
    found = select(row.id).where(row.length == LENGTH, row.closed_at.is_not(None)).order_by(row.starts_on.desc()).limit(PERIODS_AT_MOST)
    return sorted(session.scalars(found))


def answered(session: Session, table: OpenTable, level: Level, sides: Sequence[Side]) -> Contents:
    """Give the cells that sides choose, as everybody may see them; four statements, and none for a choice of nothing."""
    *told, measures = sides
    areas, periods = ([one.code for one in side.values] for side in told[:2])
    question = Question(table.indicator.id, level, tuple(periods), areas[0] if len(areas) == 1 else None, table.by)
    found = contents_of(figures(session, EVERYBODY, question))
    chosen, codes = [{one.code for one in side.values} for side in told], [one.code for one in measures.values]
    cells = {
        key: Cell({code: cell.numbers[code] for code in codes}, cell.state)
        for key, cell in found.cells.items()
        if all(code in side for code, side in zip(key, chosen, strict=True))
    }
    return Contents(found.table, tuple(told), measures.values, cells)


def written(contents: Contents, form: str, language: str) -> tuple[bytes, str]:
    """Give the answer in a form and its media type."""
    if form == "px-json":
        return json.dumps(_px_json(contents, language), ensure_ascii=False).encode(), "application/json"
    return FORMS[form].write(contents, language), FORMS[form].type


def _px_json(contents: Contents, language: str) -> dict[str, Any]:
    """Give PxWeb's own JSON: the columns, then a row of keys and texts of values for each cell."""
    kinds = {"PERIOD": "t"}
    columns = [{"code": side.name.code, "text": side.name.label_in(language), "type": kinds.get(side.name.code, "d")} for side in contents.sides]
    columns += [{"code": one.code, "text": one.label_in(language), "type": "c"} for one in contents.measures]
    data = []
    for key, cell in contents.whole():
        numbers = [cell.numbers[one.code] for one in contents.measures]
        data.append({"key": list(key), "values": [cell.symbol or ".." if number is None else str(number) for number in numbers]})
    return {"columns": columns, "comments": [], "data": data}
