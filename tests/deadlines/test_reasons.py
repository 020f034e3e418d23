"""Why a day is the day: each step of the reasons, with what fills its places, as counted by hand. How they are worded stands in the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Settings
from app.deadlines.numbers import Number
from app.deadlines.obligations import Obligation
from tests.support.day_by_day import event

AS_OF = date(2026, 6, 1)
PLAN, OLD = event("PLAN_DRAWN_UP", "2026-01-15"), event("PLAN_DRAWN_UP", "2024-03-05")
ILLNESS = event("INTERRUPTION", "2027-04-01", to="2027-06-30")
TEN_DAYS = event("INTERRUPTION", "2026-04-01", to="2026-04-10")


def extended(ground: str, to: str | None = None) -> Event:
    return event("PLAN_EXTENDED", "2027-12-01", ground=ground, to=to)


def steps(one: Obligation) -> list[str]:
    """Give each step as its key and what fills it."""

    def shown(value: Any) -> str:
        return value.rule if isinstance(value, Number) else f"{value[0]} {value[1]}" if isinstance(value, tuple) else str(value)

    return [" ".join([step.key, *(f"{name}={shown(value)}" for name, value in step.values.items())]) for step in one.steps]


def between(one: Obligation) -> list[str]:
    """Give the steps of counting: without the event, the version and who is responsible."""
    return steps(one)[1:-2]


TWO_YEARS = ["counted length=2 years what=R09 day=2028-01-15", "stays day=2028-01-15 holiday=SATURDAY"]
GRANTED = ["extended_by ground=LOW_EDU on=2027-12-01", "extended from_day=2028-01-15 length=2 years day=2030-01-15"]
SHARED = "shared_cap length=2 years"
REFERRAL = ["counted length=1 months what=R06 day=2026-02-15", "moved day=2026-02-15 holiday=SUNDAY due=2026-02-16"]
OLDER = ["counted length=3 years what=R30 day=2027-03-05", "legacy limits=2025-01-01"]
OF_TEN = "interrupted from_day=2026-04-01 to_day=2026-04-10 length=10 days"


@pytest.mark.parametrize(
    ("rule", "events", "expected"),
    [
        pytest.param("R09", [PLAN], [TWO_YEARS], id="23.2"),
        pytest.param("R09", [PLAN, extended("LOW_EDU")], [[*TWO_YEARS, "longer day=2030-01-15 rule=R10"]], id="23.3-passed-on"),
        pytest.param("R10", [PLAN, extended("LOW_EDU")], [[*GRANTED, SHARED]], id="23.3-full"),
        pytest.param("R10", [PLAN, extended("LOW_EDU", "2030-01-15")], [[*GRANTED, "granted day=2030-01-15", SHARED]], id="23.3-granted"),
        pytest.param("R10", [PLAN, extended("LOW_EDU", "2030-01-16")], [[*GRANTED, "capped wanted=2030-01-16 day=2030-01-15", SHARED]], id="23.3-capped"),
        pytest.param("R12", [PLAN, ILLNESS], [["interrupted from_day=2027-04-01 to_day=2027-06-30 length=91 days",
                                               "paused from_day=2028-01-15 length=91 days day=2028-04-15"]], id="23.4"),
        pytest.param("R09", [PLAN, ILLNESS], [[*TWO_YEARS, "longer day=2028-04-15 rule=R12"]], id="23.4-passed-on"),
        pytest.param("R12", [PLAN, event("INTERRUPTION", "2026-05-23")], [["interrupted from_day=2026-05-23 to_day=2026-06-01 length=10 days",
                     "goes_on day=2026-06-01", "paused from_day=2028-01-15 length=10 days day=2028-01-25"]], id="23.4-goes-on"),
        pytest.param("R12", [PLAN, event("INTERRUPTION", "2026-05-23"), event("INTERRUPTION", "2026-05-30", to="2026-06-05")],
                     [["interrupted from_day=2026-05-23 to_day=2026-06-05 length=14 days", "goes_on day=2026-06-05",
                       "paused from_day=2028-01-15 length=14 days day=2028-01-29"]], id="23.4-goes-on-after-joined"),
        pytest.param("R12", [PLAN, event("INTERRUPTION", "2026-05-20", to="2026-05-30"), event("INTERRUPTION", "2026-05-31")],
                     [["interrupted from_day=2026-05-20 to_day=2026-06-01 length=13 days", "goes_on day=2026-06-01",
                       "paused from_day=2028-01-15 length=13 days day=2028-01-28"]], id="23.4-joined-and-goes-on"),
        pytest.param("R13", [PLAN, extended("STUDIES_U25", "2028-06-30"), ILLNESS], [["extended_by ground=STUDIES_U25 on=2027-12-01",
                     "extended from_day=2028-04-15 length=1 years day=2029-04-15", "granted day=2028-06-30"]], id="31.1"),
        pytest.param("R30", [OLD], [OLDER], id="102.2"),
        pytest.param("R30", [OLD, extended("LOW_EDU", "2028-03-05"), TEN_DAYS], [
            [*OLDER, "longer day=2028-03-15 rule=R30:EXTENDED"],
            ["extended_by ground=LOW_EDU on=2027-12-01", "extended from_day=2027-03-05 length=2 years day=2029-03-05", "granted day=2028-03-05",
             "longer day=2028-03-15 rule=R30:EXTENDED"],
            [OF_TEN, "paused from_day=2028-03-05 length=10 days day=2028-03-15"]], id="102.2-paused"),
        pytest.param("R30", [OLD, extended("INTERRUPTION"), TEN_DAYS], [
            [*OLDER, "longer day=2027-03-15 rule=R30:EXTENDED"], [OF_TEN, "paused from_day=2027-03-05 length=10 days day=2027-03-15"]], id="102.2-days-only"),
        pytest.param("R30", [OLD, extended("LOW_EDU", "2029-02-23"), TEN_DAYS], [
            [*OLDER, "longer day=2029-03-05 rule=R30:EXTENDED"],
            ["extended_by ground=LOW_EDU on=2027-12-01", "extended from_day=2027-03-05 length=2 years day=2029-03-05", "granted day=2029-02-23",
             "longer day=2029-03-05 rule=R30:EXTENDED"],
            [OF_TEN, "paused from_day=2029-02-23 length=10 days day=2029-03-05"]], id="102.2-on-the-cap"),
        pytest.param("R30", [OLD, extended("LOW_EDU"), TEN_DAYS], [
            [*OLDER, "longer day=2029-03-05 rule=R30:EXTENDED"],
            [OF_TEN, "paused from_day=2029-03-05 length=10 days day=2029-03-15", "capped wanted=2029-03-15 day=2029-03-05"],
            ["extended_by ground=LOW_EDU on=2027-12-01", "extended from_day=2027-03-05 length=2 years day=2029-03-05"]], id="102.2-capped"),
        pytest.param("R30", [OLD, event("INTERRUPTION", "2023-04-01", to="2023-04-10")], [OLDER], id="102.2-before-the-plan"),
        pytest.param("R09", [OLD, event("PLAN_REVIEWED", "2025-01-01")],
                     [["counted length=2 years what=R09 day=2026-03-05", "older_event", "reviewed limits=2025-01-01 day=2025-01-01"]], id="102.2-reviewed"),
        pytest.param("R06", [PLAN, event("SERVICE_REFERRED", "2026-02-16")], [[*REFERRAL, "met day=2026-02-16 event=SERVICE_REFERRED"]], id="20.5-met"),
        pytest.param("R06", [PLAN, event("SERVICE_REFERRED", "2026-02-17")], [[*REFERRAL, "late day=2026-02-17 length=1 days event=SERVICE_REFERRED"]], id="20.5-late"),
        pytest.param("R06", [PLAN], [[*REFERRAL, "overdue length=105 days"]], id="20.5-overdue"),
        pytest.param("R06", [PLAN, event("PLAN_ENDED", "2026-03-02")], [[*REFERRAL, "ceased day=2026-03-02 event=PLAN_ENDED"]], id="20.5-ceased"),
        pytest.param("R06", [event("PLAN_DRAWN_UP", "2026-05-15")], [["counted length=1 months what=R06 day=2026-06-15"]], id="20.5-open"),
        pytest.param("R06", [event("PLAN_DRAWN_UP", "2026-05-01")], [["counted length=1 months what=R06 day=2026-06-01"]], id="20.5-last-day"),
        pytest.param("R01", [event("CONTACT_RECEIVED", "2026-05-28")], [["counted length=5 working_days what=R01 day=2026-06-04", "local"]], id="9.2-local"),
        pytest.param("R20", [event("ARRIVED", "2026-06-30")],
                     [["back length=-4 months what=R20 day=2026-02-28", "stays day=2026-02-28 holiday=SATURDAY", "decision"]], id="64-backwards"),
        pytest.param("R22", [event("REIMBURSABLE_ACTIVITY", "2025-05-05")], [["year_end length=2 year_ends what=R22 day=2027-12-31"]], id="70.1-year-ends"),
        pytest.param("R05", [event("FIRST_PERMIT_GRANTED", "2024-06-03")], [["counted length=3 years what=R05 day=2027-06-03", "older_event"]], id="20.3-older"),
        pytest.param("R05", [event("FIRST_PERMIT_GRANTED", "2025-01-01")],
                     [["counted length=3 years what=R05 day=2028-01-01", "moved day=2028-01-01 holiday=NEW_YEAR due=2028-01-03"]], id="20.3-on-the-first-day"),
        pytest.param("R14", [event("PLAN_MAX_REACHED", "2026-05-25")],
                     [["counted length=14 days what=R14 day=2026-06-08", "local", "studies_only"]], id="31.2-studies"),
        pytest.param("R26", [event("JOB_SEARCH_STARTED", "2026-05-28")], [["counted length=5 working_days what=R26 day=2026-06-04", "information"]], id="31.1-told"),
    ],
)  # fmt: skip
def test_each_step_of_counting(rule: str, events: list[Event], expected: list[list[str]]) -> None:
    assert [between(one) for one in compute(Facts(), events, Settings(), AS_OF) if one.rule == rule] == expected


def test_the_age_of_support_is_told_as_a_birthday() -> None:
    # Born before the rule, yet no older event: everybody is.
    [found] = compute(Facts(birth_date=date(2005, 2, 28), unaccompanied=True), [], Settings(), AS_OF)
    assert steps(found) == ["start day=2005-02-28 event=BIRTH", "birthday length=23 years what=R16 day=2028-02-28", "version rule=R16 since=R16", "owner owner=COUNTY"]


def test_the_readings_of_open_points_are_told() -> None:
    [first] = [one for one in compute(Facts(), [PLAN, TEN_DAYS], Settings(interruption_extends_first_plan=True), AS_OF) if one.rule == "R08"]
    assert between(first) == ["counted length=1 years what=R08 day=2027-01-15", OF_TEN, "paused from_day=2027-01-15 length=10 days day=2027-01-25"]
    [paused] = [one for one in compute(Facts(), [PLAN, TEN_DAYS, ILLNESS], Settings(interruption_counts_both_ends=False), AS_OF) if one.rule == "R12"]
    assert between(paused) == [
        "interrupted from_day=2026-04-01 to_day=2026-04-10 length=9 days", "interrupted from_day=2027-04-01 to_day=2027-06-30 length=90 days", "one_end",
        "paused from_day=2028-01-15 length=99 days day=2028-04-23",
    ]  # fmt: skip
    [unmoved] = [one for one in compute(Facts(), [PLAN], Settings(tasks_move_to_working_day=False), date(2026, 2, 1)) if one.rule == "R06"]
    assert between(unmoved) == [REFERRAL[0], "stays day=2026-02-15 holiday=SUNDAY"]


def test_the_day_after_is_one_day_late() -> None:
    [late] = [one for one in compute(Facts(), [PLAN], Settings(), date(2026, 2, 17)) if one.rule == "R06"]
    assert between(late) == [*REFERRAL, "overdue length=1 days"]


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([PLAN, event("PLAN_DRAWN_UP", "2026-01-15", plan=1), event("SERVICE_REFERRED", "2026-02-10", plan=2)], id="plan"),
        pytest.param([PLAN, extended("LOW_EDU"), extended("MULTI_SERVICE")], id="ground"),
        pytest.param([PLAN, extended("LOW_EDU", "2029-01-15"), extended("LOW_EDU")], id="last-day"),
        pytest.param([event("ARRIVED", "2026-06-30"), event("ARRIVED", "2026-06-30", justified=True)], id="justified"),
    ],
)  # fmt: skip
def test_what_differs_in_one_thing_alone_stands_in_one_order(events: list[Event]) -> None:
    assert compute(Facts(), events, Settings(), AS_OF) == compute(Facts(), events[::-1], Settings(), AS_OF)


@pytest.mark.parametrize(
    ("rule", "events", "first", "last"),
    [
        ("R09", [PLAN], "start day=2026-01-15 event=PLAN_DRAWN_UP", ["version rule=R09 since=R09", "no_task"]),
        ("R07", [PLAN], "start day=2026-01-15 event=PLAN_DRAWN_UP", ["version rule=R07 since=R07", "owner owner=CASEWORKER_MUNICIPALITY"]),
        ("R12", [PLAN, ILLNESS], "start day=2027-04-01 event=INTERRUPTION", ["version rule=R12 since=R12", "owner owner=CASEWORKER_MUNICIPALITY"]),
        ("R13", [PLAN, extended("STUDIES_U25")], "start day=2027-12-01 event=PLAN_EXTENDED", ["version rule=R13 since=R13", "owner owner=EMPLOYMENT"]),
    ],
)  # fmt: skip
def test_a_reason_begins_with_its_event_and_ends_with_rule_and_owner(rule: str, events: list[Event], first: str, last: list[str]) -> None:
    [found] = [one for one in compute(Facts(), events, Settings(), AS_OF) if one.rule == rule]
    assert (steps(found)[0], steps(found)[-2:]) == (first, last)
    assert f"start day={found.start_on} event={found.start_type}" == first
