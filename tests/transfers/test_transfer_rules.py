"""What forbids a transfer, who answers it and by when, on, before and after each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.transfers.rules import (
    Asked,
    answer_due,
    answerer,
    broken_choice,
    broken_day,
    broken_request,
    is_overdue,
    is_turn_of,
    place_of,
    working_days_from,
)

EVE, DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
ASKED = Asked(own_id="a", other_id="b", consent_on=DAY, today=DAY)


@pytest.mark.parametrize(
    ("asked", "broken"),
    [
        pytest.param(ASKED, [], id="85-consent-today"), pytest.param(replace(ASKED, consent_on=EVE), [], id="85-consent-before"),
        pytest.param(replace(ASKED, consent_on=NEXT), [("consent_on", "FUTURE")], id="85-consent-tomorrow"),
        pytest.param(replace(ASKED, consent_on=None), [("consent_on", "CONSENT")], id="85-no-consent"),
        pytest.param(replace(ASKED, other_id="a"), [("other_id", "SAME")], id="85-oneself"),
        pytest.param(replace(ASKED, has_open_already=True), [(None, "TWICE")], id="85-twice"),
        pytest.param(replace(ASKED, has_client_already=True), [(None, "HAS_CLIENT")], id="85-has-client"),
        pytest.param(Asked(own_id="a", other_id="a", consent_on=None, today=DAY, has_open_already=True, has_client_already=True),
                     [("other_id", "SAME"), ("consent_on", "CONSENT"), (None, "TWICE"), (None, "HAS_CLIENT")], id="85-all"),
    ],
)  # fmt: skip
def test_a_transfer_is_asked_for(asked: Asked, broken: list[tuple[str | None, str]]) -> None:
    assert broken_request(asked) == broken


@pytest.mark.parametrize(
    ("sections", "reason", "broken"),
    [
        pytest.param([], None, [], id="86-nothing-more"), pytest.param(["PLAN", "ASSESSMENTS"], None, [], id="16-plan-with-assessment"),
        pytest.param(["ASSESSMENTS"], None, [], id="16-assessment-alone"), pytest.param(["PLAN"], None, [("sections", "PLAN_NEEDS_ASSESSMENT")], id="16-plan-alone"),
        pytest.param(["RESTRICTED"], None, [("choice_reason", "REASON")], id="79.2-restricted"), pytest.param(["PROTECTED"], "", [("choice_reason", "REASON")], id="79.2-protected"),
        pytest.param(["RESTRICTED", "PROTECTED"], "x", [], id="79.2-with-reason"), pytest.param(["NOTES"], None, [], id="86-notes"),
        pytest.param(["PLAN", "PROTECTED"], None, [("sections", "PLAN_NEEDS_ASSESSMENT"), ("choice_reason", "REASON")], id="86-all"),
    ],
)  # fmt: skip
def test_the_data_are_chosen(sections: list[str], reason: str | None, broken: list[tuple[str, str]]) -> None:
    assert broken_choice(sections, reason) == broken


def test_the_one_that_did_not_begin_answers() -> None:
    assert (answerer("PUSHED", "old", "new"), answerer("REQUESTED", "old", "new")) == ("new", "old")
    assert is_turn_of("a", "a") and not is_turn_of("a", "b") and not is_turn_of("a", None)


@pytest.mark.parametrize(("moves_on", "broken"), [(EVE, [("moves_on", "PAST")]), (DAY, []), (NEXT, [])], ids=["yesterday", "today", "tomorrow"])
def test_nobody_moves_backwards(moves_on: date, broken: list[tuple[str, str]]) -> None:
    assert broken_day(moves_on, DAY) == broken


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        pytest.param(date(2026, 11, 2), None, date(2026, 11, 16), id="85-ten-working-days"), pytest.param(date(2026, 12, 23), None, date(2027, 1, 12), id="85-over-the-holidays"),
        pytest.param(date(2026, 11, 20), 1, date(2026, 11, 23), id="own-number-over-a-weekend"), pytest.param(date(2026, 11, 2), 0, date(2026, 11, 16), id="no-own-number"),
    ],
)  # fmt: skip
def test_an_answer_is_due(since: date, days: int | None, due: date) -> None:
    assert answer_due(since, days) == due


@pytest.mark.parametrize("status", ["SENT", "ASKED", "ESCALATED", "ACCEPTED", "REJECTED", "DONE"])
def test_an_answer_is_late_the_day_after(status: str) -> None:
    assert [is_overdue(status, DAY, on) for on in (EVE, DAY, NEXT)] == [False, False, status in ("SENT", "ASKED")]


def test_open_transfers_come_first_by_their_day_and_ended_ones_last_the_latest_first() -> None:
    first, last = date(1, 1, 1), date(9999, 12, 31)
    in_order = [*((status, day, None) for day in (first, EVE, last) for status in ("SENT",)), ("ACCEPTED", first, None), ("ACCEPTED", last, None),
                ("DONE", first, last), ("DONE", last, NEXT), ("REJECTED", NEXT, DAY), ("REJECTED", EVE, None), ("DONE", last, first)]  # fmt: skip
    places = [place_of(*one) for one in in_order]
    assert places == sorted(places) and len(set(places)) == len(places)
    assert place_of("SENT", DAY, None) == place_of("ASKED", DAY, None) == place_of("ESCALATED", DAY, None) == DAY.toordinal()


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        pytest.param(DAY, EVE, 0, id="earlier"), pytest.param(DAY, DAY, 0, id="same-day"), pytest.param(DAY, NEXT, 1, id="next-day"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 23), 1, id="weekend"), pytest.param(date(2026, 12, 23), date(2026, 12, 28), 1, id="Christmas"),
    ],
)  # fmt: skip
def test_working_days_between(start: date, end: date, days: int) -> None:
    assert working_days_from(start, end) == days
