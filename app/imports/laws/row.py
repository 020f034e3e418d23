"""A brought row as its rules see it, and what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date, lazy_gettext as _l
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.imports.laws.bundle import Bundle, bundle_of, row_of
from app.plans.rules import needs_assessment

STANDING = {
    "STATE_NEEDS": _l("The state of the row needs this field. Fill it in, or bring another state."),
    "STATE_ONLY": _l("This field does not agree with the state of the row. Empty it, or bring another state."),
}  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """A rule that a row breaks; `text` speaks the language in force when it is read. What does not stop the row is a warning."""

    field: str | None
    rule: str
    text: Any
    stops: bool


@dataclass(frozen=True)
class Row:
    """A derived row with the client's rows around it."""

    session: Session
    item: Any
    today: date

    @property
    def bundle(self) -> Bundle:
        return bundle_of(self.session, self.item.client_id)

    @property
    def client(self) -> Client:
        return row_of(self.session, Client, self.item.client_id)  # type: ignore[no-any-return]

    def rows(self, model: Any) -> list[Any]:
        """Give the client's rows of a model."""
        return self.bundle.rows(self.session, model)

    def others(self, model: Any) -> list[Any]:
        """Give the client's rows of a model but for this one."""
        return [row for row in self.rows(model) if row.id != self.item.id]

    def of(self, model: Any, key: str | None) -> Any:
        """Give a row by its key."""
        return row_of(self.session, model, key)


def told(text: Any, said: Mapping[str, Any]) -> Any:
    """Give a sentence with what it says; days are written as the reader's language writes them."""

    def whole() -> str:
        return str(text) % {key: format_date(value) if isinstance(value, date) else str(value) for key, value in said.items()}

    return LazyString(whole) if said else text


@dataclass(frozen=True)
class Rules:
    """The rules of a feature as history is asked: their sentences, those that only warn, and those that no history is asked.

    A rule warns when the law in force forbids it today and an old record may hold it all the same; a rule that no day allows stops the row.
    """

    texts: Mapping[str, Any]
    warns: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()

    def told(self, found: Iterable[tuple[str | None, str]], **said: Any) -> Iterator[Broken]:
        """Give what is broken with its sentences."""
        for field, rule in dict.fromkeys(found):
            if rule not in self.unasked:
                yield Broken(field, rule, told(self.texts[rule], said), stops=rule not in self.warns)


def is_of_older_act(day: date) -> bool:
    """Tell whether what was done on a day was done under the act before this one. Basis: 681/2023 § 102.2."""
    return not needs_assessment(day)


def in_future(item: Any, names: Collection[str], today: date) -> list[tuple[str | None, str]]:
    """Give FUTURE for each day of what has happened that is still to come."""
    return [(name, "FUTURE") for name in names if (day := getattr(item, name)) and day > today]
