"""`reports list` and `reports show`: as a person sees them, in every form, with the exit code that tells what went wrong."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.reports.commands import reports
from tests.support.json_stat import faults_of
from tests.support.out_figures import keep_facts

FACTS = {
    ("092", "", ""): 30, ("092", "GENDER", "1"): 12, ("092", "GENDER", "2"): 18, ("638", "", ""): 21, ("638", "GENDER", "1"): 4, ("638", "GENDER", "2"): 17,
    ("092", "GENDER*AGE_GROUP", "1*25-34"): 5,
}  # fmt: skip
YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")


@pytest.fixture
def told(app: Flask) -> Any:
    keep_facts(app, "I01", "2025Q1", FACTS, hidden=[("OFFICIAL", "MUNICIPALITY", "638", "GENDER", "1")])
    keep_facts(app, "I01", "2025", FACTS)

    def run(*words: str) -> Any:
        return app.test_cli_runner().invoke(reports, words)

    return run


def test_the_list_is_one_document(sqlite_app: Flask) -> None:
    found = json.loads(sqlite_app.test_cli_runner().invoke(reports, ["list", "--json"]).stdout)
    assert found[0]["id"] == "I01" and found[0]["definition"]["sv"]
    assert "I01  Asiakkaat / Kunder" in sqlite_app.test_cli_runner().invoke(reports, ["list"]).stdout


def test_dates_become_the_whole_quarters_between_them(told: Any) -> None:
    found = json.loads(told("show", "I01", "--level", "municipality", "--code", "092", "--from", "2024-12-15", "--to", "2025-07-31", "--as", "minna").stdout)
    assert found["periods"] == ["2025Q1", "2025Q2"] and found["figures"][0]["number"] == 30
    year = json.loads(told("show", "I01", "--level", "national", *YEAR, "--length", "year", "--as", "tuomas").stdout)
    assert year["periods"] == ["2025"] and [one["number"] for one in year["figures"]] == [51]


def test_a_hidden_cell_is_hidden_from_others_and_not_from_its_own(told: Any) -> None:
    rows = {}
    for username in ("minna", "tuomas"):
        answer = told("show", "I01", "--level", "municipality", *YEAR, "--by", "gender", "--format", "csv", "--as", username)
        assert answer.exit_code == 0, answer.stderr
        rows[username] = {(row["area"], row["gender"]): row["number"] for row in csv.DictReader(StringIO(answer.stdout_bytes.decode()), delimiter=";")}
    assert rows["minna"] == rows["tuomas"] and rows["tuomas"][("638", "1")] == "" and rows["tuomas"][("638", "2")] == "17"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_form_can_be_printed(told: Any, language: str) -> None:
    words = ("show", "I01", "--level", "municipality", *YEAR, "--by", "AGE_GROUP", "--by", "GENDER", "--as", "bengt", "--language", language)
    assert faults_of(json.loads(told(*words, "--format", "json-stat").stdout)) == []
    book = CalamineWorkbook.from_filelike(BytesIO(told(*words, "--format", "xlsx").stdout_bytes))
    assert book.sheet_names[0] == {"fi": "Luvut", "sv": "Siffror"}[language] and book.get_sheet_by_name(book.sheet_names[0]).to_python()[1][12] == 5.0


@pytest.mark.parametrize(("words", "code", "reason"), [
    (("I01", "--level", "municipality", *YEAR), 1, "everybody"), (("I01", "--level", "municipality", *YEAR, "--as", "eeva"), 1, "no right"),
    (("I01", "--level", "municipality", *YEAR, "--as", "nobody"), 1, "no such user"), (("I99x", "--level", "national", *YEAR), 1, "no indicator"),
    (("I01", "--level", "municipality", "--code", "999", *YEAR, "--as", "minna"), 1, "999"),
    (("I01", "--level", "municipality", "--by", "SHOE", *YEAR, "--as", "minna"), 1, "GENDER"),
    (("I01", "--level", "planet", *YEAR), 2, "planet"), (("I01", "--level", "national", "--from", "0001-01-01", "--to", "0001-02-01"), 2, "no period"),
    (("I01", "--level", "national", "--from", "9999-12-30", "--to", "9999-12-31"), 2, "no period"), (("I01", "--level", "national"), 2, "--from"),
    (("I01", "--level", "national", "--from", "2025-02-01", "--to", "2025-03-01"), 2, "no whole quarter"),
    (("I01", "--level", "national", "--from", "1900-01-01", "--to", "2100-01-01", "--as", "minna"), 1, "60"),
    (("I01", "--level", "national", "--from", "yesterday", "--to", "2025-03-01"), 2, "yesterday"), (("I01", "--level", "national", *YEAR, "--format", "px"), 2, "px"),
])  # fmt: skip
def test_what_is_refused_says_why_on_the_other_stream(sqlite_app: Flask, words: tuple[str, ...], code: int, reason: str) -> None:
    answer = sqlite_app.test_cli_runner().invoke(reports, ["show", *words])
    assert (answer.exit_code, answer.stdout) == (code, "") and reason in answer.stderr


def test_what_is_printed_as_a_person_leaves_an_event(sqlite_app: Flask) -> None:
    keep_facts(sqlite_app, "I01", "2025Q1", FACTS)
    assert sqlite_app.test_cli_runner().invoke(reports, ["show", "I01", "--level", "national", *YEAR, "--as", "minna"]).exit_code == 0
    with sqlite_app.app_context(), system_scope():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "report:exported").order_by(AuditEvent.at.desc())).first()
    assert event is not None and event.role == "ANALYST" and "period=2025Q1..2025Q4" in (event.criteria or "")
