"""Values of columns as text in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from flask_babel import format_datetime, format_decimal
from flask_babel import gettext as _

from app.access.visibility import sight_of
from app.web.restricted_codes import text_of_code


def number_text(value: float | Decimal) -> str:
    """Give a number with the decimals it has."""
    return str(format_decimal(value, "#,##0.######"))


def column_info(model: Any, name: str) -> Mapping[str, Any]:
    """Give the `info` of a mapped column, empty for a property."""
    return _info(model, name)


@cache
def _info(model: Any, name: str) -> Mapping[str, Any]:
    attribute = getattr(model, name, None)
    return MappingProxyType(dict(getattr(attribute, "info", None) or {}))


def shown(item: Any, name: str) -> str:
    """Give the text of `name` of `item` as the reader sees it; an empty or hidden value is an empty text."""
    sight = sight_of(item, name)
    if not sight.is_whole:
        return "" if sight.is_absent else str(sight.mask)
    return shown_whole(item, name)


def shown_whole(item: Any, name: str) -> str:
    """Give the text of a field that nothing narrows for the reader (`app.access.visibility.watched_columns`)."""
    value = getattr(item, name)
    if callable(value):
        value = value()
    if value is None or value == "":
        return ""
    codes = column_info(type(item), name).get("codes")
    if codes:
        return text_of_code(codes, value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return format_datetime(value, "short")
    if isinstance(value, date):
        # As `format_date(value)`, which took a fiftieth of a list's time.
        return f"{value.day}.{value.month}.{value.year:04}"
    if isinstance(value, float | Decimal):
        return number_text(value)
    return str(value)
