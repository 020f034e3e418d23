"""What an edit of a code list must be like; pure functions that give the codes of broken rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.codes.lists import CodeValue

_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.-]{0,39}")


def is_in_force(value: CodeValue, on: date) -> bool:
    """Tell whether a value is offered for new records on a day."""
    return value.valid_from <= on and (value.valid_to is None or on <= value.valid_to)


def is_code(list_name: str, code: str) -> bool:
    """Tell whether a code has the form of its list: a language has small letters, every other code capitals."""
    return bool(re.fullmatch(r"[a-z]{2,8}", code) if list_name == "LANGUAGE" else _CODE.fullmatch(code))


def broken_labels(values: Iterable[CodeValue], code: str, labels: tuple[str, str]) -> list[tuple[str, str]]:
    """Give (field, rule) where another value that has not ended looks the same in a language."""
    others = [value for value in values if value.code != code and value.valid_to is None]
    found = []
    if labels[0].casefold() in {value.fi.casefold() for value in others}:
        found.append(("name_fi", "LABEL_TAKEN"))
    if labels[1].casefold() in {value.sv.casefold() for value in others}:
        found.append(("name_sv", "LABEL_TAKEN"))
    return found


def broken_end(value: CodeValue, *, last_day: date, today: date, named: Iterable[str]) -> list[str]:
    """Check the last day of a value: no rule may rest on it."""
    if tuple(named):
        return ["LOCKED"]
    found = ["ENDED"] if value.valid_to is not None else []
    if last_day < today:
        found.append("PAST")
    return [*found, *(["BEFORE"] if last_day < value.valid_from else [])]
