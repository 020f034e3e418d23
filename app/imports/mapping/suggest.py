"""Which entity a sheet holds and which field each column is, with a score and reasons; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from app.imports.mapping import days, names
from app.imports.mapping.mapping import Mapping, Source
from app.imports.mapping.shapes import has_shape, share_that_fits
from app.imports.mapping.values import ValueGuess, guess_codes
from app.imports.mapping.vocabulary import NAME, POSTAL, Term, Vocabulary
from app.imports.mapping.wording import plain
from app.imports.specification.catalogue import Entity, Field

LEAST = 0.5
_EARLIER, _SYNONYM, _ALIKE, _VALUES = 0.98, 0.95, 0.9, 0.75
_LIKE_ENOUGH = 80.0
# A column whose values are of another kind is the field only when its very name says so, and then it is told.
_MISFIT = 0.55
_SURE_SHARE, _MISFIT_SHARE = 0.8, 0.2


@dataclass(frozen=True)
class Reason:
    """Why a column is thought to be a field; `texts.py` gives it in words."""

    key: str
    about: str = ""


@dataclass(frozen=True)
class Guess:
    """A column's likeliest field; `field` is None when nothing is likely enough."""

    column: str
    field: str | None
    score: float
    reasons: tuple[Reason, ...] = ()
    # Another column of the same field, behind which this one goes; or two fields in one.
    is_more: bool = False
    split: str | None = None
    date_forms: tuple[str, ...] = ()
    values: tuple[ValueGuess, ...] = ()


@dataclass(frozen=True)
class EntityGuess:
    """A likely entity of a sheet."""

    entity: str
    score: float
    columns: tuple[Guess, ...]


def _by_name(column: str, terms: Dict[str, list[Term]]) -> list[tuple[Term, float, Reason]]:
    """Give the fields whose names the heading is, or is like."""
    words = plain(column)
    if exact := terms.get(words):
        return [(term, 1.0 if term.origin != "SYNONYM" else _SYNONYM, Reason(f"NAME_{term.origin}")) for term in exact]
    near = process.extract(words, terms.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE_ENOUGH, limit=5) if len(words) > 2 else []
    return [(term, score / 100 * _ALIKE, Reason("NAME_ALIKE", name)) for name, score, _at in near for term in terms[name]]


def _by_earlier(column: str, entity: str, earlier: Iterable[Mapping]) -> tuple[str, Reason] | None:
    words = plain(column)
    for mapping in earlier:
        for source in mapping.sources if mapping.entity == entity else ():
            if source.split is None and len(source.columns) == 1 and plain(source.columns[0]) == words:
                return source.field, Reason("EARLIER", mapping.product)
    return None


def _candidates(column: str, entity: Entity, values: Sequence[object], vocabulary: Vocabulary, earlier: Sequence[Mapping]) -> list[Guess]:
    fields = {field.key: field for field in entity.fields}
    found: dict[tuple[str, bool], Guess] = {}

    def offer(guess: Guess) -> None:
        key = (guess.field or "", guess.is_more)
        if key not in found or found[key].score < guess.score:
            found[key] = guess

    if before := _by_earlier(column, entity.key, earlier):
        offer(Guess(column, before[0], _EARLIER + 0.02, (before[1],)))
    for term, score, reason in _by_name(column, vocabulary.of_fields[entity.key]):
        if term.field in (NAME, POSTAL):
            offer(_two_in_one(column, term.field, score, reason, values))
        else:
            offer(_with_values(Guess(column, term.field, score, (reason,), is_more=term.is_more), fields[term.field], values))
    for field in entity.fields:
        if has_shape(field) and (field.key, False) not in found and (share := share_that_fits(field, values) or 0) >= _SURE_SHARE:
            offer(Guess(column, field.key, _VALUES * share, (Reason("VALUES_SHAPE"),)))
    return [guess for guess in found.values() if guess.score >= LEAST]


def _with_values(guess: Guess, field: Field, values: Sequence[object]) -> Guess:
    share = share_that_fits(field, values)
    if share is None:
        return guess
    if share < _MISFIT_SHARE and not field.code_list:
        return replace(guess, score=guess.score * _MISFIT, reasons=(*guess.reasons, Reason("VALUES_MISFIT")))
    return replace(guess, reasons=(*guess.reasons, Reason("VALUES_FIT"))) if share >= _SURE_SHARE else guess


def _two_in_one(column: str, what: str, score: float, reason: Reason, values: Sequence[object]) -> Guess:
    if what == POSTAL:
        share = names.share_of_postal(values)
        return Guess(column, "postal_code", score * share, (reason, Reason("SPLIT_POSTAL")), split="postal")
    split, is_sure = names.split_of_name(column, values)
    return Guess(column, "family_name", score * (1.0 if is_sure else 0.8), (reason, Reason(f"SPLIT_{split.upper()}" if is_sure else "SPLIT_UNSURE")), split=split)


def _taken_by(guess: Guess) -> tuple[str, ...]:
    return names.FIELDS[guess.split] if guess.split else (guess.field or "",)


def suggest_columns(headings: Sequence[str], samples: Dict[str, Sequence[object]], entity: Entity, vocabulary: Vocabulary, earlier: Sequence[Mapping] = ()) -> tuple[Guess, ...]:
    """Give a guess for each column; each field is given to one column, and to those that go behind it."""
    offers = [guess for column in headings for guess in _candidates(column, entity, samples.get(column, ()), vocabulary, earlier)]
    chosen: dict[str, Guess] = {}
    taken: set[str] = set()
    for guess in sorted(offers, key=lambda guess: (-guess.score, guess.is_more)):
        if guess.column in chosen:
            continue
        if guess.is_more or not taken.intersection(_taken_by(guess)):
            chosen[guess.column] = guess
            taken |= set() if guess.is_more else set(_taken_by(guess))
    fields = {field.key: field for field in entity.fields}
    # What goes behind a column that is not there stands alone.
    return tuple(_completed(chosen[column], fields, samples.get(column, ())) if column in chosen else Guess(column, None, 0.0) for column in headings)


def _completed(guess: Guess, fields: Dict[str, Field], values: Sequence[object]) -> Guess:
    field = fields[str(guess.field)]
    if field.kind == "date":
        return replace(guess, date_forms=days.guess(values).forms)
    return replace(guess, values=tuple(guess_codes(field.code_list, values))) if field.code_list else guess


def suggest_entity(headings: Sequence[str], samples: Dict[str, Sequence[object]], vocabulary: Vocabulary, *, sheet: str = "", earlier: Sequence[Mapping] = ()) -> tuple[EntityGuess, ...]:
    """Give the likely entities of a sheet, the likeliest first: by how much of it they explain, by what they must have, and by its name."""
    found = []
    for entity in vocabulary.entities:
        columns = suggest_columns(headings, samples, entity, vocabulary, earlier)
        if score := _score(entity, columns, plain(sheet), vocabulary):
            found.append(EntityGuess(entity.key, score, columns))
    return tuple(sorted(found, key=lambda guess: -guess.score))


def _score(entity: Entity, columns: Sequence[Guess], sheet: str, vocabulary: Vocabulary) -> float:
    explained = sum(guess.score for guess in columns) / max(len(columns), 1)
    needed = [field.key for field in entity.fields if field.required]
    met = {name for guess in columns if guess.field for name in _taken_by(guess)}
    has_needed = sum(key in met for key in needed) / max(len(needed), 1)
    alike = max((fuzz.token_sort_ratio(sheet, words) / 100 for words in vocabulary.of_entities[entity.key]), default=0.0) if sheet else 0.0
    return round(0.6 * explained + 0.3 * has_needed + 0.1 * (alike if alike > 0.8 else 0.0), 4)


def mapping_of(guess: EntityGuess, *, specification: str = "", product: str = "") -> Mapping:
    """Make the mapping that the guesses amount to; a column of days that can be read in two ways has no form yet."""
    sources: dict[str, dict[str, Any]] = {}
    for column in sorted(guess.columns, key=lambda column: column.is_more):
        if column.field is None:
            continue
        for name in _taken_by(column):
            if column.is_more and name in sources:
                if sources[name]["split"]:
                    continue
                sources[name]["columns"] = (*sources[name]["columns"], column.column)
            elif name not in sources:
                sources[name] = {
                    "columns": (column.column,), "split": column.split, "date_form": column.date_forms[0] if len(column.date_forms) == 1 else None,
                    "values": {value.value: value.code for value in column.values if value.code and value.score >= 1.0},
                }  # fmt: skip
    return Mapping(guess.entity, tuple(Source(name, **made) for name, made in sources.items()), specification=specification, product=product)
