"""The filter panel of a list: what `search_columns` name, in the address, removable one by one.

An address can be shared, so it holds nothing of a person: codes, dates, numbers, yes/no, staff by me and nobody, and rows
of relations that are open. Texts are for columns of the service's own data only; a person is looked for by the search,
whose words stay on the server. Dates and numbers of a person (data category K73-2) are refused for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from flask import abort
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Date, String
from werkzeug.datastructures import MultiDict

from app.web.filter_parts import PREFIX, Chip, Control
from app.web.relation import Relation
from app.web.restricted_codes import choices_seen, text_of_code
from app.web.value_filters import NumberFilter, RelationFilter, TextFilter

MANY = 15


@dataclass(frozen=True)
class ChoiceFilter:
    """One or several of fixed values: a code list, or yes and no."""

    name: str
    label: Any
    options: Callable[[], list[tuple[str, str]]]
    condition: Callable[[list[str]], ColumnElement[bool]]
    text_of: Callable[[str], str]

    @property
    def arguments(self) -> tuple[str, ...]:
        return (PREFIX + self.name,)

    def chosen(self, args: MultiDict[str, str]) -> list[str]:
        found = [value for value in args.getlist(PREFIX + self.name) if value]
        if not found:
            return found
        known = {value for value, _text in self.options()}
        return found if set(found) <= known else abort(400)

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        found = self.chosen(args)
        return [self.condition(found)] if found else []

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        return [
            Chip(_("%(name)s: %(value)s", name=self.label, value=self.text_of(value)), PREFIX + self.name, value) for value in self.chosen(args)
        ]

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        found, options = self.chosen(args), self.options()
        kind = "checks" if len(options) <= MANY else "select"
        return [Control(kind, PREFIX + self.name, str(self.label), [(value, text, value in found) for value, text in options])]


@dataclass(frozen=True)
class DateFilter:
    """A first and a last day, both included."""

    name: str
    label: Any
    column: Any

    @property
    def arguments(self) -> tuple[str, ...]:
        return (f"{PREFIX}{self.name}.from", f"{PREFIX}{self.name}.to")

    def _day(self, args: MultiDict[str, str], end: str) -> date | None:
        text = args.get(f"{PREFIX}{self.name}.{end}", "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return abort(400)

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        first, last = self._day(args, "from"), self._day(args, "to")
        return [*([self.column >= first] if first else []), *([self.column <= last] if last else [])]

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        first, last = self._day(args, "from"), self._day(args, "to")
        found = []
        if first:
            text = _("%(name)s: from %(day)s", name=self.label, day=format_date(first))
            found.append(Chip(text, f"{PREFIX}{self.name}.from", first.isoformat()))
        if last:
            text = _("%(name)s: until %(day)s", name=self.label, day=format_date(last))
            found.append(Chip(text, f"{PREFIX}{self.name}.to", last.isoformat()))
        return found

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        ends = (("from", _("%(name)s, first day", name=self.label)), ("to", _("%(name)s, last day", name=self.label)))
        return [Control("date", f"{PREFIX}{self.name}.{end}", text, value=args.get(f"{PREFIX}{self.name}.{end}", "")) for end, text in ends]


class Filter(Protocol):
    """What the panel asks of a filter."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """Give the names that the filter has in an address."""

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        """Give the conditions of the limits in use."""

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        """Give each limit in use in words."""

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        """Give what the panel draws."""


def filter_for(name: str, text: Any, column: Any, *, relation: Relation | None = None, endpoint: str = "") -> Filter:
    """Make the filter of a column; `endpoint` suggests rows of a relation. Raises TypeError for one that an address may not hold."""
    info = column.info
    if relation is not None and relation.is_open:
        return RelationFilter(name, text, column, relation, endpoint)
    if info.get("codes"):
        codes = info["codes"]
        return ChoiceFilter(
            name, text, lambda: choices_seen(codes), column.in_, lambda code: text_of_code(codes, code)
        )  # fmt: skip
    if column.type.python_type is bool:
        return ChoiceFilter(name, text, _yes_and_no, lambda found: column.in_([value == "yes" for value in found]), lambda value: dict(_yes_and_no())[value])
    if isinstance(column.type, Date) and info.get("category") != "K73-2":
        return DateFilter(name, text, column)
    is_key = relation is not None or column.foreign_keys
    if column.type.python_type in (int, float, Decimal) and info.get("category") != "K73-2" and not is_key:
        return NumberFilter(name, text, column)
    if isinstance(column.type, String) and info.get("category") == "own" and not is_key:
        return TextFilter(name, text, column)
    raise TypeError(f"{name} cannot stand in an address")


def _yes_and_no() -> list[tuple[str, str]]:
    return [("yes", _("Yes")), ("no", _("No"))]


class FilterPanel:
    """The filters of one view over the arguments of one request."""

    def __init__(self, filters: Sequence[Filter], args: MultiDict[str, str]) -> None:
        self.filters, self.args = filters, args
        known = {name for one in filters for name in one.arguments}
        if any(name.startswith(PREFIX) and name not in known for name, value in args.items(multi=True) if value):
            abort(400)

    def narrowed(self, query: Any) -> Any:
        """Give the query with every limit in use."""
        return query.where(*(condition for one in self.filters for condition in one.where(self.args)))

    def in_use(self) -> list[str]:
        """Name the columns that limit the list."""
        used = [name for one in self.filters for name in one.arguments if self.args.get(name)]
        return sorted({name.removeprefix(PREFIX).split(".")[0] for name in used})

    def chips(self) -> list[Chip]:
        return [chip for one in self.filters for chip in one.chips(self.args)]

    def controls(self) -> list[Control]:
        return [control for one in self.filters for control in one.controls(self.args)]

    def settled(self) -> MultiDict[str, str]:
        """Give the arguments as the address is to hold them: only what is in use, and keys for what was typed."""
        args = MultiDict(self.args)
        for one in self.filters:
            if isinstance(one, RelationFilter):
                one.settle(args)
        return MultiDict((name, value) for name, value in args.items(multi=True) if value)

    def without(self, chip: Chip) -> MultiDict[str, str]:
        """Give the arguments with one limit taken away, from the first page."""
        left = [(name, value) for name, value in self.args.items(multi=True) if (name, value) != (chip.name, chip.value) and name != "after"]
        return MultiDict(left)

    def cleared(self) -> MultiDict[str, str]:
        """Give the arguments without any limit."""
        return MultiDict([(name, value) for name, value in self.args.items(multi=True) if not name.startswith(PREFIX) and name != "after"])
