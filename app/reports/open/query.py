"""What a query of the PxWeb API asks of a table: which values of each side, and in which form."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from math import prod
from typing import Any

from flask_babel import gettext as _

from app.reports.out.contents import Labelled, Side

CELLS_AT_MOST = 100_000
# The names of PxWeb → ours.
FORMATS = {"json": "px-json", "json-stat2": "json-stat", "json-stat": "json-stat", "csv": "csv", "xlsx": "xlsx"}
# Texts of a query that are told back are cut, so that no answer is as long as what was sent.
_TOLD = 40
_PATTERNS_AT_MOST = 20


class BadQueryError(ValueError):
    """Raised with a sentence in the reader's language for a query that cannot be answered; `status` is that of the answer."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def read(sent: Any, sides: Sequence[Side]) -> tuple[list[Side], str]:
    """Give the sides with the values that a query chooses, and the form asked; a side that is not named is taken whole. Raises BadQueryError."""
    if not isinstance(sent, dict):
        raise BadQueryError(_("Send a query as a JSON object."))
    chosen = _selections(sent.get("query", []), sides)
    answer = sent.get("response", {})
    form = answer.get("format", "json-stat2") if isinstance(answer, dict) else None
    if not isinstance(form, str) or form not in FORMATS:
        raise BadQueryError(_("There is no format %(name)s. The formats are: %(names)s.", name=str(form)[:_TOLD], names=", ".join(FORMATS)))
    found = [Side(side.name, tuple(_chosen(side, chosen[side.name.code]))) if side.name.code in chosen else side for side in sides]
    within_limit(found)
    return found, FORMATS[form]


def within_limit(sides: Sequence[Side]) -> None:
    """Refuse what has too many cells. Raises BadQueryError."""
    cells = prod(len(side.values) for side in sides)
    if cells > CELLS_AT_MOST:
        raise BadQueryError(_("The answer would have %(cells)d cells; at most %(most)d are given at once. Choose fewer values.", cells=cells, most=CELLS_AT_MOST), 403)


def _selections(query: Any, sides: Sequence[Side]) -> dict[str, Any]:
    if not isinstance(query, list):
        raise BadQueryError(_("`query` must be a list of a `code` and a `selection` for each variable."))
    known, found = {side.name.code for side in sides}, dict[str, Any]()
    for one in query:
        code, selection = (one.get("code"), one.get("selection")) if isinstance(one, dict) else (None, None)
        if not isinstance(code, str) or code not in known or code in found:
            raise BadQueryError(_("There is no variable %(name)s, or it is there twice. The variables are: %(names)s.", name=str(code)[:_TOLD], names=", ".join(sorted(known))))
        if not isinstance(selection, dict):
            raise BadQueryError(_("`query` must be a list of a `code` and a `selection` for each variable."))
        found[code] = selection
    return found


def _chosen(side: Side, selection: dict[str, Any]) -> list[Labelled]:
    wanted = selection.get("values")
    if not isinstance(wanted, list) or not all(isinstance(value, str) for value in wanted):
        raise BadQueryError(_("`values` of %(name)s must be a list of texts.", name=side.name.code))
    match selection.get("filter"):
        case "item":
            return _items(side, wanted)
        case "all":
            if len(wanted) > _PATTERNS_AT_MOST:
                raise BadQueryError(_("The filter all of %(name)s takes at most %(most)d patterns.", name=side.name.code, most=_PATTERNS_AT_MOST))
            return [one for one in side.values if any(fnmatchcase(one.code, _plain(pattern)) for pattern in wanted)]
        case "top":
            return _top(side, wanted)
    raise BadQueryError(_("The filter of %(name)s must be item, all or top.", name=side.name.code))


def _plain(pattern: str) -> str:
    # Only the star is a pattern in PxWeb.
    return pattern[:_TOLD].replace("[", "[[]").replace("?", "[?]")


def _items(side: Side, wanted: list[str]) -> list[Labelled]:
    known = {one.code: one for one in side.values}
    unknown = next((value for value in wanted if value not in known), None)
    if unknown is not None:
        raise BadQueryError(_("%(name)s has no value %(value)s.", name=side.name.code, value=unknown[:_TOLD]))
    return [known[value] for value in dict.fromkeys(wanted)]


def _top(side: Side, wanted: list[str]) -> list[Labelled]:
    """Give the last periods, or the first values of another side."""
    if len(wanted) != 1 or not (wanted[0].isascii() and wanted[0].isdigit()) or len(wanted[0]) > 6:
        raise BadQueryError(_("The filter top of %(name)s must have one number.", name=side.name.code))
    number = int(wanted[0])
    if side.name.code == "PERIOD":
        return list(side.values[-number:]) if number else []
    return list(side.values[:number])
