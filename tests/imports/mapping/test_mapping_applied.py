"""A row becomes a record and findings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.imports.mapping import days
from app.imports.mapping.applying import apply
from app.imports.mapping.mapping import Mapping, Source
from app.imports.mapping.names import parts_of, split_of_name
from app.imports.mapping.truths import truth
from app.imports.specification.catalogue import catalogue

TODAY = date(2026, 6, 1)
BY_KEY = {entity.key: entity for entity in catalogue()}


def applied(entity: str, sources: tuple[Source, ...], row: dict[str, Any], *, today: date = TODAY, artificial: bool = True) -> Any:
    return apply(Mapping(entity, sources), BY_KEY[entity], row, today=today, artificial=artificial)


def rules_of(found: Any, field: str) -> list[tuple[str, str]]:
    return [(finding.reason, finding.tier) for finding in found.findings if finding.field == field]


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        (["1.2.2024", "31.12.2024"], ("dotted",)), (["2024-02-01"], ("iso",)), (["2024-02-01T10:00:00Z", "2024-02-01"], ("iso",)), (["20240201"], ("compact",)),
        (["45292", "45300"], ("serial",)), (["25/12/2024", "01/02/2024"], ("day_month",)), (["12/25/2024", "01/02/2024"], ("month_day",)),
        (["01/02/2024", "03/04/2024"], ("day_month", "month_day")), (["04/04/2024"], ("day_month",)), (["kesä"], ()), ([], ()), ([45292.0], ("serial",)),
        (["1.2.2024 klo 9.30", ""], ("dotted",)),
    ],
)  # fmt: skip
def test_the_form_of_days_is_found_or_told_to_be_unsure(values: list[object], forms: tuple[str, ...]) -> None:
    assert days.guess(values).forms == forms


def test_days_are_read_in_their_form() -> None:
    assert days.day_in("45292", "serial") == date(2024, 1, 1) == days.day_in("01/01/2024", "month_day")
    assert days.day_in("31.2.2024", "dotted") is None and days.day_in("31/12/2024", "month_day") is None
    assert days.day_in(datetime(2024, 5, 6, 7), "dotted") == date(2024, 5, 6)


@pytest.mark.parametrize(("value", "read"), [("Kyllä", True), ("nej", False), ("K", True), ("x", True), (1.0, True), ("0", False), ("ehkä", None), (False, False)])
def test_yes_and_no_in_three_languages(value: object, read: bool | None) -> None:
    assert truth(value) is read


@pytest.mark.parametrize(
    ("value", "split", "parts"),
    [
        ("Esimerkki, Elli Maria", "comma", ("Esimerkki", "Elli Maria")), ("Esimerkki Elli Maria", "family_first", ("Esimerkki", "Elli Maria")),
        ("Elli Maria Esimerkki", "given_first", ("Elli Maria", "Esimerkki")), ("Elli", "family_first", ("Elli", "")), ("Esimerkki, Elli", "given_first", ("Elli", "Esimerkki")),
        ("00100 Helsinki", "postal", ("00100", "Helsinki")), ("FI-01300 Vantaa", "postal", ("01300", "Vantaa")), ("Helsinki", "postal", ("", "Helsinki")),
    ],
)  # fmt: skip
def test_two_fields_in_one_column_are_told_apart(value: str, split: str, parts: tuple[str, str]) -> None:
    assert parts_of(value, split) == parts


@pytest.mark.parametrize(
    ("heading", "values", "found"),
    [
        ("Nimi", ["Esimerkki, Elli"], ("comma", True)), ("Sukunimi Etunimi", ["Esimerkki Elli"], ("family_first", True)),
        ("Förnamn och efternamn", ["Elli Exempel"], ("given_first", True)), ("Nimi", ["Elli Esimerkki"], ("family_first", False)),
    ],
)  # fmt: skip
def test_the_order_of_names_is_never_guessed_in_silence(heading: str, values: list[object], found: tuple[str, bool]) -> None:
    assert split_of_name(heading, values) == found


def test_split_joined_and_defaulted_fields() -> None:
    sources = (
        Source("source_key", ("ID",)), Source("family_name", ("Nimi",), split="comma"), Source("given_names", ("Nimi",), split="comma"),
        Source("street_address", ("Katu", "Nro")), Source("service_language", ("Kieli",), default="fi", default_source="kunnan päätös 1.3.2026"),
        Source("gender", ("SP",), values={"tyttö": "2", "?": ""}),
    )  # fmt: skip
    row = {"ID": 17.0, "Nimi": " Esimerkki,  Elli ", "Katu": "Koivutie", "Nro": 5, "Kieli": "", "SP": "tyttö"}
    record = applied("client", sources, row).record
    assert record == {"source_key": "17", "family_name": "Esimerkki", "given_names": "Elli", "street_address": "Koivutie 5", "service_language": "fi", "gender": "2"}
    again = applied("client", sources, {**row, "Kieli": "ruotsi", "SP": "?", "Nro": None})
    assert again.record["service_language"] == "sv" and again.record["street_address"] == "Koivutie" and "gender" not in again.record
    assert not rules_of(again, "gender")


BAD: tuple[tuple[str, object, str, str], ...] = (
    ("birth_date", "31.2.1990", "BAD_DATE", "stop-row"), ("birth_date", "01/02/1990", "AMBIGUOUS_DATE", "stop-file"), ("gender", "zebra", "UNKNOWN_CODE", "stop-row"),
    ("identity_code", "140590-901C", "BAD_IDENTITY_CODE", "stop-row"), ("interpreter_needed", "ehkä", "BAD_BOOLEAN", "stop-row"), ("family_name", "x" * 81, "TOO_LONG", "stop-row"),
    ("family_name", "", "REQUIRED", "stop-row"), ("source_key", "", "SOURCE_KEY_MISSING", "stop-row"), ("source_key", "EXAMPLE-client", "EXAMPLE_ROW", "warning"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "value", "rule", "tier"), BAD)
def test_a_bad_cell_is_told_with_its_column_and_value(field: str, value: object, rule: str, tier: str) -> None:
    found = applied("client", (Source(field, ("Sarake",)),), {"Sarake": value})
    assert (rule, tier) in rules_of(found, field)
    finding = next(finding for finding in found.findings if finding.reason == rule)
    assert (finding.column, finding.value) == ("Sarake", str(value))
    assert (field in found.record) == (rule == "EXAMPLE_ROW")
    # One cell is told of once.
    assert len(rules_of(found, field)) == 1


def test_numbers_are_read_exactly_or_not_at_all() -> None:
    source = (Source("hours_planned", ("T",)),)
    assert [applied("service_hours", source, {"T": text}).record.get("hours_planned") for text in ("20,5", "1 020.25", 7.5, "20,555", "viisi", "1e999999")] == [
        Decimal("20.50"), Decimal("1020.25"), Decimal("7.50"), None, None, None,
    ]  # fmt: skip
    assert applied("education_record", (Source("end_year", ("V",)),), {"V": 2015.0}).record == {"end_year": 2015}


def test_a_chosen_form_of_days_is_followed() -> None:
    for form, day in (("day_month", date(1990, 2, 1)), ("month_day", date(1990, 1, 2))):
        assert applied("client", (Source("birth_date", ("S",), date_form=form),), {"S": "01/02/1990"}).record == {"birth_date": day}
    assert rules_of(applied("client", (Source("birth_date", ("S",), date_form="iso"),), {"S": "1.2.1990"}), "birth_date") == [("BAD_DATE", "stop-row")]


def test_identity_and_essential_days() -> None:
    sources = (Source("identity_code", ("H",)), Source("birth_date", ("S",)))
    assert ("BIRTH_DATE_DIFFERS", "warning") in rules_of(applied("client", sources, {"H": "140590-901B", "S": "15.5.1990"}), "birth_date")
    assert not rules_of(applied("client", sources, {"H": "140590-901b", "S": "14.5.1990"}), "birth_date")
    assert rules_of(applied("client", sources, {"H": "140590-901B", "S": "14.5.1990"}, artificial=False), "identity_code") == [("BAD_IDENTITY_CODE", "stop-row")]
    assert rules_of(applied("client", sources, {"H": "", "S": "14.5.1990"}), "identity_code") == [("ONE_OF", "stop-row")]
    assert ("FIRST_PERMIT_MISSING", "warning") in rules_of(applied("residence_basis", (Source("kind", ("L",)),), {"L": "PERMIT"}), "granted_date")
    assert ("FIRST_PLAN_MISSING", "warning") in rules_of(applied("integration_plan", (Source("status", ("T",)),), {"T": "ENDED"}), "drawn_up_date")


@pytest.mark.parametrize(("text", "key", "found"), [("31.12.2024", "", []), ("1.1.2025", "", [("PLAN_WITHOUT_ASSESSMENT", "stop-row")]), ("1.1.2025", "7", [])])
def test_only_a_plan_of_the_older_act_comes_without_an_assessment(text: str, key: str, found: list[Any]) -> None:
    sources = (Source("drawn_up_date", ("P",)), Source("assessment_id", ("A",)))
    assert rules_of(applied("integration_plan", sources, {"P": text, "A": key}), "assessment_id") == found


def test_a_new_rule_is_first_told_in_shadow() -> None:
    def tiers(day: date) -> list[tuple[str, str]]:
        return rules_of(applied("planned_service", (Source("service_type", ("P",)),), {"P": "OTHER"}, today=day), "justification")

    assert tiers(date(2026, 11, 30)) == []
    assert tiers(date(2026, 12, 1)) == [("SERVICE_WITHOUT_JUSTIFICATION", "shadow")]
    assert tiers(date(2027, 3, 1)) == [("SERVICE_WITHOUT_JUSTIFICATION", "stop-row")]


def test_a_row_without_faults_is_good_and_one_with_a_warning_too() -> None:
    row = {"source_key": "1", "client_id": "7", "kind": "OTHER", "entry_date": "1.2.2024", "content": "x"}
    sources = tuple(Source(key, (key,)) for key in row)
    assert applied("note", sources, row).is_good and applied("note", sources, {**row, "source_key": "EXAMPLE-1"}).is_good
    assert not applied("note", sources, {**row, "kind": "?"}).is_good
