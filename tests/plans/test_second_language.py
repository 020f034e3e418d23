"""A second language beside the first: complete, marked as what it is, and drawn with letters that join."""

from __future__ import annotations

import logging
from collections import Counter

import pytest
from flask import Flask

from app.codes.lists import values
from app.core.pdf import tagged_pdf
from app.db.base import Model
from app.plans import second_language
from app.plans.labels import GOAL, PAPER, PLAN, SERVICE
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.plans.second_language import choices, direction, languages, name_of, second_code, second_text
from app.web.display import column_info
from tests.support.app import Browser
from tests.support.pdf import Pdf, squeezed
from tests.support.plans import draft_plan, key_in_force

FOREIGN = ("ar", "fa", "ru", "so", "uk")
TITLES = {"ar": "خطة الاندماج", "fa": "برنامه ادغام", "ru": "План интеграции", "so": "Qorshaha is-dhexgalka", "uk": "План інтеграції", "en": "Integration plan", "sv": "Integrationsplan"}  # fmt: skip


def opened(app: Flask, key: str, second: str, user: str = "aino") -> Pdf:
    return Pdf(Browser(app).sign_in(user).get(f"/plans/pdf/{key}?second={second}").data)


def wanted_keys() -> set[str]:
    """Give the key of everything that a plan can show in a second language."""
    tables: list[tuple[str, type[Model], dict[str, object]]] = [("plan", IntegrationPlan, PLAN), ("goal", Goal, GOAL), ("service", PlannedService, SERVICE)]
    labels = {f"{kind}.{name}" for kind, _model, names in tables for name in names} - {"goal.goal_type", "service.service_type"}
    lists = {str(column_info(model, name)["codes"]) for _kind, model, names in tables for name in names if "codes" in column_info(model, name)}
    assert len(lists) == 7
    return labels | {f"paper.{name}" for name in PAPER} | {"client.birth_date"} | {f"{name}.{value.code}" for name in lists for value in values(name)}


@pytest.mark.parametrize("language", FOREIGN)
def test_each_text_has_its_label_and_none_is_called_confirmed(language: str) -> None:
    rows = [row for row in second_language._rows() if row["language"] == language]
    assert Counter(row["key"] for row in rows) == Counter(wanted_keys())
    assert all(row["text"].strip() == row["text"] != "" for row in rows)
    assert {row["state"] for row in rows} == {"unconfirmed"}


def test_the_file_holds_no_other_language() -> None:
    assert languages() == ("fi", "sv", "en", *FOREIGN)
    assert [code for code, _name in choices("sv")] == ["fi", "en", *FOREIGN]
    assert (name_of("ar"), name_of("uk"), direction("fa"), direction("so")) == ("العربية", "Українська", "rtl", "ltr")


def test_languages_and_countries_come_from_cldr() -> None:
    assert (second_code("ru", "LANGUAGE", "so"), second_code("ar", "COUNTRY", "FI")) == ("сомали", "فنلندا")
    assert second_code("ru", "LANGUAGE", "no-such") == second_code("ru", "GOAL_TYPE", "NO_SUCH") == second_text("ru", "no.such", "x") == ""


@pytest.mark.parametrize("second", TITLES)
def test_headings_labels_and_choices_stand_beside_the_first(sqlite_app: Flask, second: str, caplog: pytest.LogCaptureFixture) -> None:
    key = draft_plan(sqlite_app)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = opened(sqlite_app, key, second)
    assert [record.message for record in caplog.records if record.name == "weasyprint"] == []
    assert squeezed(f"Kotoutumissuunnitelma {TITLES[second]}") in pdf.text
    with sqlite_app.test_request_context():
        for text in (second_text(second, "plan.valid_from", PLAN["valid_from"]), second_code(second, "GOAL_TYPE", "LANGUAGE"),
                     second_code(second, "SERVICE_TYPE", "INT_TRAINING"), second_text(second, "paper.signatures", PAPER["signatures"])):  # fmt: skip
            assert squeezed(text) in pdf.text, text
    assert pdf.root["/Lang"] == "fi"
    marked = [element for element in pdf.elements() if element.language == second]
    assert len(marked) > 60


@pytest.mark.parametrize("second", ["ar", "fa"])
def test_right_to_left_letters_join_and_lines_end_at_the_right(sqlite_app: Flask, second: str) -> None:
    pdf = opened(sqlite_app, key_in_force(sqlite_app), second)
    assert pdf.forms_of("ل") > 1 and pdf.forms_of("م") > 1
    edges: dict[str, float] = {}
    pdf.reader.pages[0].extract_text(visitor_text=lambda text, _cm, tm, _font, _size: edges.setdefault(squeezed(text), tm[4]))
    first, beside = edges[squeezed("Voimassa alkaen")], edges[squeezed("سارية من" if second == "ar" else "معتبر از")]
    assert beside > first + 100


def test_the_check_for_missing_letters_can_fail(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        tagged_pdf('<html lang="fi"><title>T</title><p>\U0010fffd</p></html>', "")
    assert ".notdef" in caplog.text


@pytest.mark.parametrize(("second", "is_told"), [("ru", True), ("en", False), ("", False)])
def test_it_says_that_nobody_has_confirmed_the_translations(sqlite_app: Flask, second: str, is_told: bool) -> None:
    pdf = opened(sqlite_app, key_in_force(sqlite_app), second)
    assert (squeezed("Käännöksiä ei ole tarkistettu.") in pdf.text) is is_told


def test_a_missing_label_leaves_the_first_language_alone(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_language, "_labels", lambda: {language: {} for language in FOREIGN})
    pdf = opened(sqlite_app, key_in_force(sqlite_app), "ru")
    assert "Kotoutumissuunnitelma" in pdf.text and {element.language for element in pdf.elements()} == {"fi"}


def test_the_language_of_the_page_is_not_repeated(sqlite_app: Flask) -> None:
    key = key_in_force(sqlite_app)
    assert opened(sqlite_app, key, "sv", "bengt").text == opened(sqlite_app, key, "", "bengt").text


@pytest.mark.parametrize("second", ["de", "xx", "../fi", "fi,sv", "AR"])
@pytest.mark.parametrize(("user", "words"), [("aino", "pyyntö"), ("bengt", "begäran")])
def test_an_unknown_language_is_refused(sqlite_app: Flask, second: str, user: str, words: str) -> None:
    page = Browser(sqlite_app).sign_in(user).get(f"/plans/pdf/{key_in_force(sqlite_app)}", query_string={"second": second})
    assert page.status_code == 400 and words in page.text.lower()


