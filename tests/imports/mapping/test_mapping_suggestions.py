"""Sheets of old systems, as they come: headings in two languages, old words, values of every shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from app.imports.mapping.compatibility import law_of, report
from app.imports.mapping.mapping import Mapping, MappingError, Source
from app.imports.mapping.suggest import EntityGuess, mapping_of, suggest_entity
from app.imports.mapping.texts import CURES, LACKS, LAW, LOSSES, REASONS, in_words
from app.imports.mapping.values import guess_code
from app.imports.mapping.vocabulary import Vocabulary
from app.imports.specification.rules import TEXTS

FINNISH: dict[str, Sequence[object]] = {
    "Asiakasnumero": ["1001", "1002"], "HETU": ["140590-901B", "140590-902C"], "Sukunimi, etunimi": ["Esimerkki, Elli", "Malli, Mika"],
    "SP": ["N", "M"], "Kansalaisuus": ["Ukraina", "Syyria"], "Äidinkieli": ["ukraina", "arabia"], "Katu": ["Koivutie", "Mäntytie"], "Talonumero": ["1", "2"],
    "Postiosoite": ["00100 Helsinki", "01300 Vantaa"], "Kotikunta": ["91", "92"], "Maahantulopäivä": ["1.2.2024", "15.3.2024"], "Uskonto": ["x", "y"],
    "Yhteys": ["elli@example.org", "mika@example.org"], "Asiakkuus alkoi": ["1/2/2024", "3/4/2024"],
}  # fmt: skip


def best(vocabulary: Vocabulary, columns: dict[str, Any], **more: Any) -> EntityGuess:
    return suggest_entity([*columns], columns, vocabulary, **more)[0]


def fields(guess: EntityGuess) -> dict[str, str | None]:
    return {column.column: column.field for column in guess.columns}


def test_a_finnish_sheet_of_clients(vocabulary: Vocabulary) -> None:
    guess = best(vocabulary, FINNISH)
    assert guess.entity == "client"
    assert fields(guess) == {
        "Asiakasnumero": "source_key", "HETU": "identity_code", "Sukunimi, etunimi": "family_name", "SP": "gender", "Kansalaisuus": "citizenship",
        "Äidinkieli": "mother_tongue", "Katu": "street_address", "Talonumero": "street_address", "Postiosoite": "postal_code",
        "Kotikunta": "home_municipality_id", "Maahantulopäivä": "arrival_date", "Uskonto": None, "Yhteys": "email", "Asiakkuus alkoi": "relationship_started",
    }  # fmt: skip
    by_column = {column.column: column for column in guess.columns}
    assert {reason.key for reason in by_column["HETU"].reasons} == {"NAME_SYNONYM", "VALUES_FIT"}
    assert [reason.key for reason in by_column["Yhteys"].reasons] == ["VALUES_SHAPE"]
    assert by_column["Sukunimi, etunimi"].split == "comma" and by_column["Postiosoite"].split == "postal"
    assert by_column["Maahantulopäivä"].date_forms == ("dotted",) and by_column["Asiakkuus alkoi"].date_forms == ("day_month", "month_day")
    assert [(value.value, value.code) for value in by_column["SP"].values] == [("N", "2"), ("M", "1")]
    mapping = mapping_of(guess)
    assert mapping.source_of("street_address") == Source("street_address", ("Katu", "Talonumero"))
    assert mapping.source_of("given_names") == Source("given_names", ("Sukunimi, etunimi",), split="comma")
    started = mapping.source_of("relationship_started")
    assert started and started.date_form is None


@pytest.mark.parametrize(
    ("sheet", "columns", "entity", "expected"),
    [
        ("Alkukartoitukset", {"ID": ["1"], "Asiakas ID": ["7"], "Alkukartoitus aloitettu": ["1.3.2015"], "Alkukartoitus tehty": ["1.4.2015"], "Kieli": ["arabia"]},
         "assessment", {"Asiakas ID": "client_id", "Alkukartoitus aloitettu": "started_on", "Alkukartoitus tehty": "completed_on"}),
        ("Kotoutumissuunnitelmat", {"Tunniste": ["1"], "Asiakas ID": ["7"], "Suunnitelma laadittu": ["1.3.2015"], "Voimassa alkaen": ["1.3.2015"], "Suunnitelma päättyy": ["1.3.2016"]},
         "integration_plan", {"Suunnitelma laadittu": "drawn_up_date", "Voimassa alkaen": "valid_from", "Suunnitelma päättyy": "valid_to"}),
        ("Uppehållstillstånd", {"Kund ID": ["7"], "Grund för uppehållstillstånd": ["asyl"], "Beslutsdatum": ["2019-01-02"], "Första tillståndet": ["ja"]},
         "residence_basis", {"Kund ID": "client_id", "Grund för uppehållstillstånd": "ground", "Beslutsdatum": "granted_date", "Första tillståndet": "is_first"}),
        ("", {"Personnummer": ["140590-901B"], "Släktnamn": ["Exempel"], "Förnamn": ["Elli"], "Född": ["19900514"], "Modersmål": ["ukrainska"], "Tolkbehov": ["ja"]},
         "client", {"Personnummer": "identity_code", "Släktnamn": "family_name", "Förnamn": "given_names", "Född": "birth_date", "Tolkbehov": "interpreter_needed"}),
        ("Persons", {"SSN": ["140590-901B"], "Last name": ["Example"], "First name": ["Elli"], "DOB": ["1990-05-14"], "Nationality": ["Ukraine"]},
         "client", {"SSN": "identity_code", "Last name": "family_name", "First name": "given_names", "DOB": "birth_date", "Nationality": "citizenship"}),
        ("Toimenpiteet", {"ID": ["1"], "Suunnitelma ID": ["4"], "Toimenpide": ["työharjoittelu"], "Perustelu": ["x"]},
         "planned_service", {"Suunnitelma ID": "plan_id", "Toimenpide": "service_type", "Perustelu": "justification"}),
    ],
)  # fmt: skip
def test_sheets_of_old_systems_are_known(vocabulary: Vocabulary, sheet: str, columns: dict[str, Any], entity: str, expected: dict[str, str]) -> None:
    guess = best(vocabulary, columns, sheet=sheet)
    assert guess.entity == entity
    assert expected.items() <= fields(guess).items()


def test_values_of_another_kind_are_told_and_lower_the_score(vocabulary: Vocabulary) -> None:
    good = best(vocabulary, {**FINNISH, "Syntymäaika": ["14.5.1990"]}).columns[-1]
    bad = best(vocabulary, {**FINNISH, "Syntymäaika": ["Kiova"]}).columns[-1]
    assert good.field == bad.field == "birth_date" and bad.score < good.score
    assert bad.reasons[-1].key == "VALUES_MISFIT"


def test_an_earlier_mapping_is_followed(vocabulary: Vocabulary) -> None:
    columns = {**FINNISH, "Kenttä17": ["14.5.1990", "3.2.1988"]}
    assert fields(best(vocabulary, columns))["Kenttä17"] is None
    before = Mapping("client", (Source("birth_date", ("KENTTA17",)),), product="Kotopari 3")
    guess = best(vocabulary, columns, earlier=[before])
    assert guess.columns[-1].field == "birth_date" and guess.columns[-1].reasons[0].about == "Kotopari 3"
    elsewhere = Mapping("note", (Source("entry_date", ("KENTTA17",)),))
    assert fields(best(vocabulary, columns, earlier=[elsewhere]))["Kenttä17"] is None


@pytest.mark.parametrize(
    ("name", "value", "code", "why"),
    [
        ("GENDER", "Nainen", "2", "LABEL"), ("GENDER", "kvinna", "2", "LABEL"), ("GENDER", "K", "2", "OLD_TERM"), ("GENDER", "female", "2", "LABEL"),
        ("SERVICE_TYPE", "Kotokoulutus", "INT_TRAINING", "OLD_TERM"), ("SERVICE_TYPE", "kotoutumis-koulutus", "INT_TRAINING", "ALIKE"),
        ("MUNICIPALITY", "91", "091", "CODE"), ("MUNICIPALITY", "Borgå", "638", "LABEL"), ("COUNTRY", "ua", "UA", "CODE"), ("COUNTRY", "Ukraina", "UA", "LABEL"),
        ("PERMIT_TYPE", "jatkuva (A)", "A", "LABEL"), ("RESIDENCE_GROUND", "kvotflykting", "P90", "OLD_TERM"), ("GENDER", "zebra", None, None),
        ("CEFR", "B1.1", "B1.1", "CODE"), ("MUNICIPALITY", 92.0, "092", "CODE"),
    ],
)  # fmt: skip
def test_values_become_codes(name: str, value: object, code: str | None, why: str | None) -> None:
    found = guess_code(name, value)
    assert (found.code, found.why) == (code, why)
    # What is only alike waits for a person.
    assert (found.score == 1.0) == (why not in (None, "ALIKE"))


def test_the_report_tells_what_fits_loses_has_no_place_and_is_missing(vocabulary: Vocabulary) -> None:
    columns = {**FINNISH, "Diagnoosi": ["F32"], "Muokattu": ["1.1.2020"], "Lempiväri": ["sininen"], "Puhelin": ["0" * 41], "Saapunut": ["2024-01-01 12:30"]}
    made = mapping_of(best(vocabulary, columns))
    sources = [source for source in made.sources if source.field not in ("gender", "arrival_date")]
    mapping = Mapping(
        "client", (*sources, Source("gender", ("SP",), values={"N": "2", "nainen": "2", "?": ""}), Source("arrival_date", ("Saapunut",))),
        skipped={"Uskonto": "laki ei salli"},
    )  # fmt: skip
    found = report(mapping, vocabulary.entity("client"), [*columns], columns)
    assert {line.column: line.law for line in found.no_place} == {
        "Uskonto": "none", "Diagnoosi": "health", "Muokattu": "system", "Lempiväri": "unknown", "Maahantulopäivä": "unknown",
    }  # fmt: skip
    assert next(line for line in found.no_place if line.column == "Uskonto").reason == "laki ei salli"
    losses = {(line.column, line.loss) for line in found.loses}
    assert losses == {
        ("Puhelin", "CUT"), ("Saapunut", "TIME_OF_DAY"), ("SP", "VALUES_JOINED"), ("SP", "VALUES_DROPPED"), ("Katu", "COLUMNS_JOINED"), ("Talonumero", "COLUMNS_JOINED"),
        ("Sukunimi, etunimi", "SPLIT"), ("Postiosoite", "SPLIT"),
    }  # fmt: skip
    assert {(line.field, line.lack) for line in found.missing} == {("birth_date", "REQUIRED"), ("service_language", "REQUIRED")}
    assert {line.column for line in found.fits} == {"Asiakasnumero", "HETU", "Kansalaisuus", "Äidinkieli", "Kotikunta", "Yhteys", "Asiakkuus alkoi"}
    plan = report(Mapping("integration_plan", (Source("status", ("Tila",)),)), vocabulary.entity("integration_plan"), ["Tila"], {})
    assert ("drawn_up_date", "ESSENTIAL") in {(line.field, line.lack) for line in plan.missing}
    none = report(Mapping("client", (Source("gender", ("SP",)),)), vocabulary.entity("client"), ["SP"], {})
    assert ("identity_code", "ONE_OF") in {(line.field, line.lack) for line in none.missing}
    assert law_of("Terveydentila (diagnoosi)") == "health" and law_of("Lisätieto") == "unknown"


def test_a_mapping_is_kept_as_json_and_holds_together() -> None:
    mapping = Mapping("client", (Source("gender", ("SP",), values={"N": "2"}), Source("service_language", default="fi", default_source="kunnan päätös")), {"X": "tyhjä"}, "1.0+a", "Kotopari", 3)
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert mapping.columns == {"SP"}
    for broken in ("[]", "{}", '{"format": 2}', "{", '{"format": 1, "entity": "client", "sources": [], "colour": 1}', "1"):
        with pytest.raises(MappingError):
            Mapping.from_json(broken)
    with pytest.raises(MappingError, match="recorded source"):
        Source("service_language", default="fi", default_source=" ")
    with pytest.raises(MappingError, match="neither"):
        Source("gender")
    with pytest.raises(MappingError, match="two sources"):
        Mapping("client", (Source("gender", ("A",)), Source("gender", ("B",))))
    with pytest.raises(MappingError, match="reason"):
        Mapping("client", (), {"X": " "})


def test_every_reason_and_cure_has_its_words() -> None:
    assert CURES.keys() == TEXTS.keys()
    assert {"none", "health", "system", "unknown"} == LAW.keys() and len(LOSSES) == 6 and len(LACKS) == 3
    assert in_words(REASONS, "EARLIER", "Kotopari 3").endswith(": Kotopari 3.")
