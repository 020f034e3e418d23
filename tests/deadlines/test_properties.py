"""What holds for every history; Hypothesis draws them, the same ones on every run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.core.statute import in_words
from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Period, Settings, event_types
from app.deadlines.numbers import Kind, Unit, end_of, numbers
from app.deadlines.obligations import Obligation
from app.deadlines.working_days import day_off, next_working_day, working_days_after
from tests.support.day_by_day import after as walked

GROUNDS = ("LOW_EDU", "MULTI_SERVICE", "HOME_CARE", "STUDIES_U25", "INTERRUPTION")
MAXIMA = ("R09", "R10", "R11", "R12", "R13", "R30")
PLAN_TYPES = ("PLAN_DRAWN_UP", "PLAN_REVIEWED", "PLAN_EXTENDED", "INTERRUPTION")
# Rows whose last day stays on a day off although they are tasks (Regulation 1182/71, and the act's own day).
STAYING = {(row.id, name) for row in numbers() if row.kind is not Kind.LIMIT and not row.moves for name in row.start}

# As many histories as a second or so allows; drawn from the test's own name, so that no run differs from another.
some = settings(derandomize=True, database=None, deadline=None, max_examples=60)
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
LENGTHS = st.none() | st.integers(0, 900)


@st.composite
def events_of(draw: st.DrawFn, kinds: st.SearchStrategy[str]) -> Event:
    kind, on = draw(kinds), draw(DAYS)
    length = draw(LENGTHS) if kind in ("PLAN_EXTENDED", "INTERRUPTION") else None
    return Event(
        type=kind, on=on, to=None if length is None else on + timedelta(days=length), plan=draw(st.sampled_from((None, 1, 2))),
        ground=draw(st.sampled_from(GROUNDS)) if kind == "PLAN_EXTENDED" else None,
        need_of_plan=draw(st.sampled_from((None, True, False))) if kind == "ASSESSMENT_COMPLETED" else None,
        justified=draw(st.booleans()) if kind == "ARRIVED" else False,
    )  # fmt: skip


ANY = events_of(st.sampled_from(sorted(event_types())))
OF_PLANS = events_of(st.sampled_from(PLAN_TYPES))
DRAWN_UP = events_of(st.just("PLAN_DRAWN_UP"))
PERIODS = st.builds(lambda start, length: Period(start, None if length is None else start + timedelta(days=length)), DAYS, LENGTHS)
FACTS = st.builds(
    Facts, birth_date=st.none() | st.dates(date(1990, 1, 1), date(2008, 1, 1)), assessment_grounds=st.frozensets(st.sampled_from(("A1", "A2", "A6", "A7"))),
    reimbursement_group=st.sampled_from((None, "G1", "G5")), residence_ground=st.sampled_from((None, "P90")), residence_conditions_met=st.booleans(),
    retention_hold=st.booleans(), legacy_regime=st.sampled_from((None, None, True, False)), home_care_allowance_periods=st.lists(PERIODS, max_size=1).map(tuple),
)  # fmt: skip
READINGS = st.builds(
    Settings, interruption_counts_both_ends=st.booleans(), interruption_adds_to_extension=st.booleans(), interruption_extends_first_plan=st.booleans(),
    tasks_move_to_working_day=st.booleans(), all_clients_to_employment_authority=st.booleans(),
)  # fmt: skip
HISTORIES = st.lists(ANY | OF_PLANS, min_size=4, max_size=12)
PLANS = st.builds(lambda first, others: [first, *others], DRAWN_UP, st.lists(OF_PLANS, max_size=6))


def identity(one: Obligation) -> tuple[Any, ...]:
    return (one.rule, one.start_type, one.start_on, one.due_on)


def maximum(found: tuple[Obligation, ...]) -> date:
    return max(one.due_on for one in found if one.rule in MAXIMA)


@some
@given(FACTS, HISTORIES, READINGS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(facts: Facts, events: list[Event], readings: Settings, as_of: date, random: Any) -> None:
    shuffled = random.sample(events, len(events))
    assert compute(facts, shuffled, readings, as_of) == compute(facts, events, readings, as_of)


@some
@given(FACTS, HISTORIES, READINGS, DAYS)
def test_what_is_entered_twice_counts_once(facts: Facts, events: list[Event], readings: Settings, as_of: date) -> None:
    assert compute(facts, [*events, *events], readings, as_of) == compute(facts, events, readings, as_of)


@settings(some, max_examples=150)
@given(FACTS, PLANS, events_of(st.sampled_from(("INTERRUPTION", "PLAN_EXTENDED"))), READINGS, DAYS)
def test_an_interruption_or_an_extension_never_brings_a_maximum_earlier(facts: Facts, events: list[Event], more: Event, readings: Settings, as_of: date) -> None:
    assert maximum(compute(facts, [*events, more], readings, as_of)) >= maximum(compute(facts, events, readings, as_of))


@some
@given(FACTS, PLANS, READINGS, DAYS, st.integers(1, 400))
def test_a_longer_interruption_never_brings_a_maximum_earlier(facts: Facts, events: list[Event], readings: Settings, as_of: date, days: int) -> None:
    longer = [replace(one, to=one.to + timedelta(days=days)) if one.type == "INTERRUPTION" and one.to else one for one in events]
    assert maximum(compute(facts, longer, readings, as_of)) >= maximum(compute(facts, events, readings, as_of))


@some
@given(FACTS, HISTORIES, READINGS, DAYS)
def test_no_day_comes_before_its_event(facts: Facts, events: list[Event], readings: Settings, as_of: date) -> None:
    drawn_up = [one.on for one in events if one.type == "PLAN_DRAWN_UP"]
    for one in compute(facts, events, readings, as_of):
        # An extension or an interruption may be entered after the maximum; R20 counts back from the arrival (§ 64).
        start = min(drawn_up) if one.rule in MAXIMA else one.start_on
        assert one.due_on >= start or one.rule == "R20", one.rule


@some
@given(FACTS, HISTORIES, READINGS, DAYS)
def test_a_task_falls_on_a_working_day_and_a_limit_never_moves(facts: Facts, events: list[Event], readings: Settings, as_of: date) -> None:
    moving = compute(facts, events, replace(readings, tasks_move_to_working_day=True), as_of)
    staying = compute(facts, events, replace(readings, tasks_move_to_working_day=False), as_of)
    tasks = [one for one in moving if one.kind is not Kind.LIMIT and (one.rule, one.start_type) not in STAYING]
    assert [one for one in tasks if day_off(one.due_on)] == []
    assert [identity(one) for one in moving if one.kind is Kind.LIMIT] == [identity(one) for one in staying if one.kind is Kind.LIMIT]
    # Whoever counts without moving is told the same days or earlier ones.
    assert {(one.rule, one.start_on, next_working_day(one.due_on)) for one in staying if one.kind is not Kind.LIMIT and one.state != "passed"} >= {
        (one.rule, one.start_on, one.due_on) for one in tasks if one.state != "passed"}  # fmt: skip


@some
@given(FACTS, HISTORIES, READINGS, DAYS, st.integers(1, 1500))
def test_time_alone_undoes_nothing(facts: Facts, events: list[Event], readings: Settings, as_of: date, days: int) -> None:
    before, later = compute(facts, events, readings, as_of), compute(facts, events, readings, as_of + timedelta(days=days))
    of_tasks = [one for one in later if one.kind is not Kind.LIMIT]
    # Two plans drawn up on one day have the same days and may differ in state.
    states = {(identity(one), str(one.state)) for one in of_tasks}
    for one in before:
        if one.kind is not Kind.LIMIT and one.state == "met":
            assert (identity(one), "met") in states, one.rule
        if one.kind is not Kind.LIMIT and one.state == "overdue":
            assert states & {(identity(one), state) for state in ("met", "overdue", "passed")}, one.rule
    # Nor does it bring a task that was not known before.
    assert {identity(one) for one in of_tasks if one.state != "passed"} <= {identity(one) for one in before}


@some
@given(FACTS, HISTORIES, READINGS, DAYS)
def test_a_state_says_on_which_side_of_its_day_it_is(facts: Facts, events: list[Event], readings: Settings, as_of: date) -> None:
    for one in compute(facts, events, readings, as_of):
        is_past = as_of > one.due_on
        assert {"open": not is_past, "overdue": is_past, "passed": is_past, "met": True}[one.state], one.rule


@some
@given(FACTS, HISTORIES, DRAWN_UP, events_of(st.just("PLAN_REVIEWED")), DAYS)
def test_an_earlier_review_never_puts_the_next_later_than_six_months(facts: Facts, events: list[Event], plan: Event, review: Event, as_of: date) -> None:
    found = compute(facts, [*events, plan, review], Settings(), as_of)
    reviews = [one for one in found if one.rule == "R07"]
    assert all(one.due_on == next_working_day(one.start_on + relativedelta(months=6)) for one in reviews)
    # Whenever a review is still to be made, one follows from the last plan or review.
    begun = [one.on for one in (*events, plan, review) if one.type in ("PLAN_DRAWN_UP", "PLAN_REVIEWED") and one.on <= as_of]
    ended = any(one.type in ("PLAN_ENDED", "CLIENT_RELATIONSHIP_ENDED") for one in events)
    assume(begun and not ended)
    assert any(one.start_on == max(begun) and one.state in ("open", "overdue") for one in reviews)


@some
@given(FACTS, PLANS, READINGS, DAYS)
def test_an_extension_never_exceeds_its_cap(facts: Facts, events: list[Event], readings: Settings, as_of: date) -> None:
    found = compute(facts, events, readings, as_of)
    # The limits before any extension: R09 is counted from the first plan and alone; of R30 the first is.
    base = min(one.due_on for one in found if one.rule in ("R09", "R30"))
    pauses = sum((min(one.to or as_of, date.max) - one.on).days + 1 for one in events if one.type == "INTERRUPTION" and (one.to or as_of) >= one.on)
    for one in found:
        if one.rule in ("R10", "R11", "R30"):
            assert base <= one.due_on <= base + relativedelta(years=2), one.rule
        if one.rule == "R13":
            assert base <= one.due_on <= base + relativedelta(years=3, days=pauses), one.rule
        if one.rule == "R12":
            assert base <= one.due_on <= base + relativedelta(years=2, days=pauses), one.rule


@some
@given(FACTS, HISTORIES, READINGS, DAYS)
def test_every_reason_is_whole_in_both_languages(facts: Facts, events: list[Event], readings: Settings, as_of: date) -> None:
    for one in compute(facts, events, readings, as_of):
        for text in one.why.values():
            assert "{" not in text and "None" not in text and "_" not in text and in_words(one.section) in text and text.endswith(".")
        assert one.why["fi"] != one.why["sv"]


@settings(some, max_examples=200)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 1)))
def test_the_next_working_day_skips_days_off_and_no_other(day: date) -> None:
    found = next_working_day(day)
    assert day_off(found) is None and next_working_day(found) == found
    assert all(day_off(day + timedelta(days=place)) for place in range((found - day).days))
    assert working_days_after(day, 1) == next_working_day(day + timedelta(days=1))


WALKED: tuple[tuple[Unit, str, int], ...] = (
    (Unit.DAYS, "days", 100), (Unit.WORKING_DAYS, "working days", 30), (Unit.MONTHS, "months", 30), (Unit.YEARS, "years", 5),
)  # fmt: skip


@settings(some, max_examples=150)
@given(st.dates(date(2024, 1, 1), date(2029, 6, 1)), st.sampled_from(WALKED), st.data())
def test_counting_is_walking(start: date, way: tuple[Unit, str, int], data: st.DataObject) -> None:
    unit, name, most = way
    amount = data.draw(st.integers(0, most))
    assert end_of(start, amount, unit) == walked(start, amount, name)
    # A later event never ends earlier.
    later: Callable[[date], date] = lambda day: end_of(day, amount, unit)  # noqa: E731
    assert later(start + timedelta(days=1)) >= later(start)
