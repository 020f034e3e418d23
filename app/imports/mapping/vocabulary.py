"""The words by which sheets and columns are known: labels in three languages, keys, and the file of synonyms."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from flask_babel import force_locale

from app.imports.mapping.wording import plain
from app.imports.specification.catalogue import Entity
from app.imports.specification.texts import headings

_SYNONYMS = Path(__file__).parent / "data" / "synonyms.csv"
_LANGUAGES = ("fi", "sv", "en")
# Synonyms of columns that hold two fields; `names.py` tells them apart.
NAME, POSTAL = "@name", "@postal"

Origin = Literal["LABEL", "KEY", "SYNONYM"]


@dataclass(frozen=True)
class Term:
    """A word for an entity, or with a field for one of its columns; `is_more` for a column that goes behind another one."""

    words: str
    entity: str
    field: str
    origin: Origin
    is_more: bool = False


@dataclass(frozen=True, repr=False)
class Vocabulary:
    """The entities and every word that is known for them; made once, and pure from then on."""

    entities: tuple[Entity, ...]
    terms: tuple[Term, ...]

    def entity(self, key: str) -> Entity:
        return next(entity for entity in self.entities if entity.key == key)

    @cached_property
    def of_fields(self) -> dict[str, dict[str, list[Term]]]:
        """Give entity → words → the fields they may mean."""
        found: dict[str, dict[str, list[Term]]] = {entity.key: {} for entity in self.entities}
        for term in self.terms:
            if term.field:
                found[term.entity].setdefault(term.words, []).append(term)
        return found

    @cached_property
    def of_entities(self) -> dict[str, set[str]]:
        """Give entity → the words for it as a whole."""
        found: dict[str, set[str]] = {entity.key: set() for entity in self.entities}
        for term in self.terms:
            if not term.field:
                found[term.entity].add(term.words)
        return found


def _labels(entities: Sequence[Entity]) -> Iterator[Term]:
    for language in _LANGUAGES:
        with force_locale(language):
            for entity in entities:
                for text in (str(entity.label), str(entity.singular)):
                    yield Term(plain(text), entity.key, "", "LABEL")
                for key, text in headings(entity).items():
                    yield Term(plain(text), entity.key, key, "LABEL")


def _keys(entities: Sequence[Entity]) -> Iterator[Term]:
    for entity in entities:
        yield Term(plain(entity.key), entity.key, "", "KEY")
        for field in entity.fields:
            yield Term(plain(field.key), entity.key, field.key, "KEY")


def _synonyms(entities: Sequence[Entity]) -> Iterator[Term]:
    fields = {entity.key: {field.key for field in entity.fields} | {NAME, POSTAL} for entity in entities}
    with _SYNONYMS.open(encoding="utf-8") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        name, is_more = row["field"].removesuffix("+"), row["field"].endswith("+")
        for key in fields if row["entity"] == "*" else (row["entity"],):
            if key in fields and (not name or name in fields[key]):
                yield Term(plain(row["term"]), key, name, "SYNONYM", is_more)


def vocabulary_of(entities: Sequence[Entity]) -> Vocabulary:
    """Gather the words of some entities; the one step that needs the catalogues of texts."""
    return Vocabulary(tuple(entities), tuple(dict.fromkeys([*_labels(entities), *_keys(entities), *_synonyms(entities)])))
