"""The catalogue of the reasons: nothing is missing, nothing is left over, both languages fill the same places."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.codes.lists import label
from app.deadlines.compute import compute
from app.deadlines.facts import Facts, Settings, event_types
from app.deadlines.numbers import DATA, Kind, Unit, numbers
from app.deadlines.texts import catalogue
from app.deadlines.working_days import days_off
from tests.support.day_by_day import event

KINDS_OF_WORKER = {"CASEWORKER_MUNICIPALITY", "CASEWORKER_EMPLOYMENT"}


def test_every_word_has_its_text_and_no_text_is_left_over() -> None:
    texts = catalogue()
    assert set(texts["events"]) == event_types() | {"BIRTH"}
    assert set(texts["owners"]) == {row.owner for row in numbers()} - {"NOBODY", "CASEWORKER"} | KINDS_OF_WORKER
    assert set(texts["days"]) == {*days_off(2026).values(), "SATURDAY", "SUNDAY"}
    assert set(texts["units"]) == {f"{unit}_{form}" for unit in Unit for form in ("one", "many")}
    source = "".join(path.read_text(encoding="utf-8") for path in DATA.parent.glob("*.py"))
    assert [key for key in texts["sentences"] if f'"{key}"' not in source] == []


@pytest.mark.parametrize("group", ["sentences", "events", "owners", "days", "units"])
def test_both_languages_fill_the_same_places(group: str) -> None:
    for key, text in catalogue()[group].items():
        assert set(text) == {"fi", "sv"} and all(text.values()), key
        places = {language: sorted(re.findall(r"\{\w+\}", text[language])) for language in text}
        assert places["fi"] == places["sv"], key


def test_every_rule_says_what_it_is_about() -> None:
    assert [row.rule for row in numbers() if row.kind is not Kind.NUMBER and not (row.what_fi and row.what_sv)] == []


def test_the_reason_of_the_worked_example_reads_well() -> None:
    found = compute(Facts(), [event("PLAN_DRAWN_UP", "2026-01-15")], Settings(), date(2026, 2, 18))
    [referral] = [one for one in found if one.rule == "R06"]
    assert referral.why["fi"] == (
        "Alkaa 15.1.2026: kotoutumissuunnitelma laadittu. Määräaika on 1 kuukausi (ohjaaminen sovittuun koulutukseen tai palveluun); "
        "tapahtumapäivää ei lasketa, joten se päättyy 15.2.2026 (laki 150/1930 2–3 §). Päivä 15.2.2026 on sunnuntai, joten toimen voi tehdä "
        "vielä seuraavana arkipäivänä 16.2.2026 (laki 150/1930 5 §). Ei vielä tehty, 2 päivää myöhässä. Sääntö R06, 681/2023 20 § 5 mom., "
        "voimassa 1.1.2025 alkaen. Vastuussa: kunnan asiakastyöntekijä."
    )
    assert referral.why["sv"] == (
        "Börjar 15.1.2026: integrationsplan utarbetad. Tidsfristen är 1 månad (hänvisning till avtalad utbildning eller service); dagen för "
        "händelsen räknas inte, så den går ut 15.2.2026 (lag 150/1930 2–3 §). Den 15.2.2026 är en söndag, så åtgärden får ännu vidtas följande "
        "vardag 16.2.2026 (lag 150/1930 5 §). Ännu inte utfört, 2 dagar försenat. Regel R06, 681/2023 20 § 5 mom., gäller från och med 1.1.2025. "
        "Ansvarig: kommunens handläggare."
    )


def test_an_extension_names_its_ground_in_the_readers_language() -> None:
    found = compute(Facts(), [event("PLAN_DRAWN_UP", "2026-01-15"), event("PLAN_EXTENDED", "2027-12-01", ground="LOW_EDU")], Settings(), date(2028, 1, 1))
    [extended] = [one for one in found if one.rule == "R10"]
    for language in ("fi", "sv"):
        assert label("EXTENSION_GROUND", "LOW_EDU", language) in extended.why[language]
    assert label("EXTENSION_GROUND", "LOW_EDU", "fi") != label("EXTENSION_GROUND", "LOW_EDU", "sv")


def test_a_rule_of_the_older_act_tells_until_when_it_holds() -> None:
    found = compute(Facts(), [event("PLAN_DRAWN_UP", "2024-03-05")], Settings(), date(2026, 6, 1))
    [older] = [one for one in found if one.rule == "R30"]
    assert "Sääntö R30, 681/2023 102 § 2 mom.; 1386/2010 12 §, koskee viimeistään 31.12.2024 alkaneita tapauksia." in older.why["fi"]
    assert "Regel R30, 681/2023 102 § 2 mom.; 1386/2010 12 §, gäller fall som börjat senast 31.12.2024." in older.why["sv"]
