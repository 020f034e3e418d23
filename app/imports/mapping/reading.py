"""A cell as the value of a field; what cannot be read names the rule it breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.identity_code import IdentityCodeError, normal_form
from app.imports.mapping import days, names
from app.imports.mapping.mapping import Source
from app.imports.mapping.truths import truth
from app.imports.mapping.values import known_code
from app.imports.mapping.wording import written
from app.imports.specification.catalogue import Field


class UnreadableError(ValueError):
    """The cell is no value of the field; the argument is the rule."""


def cell_of(source: Source, field: Field, row: Any) -> object:
    """Give the cell of a source: of its column, of a part of it, or of several put together."""
    cells = [row.get(column) for column in source.columns]
    if source.split:
        return names.parts_of(cells[0], source.split)[names.FIELDS[source.split].index(field.key)]
    if len(cells) == 1:
        return cells[0]
    return source.joiner.join(text for text in (written(cell) for cell in cells) if text)


def value_in(field: Field, cell: object, source: Source, *, today: date, artificial: bool) -> Any:
    """Read a cell that is not empty; raise `UnreadableError`."""
    if field.kind == "identity_code":
        try:
            return normal_form(written(cell), today=today, artificial=artificial)
        except IdentityCodeError as error:
            raise UnreadableError("BAD_IDENTITY_CODE") from error
    if field.code_list:
        return _code(field, written(cell), source)
    if field.kind == "date":
        return _day(cell, source)
    if field.kind == "boolean":
        if (found := truth(cell)) is None:
            raise UnreadableError("BAD_BOOLEAN")
        return found
    if field.kind in ("integer", "decimal"):
        return _number(field, cell)
    text = written(cell)
    if field.max_length and len(text) > field.max_length:
        raise UnreadableError("TOO_LONG")
    return text


def _code(field: Field, text: str, source: Source) -> str | None:
    if text in source.values:
        return source.values[text] or None
    if known := known_code(str(field.code_list), text):
        return known[0]
    raise UnreadableError("UNKNOWN_CODE")


def _day(cell: object, source: Source) -> date:
    forms = (source.date_form,) if source.date_form else days.guess([cell]).forms
    if len(forms) > 1:
        raise UnreadableError("AMBIGUOUS_DATE")
    found = days.day_in(cell, forms[0]) if forms else None
    if found is None:
        raise UnreadableError("BAD_DATE")
    return found


def _number(field: Field, cell: object) -> int | Decimal:
    try:
        number = Decimal("".join(written(cell).split()).replace(",", "."))
        exact = number.quantize(Decimal(1).scaleb(-(field.places or 0)))
    except InvalidOperation as error:
        raise UnreadableError("BAD_NUMBER") from error
    if exact != number:
        raise UnreadableError("BAD_NUMBER")
    return int(exact) if field.kind == "integer" else exact
