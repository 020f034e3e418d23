"""`deadlines compute`: one JSON document, without an application or a database; 0 done, 1 refused with reasons, 2 misuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.deadlines.commands import deadlines

ASKED: dict[str, Any] = {
    "as_of": "2026-06-01",
    "facts": {
        "birth_date": "1990-05-05", "assessment_grounds": ["A1"], "trafficking_victim": False, "residence_ground": "P90", "reimbursement_group": "G1",
        "home_care_allowance_periods": [{"from": "2026-03-01", "to": None}],
    },
    "settings": {"R01_working_days": 3, "R02_days": 14, "R04_days": 14, "interruption_counts_both_ends": True},
    "events": [
        {"type": "PLAN_DRAWN_UP", "on": "2026-01-15", "plan": 1}, {"type": "CONTACT_RECEIVED", "on": "2026-01-02"},
        {"type": "INTERRUPTION", "on": "2027-04-01", "to": "2027-06-30", "ground": "ILLNESS"},
        {"type": "PLAN_EXTENDED", "on": "2027-12-01", "to": "2029-01-15", "ground": "LOW_EDU"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def unprepared() -> Flask:
    """Nothing but the command: there is no database that it could ask."""
    app = Flask(__name__)
    app.cli.add_command(deadlines)
    return app


def asked(app: Flask, document: Any, *arguments: str) -> Result:
    typed = document if isinstance(document, str) else json.dumps(document)
    return app.test_cli_runner().invoke(args=["deadlines", "compute", *arguments], input=typed)


def run(app: Flask, document: Any, *arguments: str) -> tuple[int, str]:
    found = asked(app, document, *arguments)
    return found.exit_code, found.stdout


def test_it_prints_the_deadlines_as_one_document(unprepared: Flask, tmp_path: Path) -> None:
    code, printed = run(unprepared, ASKED, "--json", "-")
    found = json.loads(printed)
    assert code == 0 and set(found) == {"deadlines"}
    assert [(one["rule"], one["due_on"], one["kind"], one["state"], one["section"]) for one in found["deadlines"]] == [
        ("R01", "2026-01-08", "SOFT", "met", "681/2023 § 9.2"), ("R06", "2026-02-16", "HARD", "overdue", "681/2023 § 20.5"),
        ("R07", "2026-07-15", "HARD", "open", "681/2023 § 22.1"), ("R08", "2027-01-15", "LIMIT", "open", "681/2023 § 23.2"),
        ("R09", "2028-01-15", "LIMIT", "open", "681/2023 § 23.2"), ("R10", "2029-01-15", "LIMIT", "open", "681/2023 § 23.3"),
        ("R12", "2029-04-16", "LIMIT", "open", "681/2023 § 23.4"),
    ]  # fmt: skip
    assert all(set(one) == {"rule", "due_on", "kind", "state", "section", "why"} and set(one["why"]) == {"fi", "sv"} for one in found["deadlines"])
    (tmp_path / "asked.json").write_text(json.dumps(ASKED), encoding="utf-8")
    assert run(unprepared, "", "--json", str(tmp_path / "asked.json")) == (0, printed)


def test_without_json_it_prints_lines(unprepared: Flask) -> None:
    code, printed = run(unprepared, ASKED, "-")
    assert code == 0 and "2026-02-16  R06  HARD  overdue  681/2023 § 20.5" in printed.splitlines()


def test_the_letters_of_both_languages_stay_letters(unprepared: Flask) -> None:
    _code, printed = run(unprepared, ASKED, "--json", "-")
    assert "Määräaika" in printed and "Tidsfristen är" in printed
    assert '"field": "Ärende"' in run(unprepared, {**ASKED, "Ärende": 1}, "--json", "-")[1]


def test_without_json_faults_stand_one_to_a_line_apart_from_the_output(unprepared: Flask) -> None:
    found = asked(unprepared, {"as_of": "2026-06-01", "facts": [], "events": {}}, "-")
    assert (found.exit_code, found.stdout) == (1, "")
    assert [line.split()[0] for line in found.stderr.splitlines()] == ["facts", "events"]


def test_an_empty_case_has_no_deadlines(unprepared: Flask) -> None:
    assert run(unprepared, {"as_of": "2026-06-01"}, "--json", "-") == (0, '{"deadlines": []}\n')


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"as_of": None}, "as_of"), ({"as_of": "1.6.2026"}, "as_of"), ({"as_of": "2026-02-30"}, "as_of"), ({"as_of": "0026-06-01"}, "as_of"),
        ({"as_of": 20260601}, "as_of"), ({"other": 1}, "other"), ({"facts": []}, "facts"), ({"facts": {"age": 5}}, "facts.age"),
        ({"facts": {"birth_date": "2026-06-02"}}, "facts.birth_date"), ({"facts": {"assessment_grounds": "A1"}}, "facts.assessment_grounds"),
        ({"facts": {"assessment_grounds": ["A1", "A9"]}}, "facts.assessment_grounds[1]"), ({"facts": {"residence_ground": "P1"}}, "facts.residence_ground"),
        ({"facts": {"reimbursement_group": "G8"}}, "facts.reimbursement_group"), ({"facts": {"trafficking_victim": "no"}}, "facts.trafficking_victim"),
        ({"facts": {"home_care_allowance_periods": [{"to": "2026-01-01"}]}}, "facts.home_care_allowance_periods[0].from"),
        ({"facts": {"home_care_allowance_periods": [{"from": "2026-01-02", "to": "2026-01-01"}]}}, "facts.home_care_allowance_periods[0].to"),
        ({"settings": {"R07": 5}}, "settings.R07"), ({"settings": {"R01_working_days": 0}}, "settings.R01_working_days"),
        ({"settings": {"R01_working_days": True}}, "settings.R01_working_days"), ({"settings": {"R02_days": 1.5}}, "settings.R02_days"),
        ({"settings": {"interruption_counts_both_ends": 1}}, "settings.interruption_counts_both_ends"), ({"events": {}}, "events"),
        ({"events": ["x"]}, "events[0]"), ({"events": [{"on": "2026-01-01"}]}, "events[0].type"),
        ({"events": [{"type": "BIRTH", "on": "2026-01-01"}]}, "events[0].type"), ({"events": [{"type": "PERSON_KNOWN"}]}, "events[0].on"),
        ({"events": [{"type": "INTERRUPTION", "on": "2026-01-02", "to": "2026-01-01"}]}, "events[0].to"),
        ({"events": [{"type": "PLAN_EXTENDED", "on": "2026-01-02"}]}, "events[0].ground"),
        ({"events": [{"type": "PLAN_EXTENDED", "on": "2026-01-02", "ground": "ILLNESS"}]}, "events[0].ground"),
        ({"events": [{"type": "PLAN_DRAWN_UP", "on": "2026-01-02", "plan": "one"}]}, "events[0].plan"),
        ({"events": [{"type": "ASSESSMENT_COMPLETED", "on": "2026-01-02", "need_of_plan": "yes"}]}, "events[0].need_of_plan"),
        ({"events": [{"type": "PERSON_KNOWN", "on": "2026-01-02"}] * 1001}, "events"),
    ],
)  # fmt: skip
def test_a_fault_names_its_field(unprepared: Flask, change: dict[str, Any], field: str) -> None:
    code, printed = run(unprepared, {**ASKED, **change}, "--json", "-")
    found = json.loads(printed)
    assert code == 1 and found["ok"] is False
    assert field in [reason["field"] for reason in found["reasons"]] and all(reason["reason"] for reason in found["reasons"])


@pytest.mark.parametrize("typed", ["", "{", "[]", "null", "[" * 100_000])
def test_what_is_no_document_is_refused(unprepared: Flask, typed: str) -> None:
    code, printed = run(unprepared, typed, "--json", "-")
    assert code == 1 and json.loads(printed)["ok"] is False and json.loads(printed)["reasons"][0]["field"] == ""


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--json", "/no/such/file"], ["--xml", "-"]])
def test_a_misuse_is_told_from_a_refusal(unprepared: Flask, arguments: list[str]) -> None:
    assert run(unprepared, ASKED, *arguments) == (2, "")
