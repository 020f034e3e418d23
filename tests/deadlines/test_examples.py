"""Every rule by days written out by hand; the section stands in the id."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.deadlines.compute import compute
from app.deadlines.facts import Facts, Settings
from app.deadlines.numbers import Kind, numbers
from tests.support.day_by_day import event

with (Path(__file__).parent / "examples.csv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_day_is_as_counted_by_hand(row: dict[str, str]) -> None:
    found = compute(Facts(), [event(row["start"], row["on"])], Settings(), date.fromisoformat(row["on"]))
    assert [str(one.due_on) for one in found if one.rule == row["rule"]] == [row["due"]]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_last_day_is_still_in_time_and_the_next_is_not(row: dict[str, str]) -> None:
    due, states = date.fromisoformat(row["due"]), []
    for place in (-1, 0, 1):
        found = compute(Facts(), [event(row["start"], row["on"])], Settings(), due + timedelta(days=place))
        states += [(one.kind is Kind.LIMIT, str(one.state)) for one in found if one.rule == row["rule"]]
    # A limit of validity is behind; a task is late.
    is_limit = states[0][0]
    assert [state for _is_limit, state in states] == ["open", "open", "passed" if is_limit else "overdue"]


def test_every_rule_that_one_event_starts_has_an_example() -> None:
    # Rules that ask for a fact of the client, an outcome or a plan stand in the files beside this one.
    elsewhere = {"R04", "R10", "R11", "R12", "R13", "R16", "R18", "R19", "R21"}
    rules = {row.id for row in numbers() if row.kind is not Kind.NUMBER}
    assert rules - {row["rule"] for row in ROWS} == elsewhere and rules == {f"R{place:02d}" for place in range(1, 31)}


def test_the_rows_are_sound() -> None:
    rows = [row for row in numbers() if row.kind is not Kind.NUMBER]
    assert [row.rule for row in rows if row.kind is Kind.LIMIT and (row.moves or row.met_by or row.ceased_by)] == []
    assert [row.rule for row in rows if row.kind is not Kind.LIMIT and not row.met_by] == []
    assert [row.rule for row in rows if (row.kind is Kind.SOFT) != bool(row.setting)] == []
    assert [row.rule for row in rows if not row.section or not row.start] == []
    for row in numbers():
        later = [other for other in numbers() if other.rule == row.rule and other.valid_from > row.valid_from]
        assert not later or (row.valid_to is not None and all(row.valid_to < other.valid_from for other in later)), row.rule
