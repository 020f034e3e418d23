"""The form of a mapping, without an application: what it says is what the mapping is, and what is wrong stands at its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.imports.mapping.mapping import Mapping, Source
from app.imports.specification.catalogue import Entity, catalogue
from app.imports.workspace.map_form import Sheet, as_fields, read, unknown_values

TODAY = date(2026, 11, 26)
HEADINGS = ("Nro", "Nimi", "Syntynyt", "Kieli", "Osoite", "Osoite 2", "Uskonto")
VALUES = {
    "Nro": ["1", "2"], "Nimi": ["Keksitty, Kaija"], "Syntynyt": ["1/2/1980", "3/4/1990"], "Kieli": ["suomi", "venäjä", "murre"], "Osoite": ["Katu 1"], "Osoite 2": ["A 2"], "Uskonto": ["x"],
}  # fmt: skip
GOOD = {
    "c0": "source_key", "c1": "@comma", "c2": "birth_date", "d2": "day_month", "c3": "mother_tongue", "v3.2": "-", "c4": "street_address", "j4": ", ", "c5": "street_address", "c6": "-",
    "r6": "Laki ei salli", "f.service_language": "sv", "s.service_language": "Kunnan kieli",
}  # fmt: skip


@pytest.fixture
def client(in_app: None) -> Entity:
    return next(entity for entity in catalogue() if entity.key == "client")


def reading(client: Entity, before: Mapping | None = None, **changes: str) -> Any:
    fields = {**GOOD, **{name.replace("_dot_", "."): value for name, value in changes.items()}}
    return read(fields, Sheet(client, HEADINGS, VALUES), before, today=TODAY, artificial=True)


def test_the_fields_say_the_whole_mapping(client: Entity) -> None:
    found = reading(client)
    assert found.broken == ()
    mapping = found.mapping
    assert mapping.source_of("family_name") == Source("family_name", ("Nimi",), split="comma")
    assert mapping.source_of("street_address").columns == ("Osoite", "Osoite 2") and mapping.source_of("street_address").joiner == ", "
    assert mapping.source_of("mother_tongue").values == {"murre": ""}
    assert mapping.source_of("birth_date").date_form == "day_month"
    assert (mapping.source_of("service_language").default, mapping.source_of("service_language").default_source) == ("sv", "Kunnan kieli")
    assert mapping.skipped == {"Uskonto": "Laki ei salli"}


def test_a_mapping_comes_back_from_its_fields_as_it_was(client: Entity) -> None:
    sheet, mapping = Sheet(client, HEADINGS, VALUES), reading(client).mapping
    assert read(as_fields(mapping, sheet), sheet, None, today=TODAY, artificial=True).mapping == mapping


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"c6": "", "r6": ""}, ("c6", "CHOICE")), ({"r6": " "}, ("r6", "REASON")), ({"c6": "family_name"}, ("c6", "TWICE")), ({"c6": "birth_date"}, ("c6", "TWICE")),
        ({"d2": ""}, ("d2", "DATE_FORM")), ({"v3_dot_2": "mölinä"}, ("v3.2", "VALUE")), ({"f_dot_service_language": "zz"}, ("f.service_language", "DEFAULT")),
        ({"s_dot_service_language": ""}, ("s.service_language", "SOURCE")), ({"c6": "no such field", "r6": ""}, ("c6", "CHOICE")), ({"f_dot_relationship_started": "eilen"}, ("f.relationship_started", "DEFAULT")),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(client: Entity, changes: dict[str, str], broken: tuple[str, str]) -> None:
    found = reading(client, **changes)
    assert [(one.name, one.rule) for one in found.broken] == [broken]


def test_one_reason_serves_all_columns_without_their_own(client: Entity) -> None:
    found = reading(client, c5="", c6="-", r6="", rest="Vanhan järjestelmän omaa")
    assert found.broken == () and found.mapping.skipped == {"Osoite 2": "Vanhan järjestelmän omaa", "Uskonto": "Vanhan järjestelmän omaa"}


def test_values_that_this_sheet_does_not_have_are_kept(client: Entity) -> None:
    before = Mapping("client", (Source("mother_tongue", ("Kieli",), values={"ryssä": "ru", "murre": "fi"}),))
    assert reading(client, before).mapping.source_of("mother_tongue").values == {"ryssä": "ru", "murre": ""}


def test_values_that_stand_for_nothing_are_told(client: Entity) -> None:
    sheet = Sheet(client, HEADINGS, VALUES)
    assert list(unknown_values(sheet, reading(client, v3_dot_2="").mapping)) == [("Kieli", "murre")]


def test_nobody_gets_the_same_name_or_key_on_every_row(client: Entity) -> None:
    found = reading(client, f_dot_identity_code="010190-901B", s_dot_identity_code="x")
    assert found.mapping.source_of("identity_code") is None
