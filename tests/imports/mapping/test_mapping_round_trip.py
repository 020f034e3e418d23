"""Whatever is written in the template's shape comes back as it was: suggest, map, apply."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask_babel import force_locale, gettext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.imports.mapping.applying import apply
from app.imports.mapping.mapping import Mapping
from app.imports.mapping.suggest import mapping_of, suggest_entity
from app.imports.mapping.vocabulary import Vocabulary
from app.imports.specification.catalogue import Entity, Field, catalogue
from app.imports.specification.codes import shown_values, values_of
from app.imports.specification.csv_files import plain
from app.imports.specification.examples import identity_code
from app.imports.specification.texts import headings

BY_KEY = {entity.key: entity for entity in catalogue()}
TODAY = date(2026, 6, 1)
_DAYS = st.integers(0, 36_000).map(lambda days: date(1925, 1, 1) + timedelta(days))
# What a person types in one cell: no control characters, no white space at the ends, and not the mark of an example.
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=30)


def value(field: Field) -> st.SearchStrategy[Any]:
    if field.code_list:
        return st.sampled_from([value.code for value in values_of(field.code_list)])
    return {
        "date": _DAYS, "boolean": st.booleans(), "integer": st.integers(-10_000, 10_000),
        "decimal": st.decimals(0, 9999, places=field.places or 0, allow_nan=False, allow_infinity=False),
        "identity_code": st.builds(identity_code, _DAYS.filter(lambda day: day <= TODAY), st.integers(900, 999)),
    }.get(field.kind, _TEXT.map(lambda text: text[: field.max_length]))  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    # The key alone: an entity is long to print.
    entity = BY_KEY[draw(st.sampled_from([*BY_KEY]))]
    record = {field.key: draw(value(field)) for field in entity.fields if field.required or draw(st.booleans())}
    if entity.one_of and not record.keys() & set(entity.one_of):
        record[entity.one_of[1]] = draw(value(entity.field(entity.one_of[1])))
    return entity.key, record


def as_workbook(entity: Entity, record: dict[str, Any], language: str) -> dict[str, Any]:
    """Write a record as a person fills the template in: words of lists, yes and no, days and numbers as a workbook keeps them."""
    with force_locale(language):
        heads = {field.key: f"{headings(entity)[field.key]} *" if field.required else headings(entity)[field.key] for field in entity.fields}
        cells: dict[str, Any] = {}
        for field in entity.fields:
            found = record.get(field.key, "")
            if field.code_list and found != "":
                found = shown_values(field.code_list, language)[found]
            elif isinstance(found, bool):
                found = gettext("Yes") if found else gettext("No")
            elif isinstance(found, Decimal | int):
                found = float(found)
            cells[heads[field.key]] = found
    return cells


def brought(vocabulary: Vocabulary, row: dict[str, Any]) -> tuple[str, Any]:
    best = suggest_entity([*row], {column: [cell] for column, cell in row.items()}, vocabulary)[0]
    mapping = Mapping.from_json(mapping_of(best).to_json())
    return best.entity, apply(mapping, vocabulary.entity(best.entity), row, today=TODAY, artificial=True)


ROUNDS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("language", ["fi", "sv"])
@ROUNDS
@given(made=records())
def test_a_row_of_the_workbook_comes_back(vocabulary: Vocabulary, language: str, made: tuple[str, dict[str, Any]]) -> None:
    entity, record = BY_KEY[made[0]], made[1]
    assert (found := brought(vocabulary, as_workbook(entity, record, language)))[0] == entity.key
    assert found[1].record == record
    assert not [finding for finding in found[1].findings if finding.stops]


@ROUNDS
@given(made=records())
def test_a_row_of_the_csv_comes_back(vocabulary: Vocabulary, made: tuple[str, dict[str, Any]]) -> None:
    entity, record = BY_KEY[made[0]], made[1]
    assert (found := brought(vocabulary, {field.key: plain(record.get(field.key)) for field in entity.fields}))[0] == entity.key
    assert found[1].record == record
    assert not [finding for finding in found[1].findings if finding.stops]
