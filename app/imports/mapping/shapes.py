"""What the values of a column look like, and how well that fits a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.imports.mapping import days
from app.imports.mapping.truths import truth
from app.imports.mapping.values import known_code
from app.imports.mapping.wording import written
from app.imports.specification.catalogue import Field

_IDENTITY_CODE = re.compile(r"\d{6}[+\-A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_POSTAL_CODE = re.compile(r"(?:FI[- ]?)?\d{5}")
_PHONE = re.compile(r"(?:\+|00)\d[\d \-()]{6,}|0(?:4\d|50|[1-9])[\d \-]{5,}")
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d[\d\s]*(?:[.,]\d+)?")
# Fields whose values have a shape of their own, so that values alone can tell them.
_BY_KEY: dict[str, re.Pattern[str]] = {"email": _EMAIL, "postal_code": _POSTAL_CODE, "phone": _PHONE}


def has_shape(field: Field) -> bool:
    """Tell whether values alone can tell the field."""
    return field.kind == "identity_code" or field.key in _BY_KEY


def _share(values: Sequence[object], test: Callable[[object], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _matches(pattern: re.Pattern[str]) -> Callable[[object], object]:
    return lambda value: pattern.fullmatch(written(value))


def share_that_fits(field: Field, values: Sequence[object]) -> float | None:
    """Give the share of values that fit a field, None when there is nothing to tell by."""
    filled = [value for value in values if written(value)]
    if not filled:
        return None
    if field.kind == "identity_code":
        return _share(filled, _matches(_IDENTITY_CODE))
    if field.key in _BY_KEY:
        return _share(filled, _matches(_BY_KEY[field.key]))
    if field.kind == "date":
        return days.guess(filled).share
    if field.code_list:
        return _share(filled, lambda value: known_code(str(field.code_list), value))
    if field.kind == "boolean":
        return _share(filled, lambda value: truth(value) is not None)
    if field.kind in ("integer", "decimal"):
        return _share(filled, _matches(_INTEGER if field.kind == "integer" else _DECIMAL))
    return None
