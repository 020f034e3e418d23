"""The form of a sheet's mapping: how a mapping stands in its fields, and what the fields say of it. Pure.

Names of fields: `c3` what the column 3 becomes, `r3` why not, `d3` its form of date, `j3` what stands behind it when another
column goes into the same field, `v3.0` the code of its value 0; `f.FIELD` a fixed value and `s.FIELD` where that is from;
`rest` why the columns without a reason of their own are not brought.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping as Dict
from dataclasses import dataclass, field as made, replace
from datetime import date
from typing import Any

from app.imports.mapping import days
from app.imports.mapping.mapping import Mapping, Source
from app.imports.mapping.names import FIELDS
from app.imports.mapping.reading import UnreadableError, value_in
from app.imports.mapping.values import known_code
from app.imports.specification.catalogue import Entity, Field

NOT_BROUGHT, SPLIT, EMPTY = "-", "@", "-"
# A list of more values is written instead of chosen.
CHOSEN_FROM = 60
_LONGEST_REASON = 300
JOINERS = (" ", ", ", "; ", "\n")


@dataclass(frozen=True)
class Sheet:
    """What the form is of: the entity it is mapped to, its headings, and of each the kept values."""

    entity: Entity
    headings: tuple[str, ...]
    values: Dict[str, list[str]]

    def column(self, name: str) -> int | None:
        return self.headings.index(name) if name in self.headings else None


@dataclass(frozen=True)
class Broken:
    """A field of the form and the rule it breaks; `labels.BROKEN` gives that in words."""

    name: str
    rule: str
    about: str = ""


@dataclass(frozen=True)
class Reading:
    """What the fields say: the mapping as far as it holds together, and what does not."""

    mapping: Mapping
    broken: tuple[Broken, ...] = ()


@dataclass
class _Parts:
    sources: dict[str, Source] = made(default_factory=dict)
    skipped: dict[str, str] = made(default_factory=dict)
    broken: list[Broken] = made(default_factory=list)


def is_joinable(field: Field) -> bool:
    """Tell whether several columns can go into a field."""
    return field.kind == "text"


def as_fields(mapping: Mapping, sheet: Sheet) -> dict[str, str]:
    """Give the fields of the form as a mapping fills them; a column that the sheet does not have is left out."""
    found: dict[str, str] = {}
    for source in mapping.sources:
        for name in source.columns:
            number = sheet.column(name)
            if number is None:
                continue
            found[f"c{number}"] = f"{SPLIT}{source.split}" if source.split else source.field
            found[f"d{number}"], found[f"j{number}"] = source.date_form or "", source.joiner
            for at, value in enumerate(sheet.values.get(name, ())):
                if value in source.values:
                    found[f"v{number}.{at}"] = source.values[value] or EMPTY
        if source.default is not None and not source.columns:
            found[f"f.{source.field}"], found[f"s.{source.field}"] = source.default, source.default_source or ""
    for name, reason in mapping.skipped.items():
        if (number := sheet.column(name)) is not None:
            found[f"c{number}"], found[f"r{number}"] = NOT_BROUGHT, reason
    return found


def read(fields: Dict[str, str], sheet: Sheet, before: Mapping | None, *, today: date, artificial: bool) -> Reading:
    """Read the mapping that the fields say; what `before` knew of values that this sheet does not have is kept."""
    parts = _Parts()
    for number, name in enumerate(sheet.headings):
        _column(parts, fields, sheet, number, name)
    for one in sheet.entity.fields:
        _default(parts, fields, one, today, artificial)
    sources = tuple(_with_known(source, before) for source in parts.sources.values())
    return Reading(Mapping(sheet.entity.key, sources, parts.skipped), tuple(parts.broken))


def _text(fields: Dict[str, str], name: str) -> str:
    return fields.get(name, "").replace("\0", "").strip()


def _column(parts: _Parts, fields: Dict[str, str], sheet: Sheet, number: int, name: str) -> None:
    choice = _text(fields, f"c{number}")
    if choice.startswith(SPLIT) and choice[1:] in FIELDS:
        _split(parts, sheet, number, name, choice[1:])
    elif any(one.key == choice for one in sheet.entity.fields):
        _field(parts, fields, sheet, number, name, sheet.entity.field(choice))
    elif reason := (_text(fields, f"r{number}") or _text(fields, "rest"))[:_LONGEST_REASON]:
        parts.skipped[name] = reason
    else:
        parts.broken.append(Broken(f"r{number}", "REASON", name) if choice == NOT_BROUGHT else Broken(f"c{number}", "CHOICE", name))


def _split(parts: _Parts, sheet: Sheet, number: int, name: str, split: str) -> None:
    has = {one.key for one in sheet.entity.fields}
    for key in FIELDS[split]:
        if key in parts.sources or key not in has:
            parts.broken.append(Broken(f"c{number}", "TWICE", name))
        else:
            parts.sources[key] = Source(key, (name,), split=split)


def _field(parts: _Parts, fields: Dict[str, str], sheet: Sheet, number: int, name: str, one: Field) -> None:
    before = parts.sources.get(one.key)
    if before is not None:
        if before.split or not is_joinable(one):
            parts.broken.append(Broken(f"c{number}", "TWICE", name))
        else:
            parts.sources[one.key] = replace(before, columns=(*before.columns, name))
        return
    joiner, form = fields.get(f"j{number}", " "), _text(fields, f"d{number}")
    source = Source(one.key, (name,), joiner=joiner if joiner in JOINERS else " ", date_form=form if one.kind == "date" and form in days.FORMS else None)
    if one.kind == "date" and source.date_form is None and days.guess(sheet.values.get(name, ())).is_ambiguous:
        parts.broken.append(Broken(f"d{number}", "DATE_FORM", name))
    if one.code_list:
        source = replace(source, values=_values(parts, fields, sheet, number, name, one.code_list))
    parts.sources[one.key] = source


def _values(parts: _Parts, fields: Dict[str, str], sheet: Sheet, number: int, name: str, code_list: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for at, value in enumerate(sheet.values.get(name, ())):
        text = _text(fields, f"v{number}.{at}")
        if text == EMPTY:
            found[value] = ""
        elif text and (known := known_code(code_list, text)):
            found[value] = known[0]
        elif text:
            parts.broken.append(Broken(f"v{number}.{at}", "VALUE", value))
    return found


def _default(parts: _Parts, fields: Dict[str, str], one: Field, today: date, artificial: bool) -> None:
    text, origin = _text(fields, f"f.{one.key}"), _text(fields, f"s.{one.key}")
    if not text or one.key in parts.sources or not may_be_fixed(one):
        return
    try:
        found = value_in(one, text, Source(one.key, default=text, default_source="-"), today=today, artificial=artificial)
    except UnreadableError:
        parts.broken.append(Broken(f"f.{one.key}", "DEFAULT"))
        return
    if not origin:
        parts.broken.append(Broken(f"s.{one.key}", "SOURCE"))
        return
    parts.sources[one.key] = Source(one.key, default=str(found) if one.code_list or one.kind == "date" else text, default_source=origin[:_LONGEST_REASON])


def may_be_fixed(one: Field) -> bool:
    """Tell whether the same value for every row has a meaning: a key, or what names a person, has none."""
    return one.kind not in ("reference", "identity_code") and one.key not in ("source_key", "family_name", "given_names", "birth_date")


def _with_known(source: Source, before: Mapping | None) -> Source:
    earlier = before.source_of(source.field) if before else None
    return replace(source, values={**earlier.values, **source.values}) if earlier and earlier.values else source


def unknown_values(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Give (column, value) of what stands for no code yet: such rows stop."""
    for source in mapping.sources:
        code_list: Any = sheet.entity.field(source.field).code_list
        for name in source.columns if code_list else ():
            yield from ((name, value) for value in sheet.values.get(name, ()) if value not in source.values and not known_code(code_list, value))
