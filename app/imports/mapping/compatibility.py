"""The field compatibility report: what fits, what loses detail, what has no place and whether the law lets it be kept, what is missing."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from dataclasses import field as made
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from app.imports.mapping.mapping import Mapping, Source
from app.imports.mapping.names import FIELDS, parts_of
from app.imports.mapping.wording import plain, written
from app.imports.specification.catalogue import Entity, Field

_OUTSIDE = Path(__file__).parent / "data" / "outside.csv"

# Whether § 73.1 lets a column without a place be kept: not at all, health only if it cannot be done without, data of the old system itself, not known.
Law = Literal["none", "health", "system", "unknown"]
Loss = Literal["TIME_OF_DAY", "CUT", "VALUES_JOINED", "VALUES_DROPPED", "COLUMNS_JOINED", "SPLIT"]
Lack = Literal["REQUIRED", "ESSENTIAL", "ONE_OF"]


@dataclass(frozen=True)
class Fitting:
    """A column that becomes a field."""

    column: str
    field: str


@dataclass(frozen=True)
class Losing:
    """A column of which something is lost; `values` are those concerned."""

    column: str
    field: str
    loss: Loss
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placeless:
    """A column that becomes nothing, and what the law says of it; `reason` when a person decided so."""

    column: str
    law: Law
    reason: str = ""


@dataclass(frozen=True)
class Missing:
    """A field that needs a value and has neither a column nor a default."""

    field: str
    lack: Lack


@dataclass(frozen=True)
class Report:
    fits: tuple[Fitting, ...] = ()
    loses: tuple[Losing, ...] = ()
    no_place: tuple[Placeless, ...] = ()
    missing: tuple[Missing, ...] = made(default_factory=tuple)


@cache
def _outside() -> dict[str, Law]:
    with _OUTSIDE.open(encoding="utf-8") as file:
        return {plain(row["term"]): row["law"] for row in csv.DictReader(file)}  # type: ignore[misc]


def law_of(column: str) -> Law:
    """Tell whether the law lets a column be kept, by the words of its heading. Basis: 681/2023 § 73.1 (D02)."""
    words = plain(column)
    found = [law for term, law in _outside().items() if term in words]
    return next((law for law in ("none", "health", "system") if law in found), "unknown")  # type: ignore[return-value]


def report(mapping: Mapping, entity: Entity, headings: Sequence[str], samples: Dict[str, Sequence[object]]) -> Report:
    """Compare the columns of a sheet with the fields of an entity as a mapping brings them together."""
    loses = tuple(loss for source in mapping.sources for loss in _losses(source, entity.field(source.field), samples))
    losing = {(loss.column, loss.field) for loss in loses}
    fits = [Fitting(column, source.field) for source in mapping.sources for column in source.columns if (column, source.field) not in losing]
    left = [column for column in headings if column not in mapping.columns]
    return Report(tuple(fits), loses, tuple(Placeless(column, law_of(column), mapping.skipped.get(column, "")) for column in left), tuple(_missing(mapping, entity)))


def _losses(source: Source, field: Field, samples: Dict[str, Sequence[object]]) -> Iterator[Losing]:
    for column in source.columns:
        values = [value for value in samples.get(column, ()) if written(value)]
        if source.split:
            yield Losing(column, field.key, "SPLIT")
        if len(source.columns) > 1:
            yield Losing(column, field.key, "COLUMNS_JOINED")
        if field.kind == "date" and (timed := [value for value in values if _has_time(value)]):
            yield Losing(column, field.key, "TIME_OF_DAY", tuple(written(value) for value in timed))
        texts = [parts_of(value, source.split)[FIELDS[source.split].index(field.key)] if source.split else written(value) for value in values]
        if field.kind == "text" and field.max_length and (long := [text for text in texts if len(text) > field.max_length]):
            yield Losing(column, field.key, "CUT", tuple(long))
        yield from _lost_values(source, field, column)


def _has_time(value: object) -> bool:
    if isinstance(value, datetime):
        return (value.hour, value.minute, value.second) != (0, 0, 0)
    return ":" in written(value) and not written(value).endswith(("00:00", "00:00:00"))


def _lost_values(source: Source, field: Field, column: str) -> Iterator[Losing]:
    by_code: dict[str, list[str]] = {}
    for value, code in source.values.items():
        by_code.setdefault(code, []).append(value)
    if dropped := by_code.pop("", None):
        yield Losing(column, field.key, "VALUES_DROPPED", tuple(dropped))
    if joined := [value for values in by_code.values() if len(values) > 1 for value in values]:
        yield Losing(column, field.key, "VALUES_JOINED", tuple(joined))


def _missing(mapping: Mapping, entity: Entity) -> Iterator[Missing]:
    met = {source.field for source in mapping.sources}
    for field in entity.fields:
        if field.key not in met and (field.required or field.essential):
            yield Missing(field.key, "ESSENTIAL" if field.essential else "REQUIRED")
    if entity.one_of and not met.intersection(entity.one_of):
        yield Missing(entity.one_of[0], "ONE_OF")
