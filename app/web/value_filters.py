"""Filters of columns whose values are not listed beforehand: a part of a text, a least and a greatest number, a row of a relation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement
from werkzeug.datastructures import MultiDict

from app.web.display import number_text
from app.web.filter_parts import PREFIX, Chip, Control
from app.web.relation import Relation, match
from app.web.search import containing


@dataclass(frozen=True)
class TextFilter:
    """A part of a text, whatever its case; for columns that hold nothing of a person."""

    name: str
    label: Any
    column: Any

    @property
    def arguments(self) -> tuple[str, ...]:
        return (PREFIX + self.name,)

    def _part(self, args: MultiDict[str, str]) -> str:
        return args.get(PREFIX + self.name, "").replace("\0", "")[:200]

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        return [containing(self.column, part)] if (part := self._part(args)) else []

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        part = self._part(args)
        return [Chip(_("%(name)s: %(value)s", name=self.label, value=part), PREFIX + self.name, args[PREFIX + self.name])] if part else []

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        return [Control("text", PREFIX + self.name, str(self.label), value=self._part(args))]


@dataclass(frozen=True)
class NumberFilter:
    """A least and a greatest number, both included."""

    name: str
    label: Any
    column: Any

    @property
    def arguments(self) -> tuple[str, ...]:
        return (f"{PREFIX}{self.name}.from", f"{PREFIX}{self.name}.to")

    def _end(self, args: MultiDict[str, str], end: str) -> Decimal | None:
        text = args.get(f"{PREFIX}{self.name}.{end}", "")
        try:
            number = Decimal(text.replace(",", ".")) if text else None
        except InvalidOperation:
            return abort(400)
        # A database holds neither infinity nor a number of a million digits.
        return number if number is None or (number.is_finite() and abs(number.adjusted()) < 15) else abort(400)

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        least, most = self._end(args, "from"), self._end(args, "to")
        return [*([self.column >= least] if least is not None else []), *([self.column <= most] if most is not None else [])]

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        least, most = self._end(args, "from"), self._end(args, "to")
        found = []
        if least is not None:
            text = _("%(name)s: at least %(number)s", name=self.label, number=number_text(least))
            found.append(Chip(text, f"{PREFIX}{self.name}.from", args[f"{PREFIX}{self.name}.from"]))
        if most is not None:
            text = _("%(name)s: at most %(number)s", name=self.label, number=number_text(most))
            found.append(Chip(text, f"{PREFIX}{self.name}.to", args[f"{PREFIX}{self.name}.to"]))
        return found

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        ends = (("from", _("%(name)s, at least", name=self.label)), ("to", _("%(name)s, at most", name=self.label)))
        return [
            Control("number", f"{PREFIX}{self.name}.{end}", text, value=args.get(f"{PREFIX}{self.name}.{end}", "").replace(",", ".")) for end, text in ends
        ]  # fmt: skip


@dataclass(frozen=True)
class RelationFilter:
    """One row of an open relation, found by typing; the address holds its key, and `NAME_text` only on the way there."""

    name: str
    label: Any
    column: Any
    relation: Relation
    endpoint: str

    @property
    def arguments(self) -> tuple[str, ...]:
        return (PREFIX + self.name, f"{PREFIX}{self.name}_text")

    def _key(self, args: MultiDict[str, str]) -> Any:
        text = args.get(PREFIX + self.name, "")
        try:
            return self.relation.coerce(text) if text else None
        except ValueError:
            return abort(400)

    def _text(self, args: MultiDict[str, str]) -> str:
        key = self._key(args)
        return "" if key is None else self.relation.text_of(key) or _("Removed")

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        key = self._key(args)
        return [] if key is None else [self.column == key]

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        text = self._text(args)
        return [Chip(_("%(name)s: %(value)s", name=self.label, value=text), PREFIX + self.name, args[PREFIX + self.name])] if text else []

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        url = url_for(self.endpoint, name=self.name)
        return [Control("relation", PREFIX + self.name, str(self.label), value=args.get(PREFIX + self.name, ""), text=self._text(args), url=url)]

    def settle(self, args: MultiDict[str, str]) -> None:
        """Put the key of the row that was typed in place of the text; what matches no single row is told."""
        typed = args.pop(f"{PREFIX}{self.name}_text", None)
        if typed is None or (typed.strip() and typed == self._text(args)):
            return
        found, error = match(self.relation, typed.strip()[:200])
        args.pop(PREFIX + self.name, None)
        if error:
            flash(_("%(name)s: %(value)s", name=self.label, value=error), "warning")
        if found is not None:
            args[PREFIX + self.name] = found[0]
