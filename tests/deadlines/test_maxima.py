"""How long plans may last: extensions, caps, interruptions and the older act."""

from __future__ import annotations

from datetime import date

import pytest

from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Period, Settings
from tests.support.day_by_day import event

# The first example of the rules: its maximum is 15.1.2028.
PLAN = event("PLAN_DRAWN_UP", "2026-01-15")
YEARS = date(2026, 6, 1)


def limits(*events: Event, facts: Facts = Facts(), as_of: date = YEARS, **settings: bool) -> dict[str, str]:
    """Give the last day of each rule of the maximum."""
    found = compute(facts, [PLAN, *events], Settings(**settings), as_of)
    return {one.rule: str(one.due_on) for one in found if one.rule in ("R08", "R09", "R10", "R11", "R12", "R13", "R30")}


def extended(ground: str, to: str | None = None, on: str = "2027-12-01") -> Event:
    return event("PLAN_EXTENDED", on, ground=ground, to=to)


def paused(on: str, to: str | None) -> Event:
    return event("INTERRUPTION", on, to=to)


BASE = {"R08": "2027-01-15", "R09": "2028-01-15"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], {}, id="23.2"),
        pytest.param([extended("LOW_EDU")], {"R10": "2030-01-15"}, id="23.3-full"),
        pytest.param([extended("MULTI_SERVICE")], {"R10": "2030-01-15"}, id="23.3-services"),
        pytest.param([extended("LOW_EDU", "2029-01-15")], {"R10": "2029-01-15"}, id="23.3-granted"),
        pytest.param([extended("LOW_EDU", "2030-01-14")], {"R10": "2030-01-14"}, id="23.3-before-the-cap"),
        pytest.param([extended("LOW_EDU", "2030-01-15")], {"R10": "2030-01-15"}, id="23.3-on-the-cap"),
        pytest.param([extended("LOW_EDU", "2030-01-16")], {"R10": "2030-01-15"}, id="23.3-past-the-cap"),
        pytest.param([extended("LOW_EDU", "2027-12-31")], {"R10": "2028-01-15"}, id="23.3-never-earlier"),
        pytest.param([extended("HOME_CARE")], {"R11": "2030-01-15"}, id="23.3-home-care"),
        pytest.param([extended("HOME_CARE"), extended("LOW_EDU")], {"R10": "2030-01-15", "R11": "2030-01-15"}, id="23.3-common-cap"),
        pytest.param([paused("2027-04-01", "2027-06-30")], {"R12": "2028-04-15"}, id="23.4-example"),
        pytest.param([paused("2027-04-01", "2027-04-01")], {"R12": "2028-01-16"}, id="23.4-one-day"),
        pytest.param([paused("2027-04-01", "2027-04-10"), paused("2027-05-01", "2027-05-10")], {"R12": "2028-02-04"}, id="23.4-two"),
        pytest.param([paused("2027-04-01", "2027-04-10"), paused("2027-04-06", "2027-04-15")], {"R12": "2028-01-30"}, id="23.4-overlap-once"),
        pytest.param([paused("2027-04-01", "2027-04-30"), paused("2027-04-06", "2027-04-15")], {"R12": "2028-02-14"}, id="23.4-one-within"),
        pytest.param([paused("2026-01-06", "2026-01-24")], {"R12": "2028-01-25"}, id="23.4-from-the-first-plan"),
        pytest.param([paused("2025-11-01", "2026-01-14")], {}, id="23.4-before-the-plan"),
        pytest.param([paused("2028-01-15", "2028-01-24")], {"R12": "2028-01-25"}, id="23.4-begins-on-the-last-day"),
        pytest.param([paused("2028-01-16", "2028-01-25")], {}, id="23.4-begins-after"),
        pytest.param([paused("2028-01-06", "2028-01-15"), paused("2028-01-25", "2028-01-25")], {"R12": "2028-01-26"}, id="23.4-in-time-won"),
        pytest.param([paused("2028-01-06", "2028-01-15"), paused("2028-01-26", "2028-01-26")], {"R12": "2028-01-25"}, id="23.4-after-the-time-won"),
        pytest.param([paused("2025-11-01", "2026-01-14"), paused("2027-04-01", "2027-04-01")], {"R12": "2028-01-16"}, id="23.4-one-before-one-after"),
        pytest.param([paused("2026-05-23", None)], {"R12": "2028-01-25"}, id="23.4-goes-on"),
        pytest.param([paused("2026-07-01", None)], {}, id="23.4-goes-on-later"),
        pytest.param([extended("LOW_EDU"), paused("2027-04-01", "2027-06-30")], {"R10": "2030-01-15", "R12": "2030-04-16"}, id="23.4-on-top"),
        pytest.param([extended("LOW_EDU"), paused("2029-04-01", "2029-04-10")], {"R10": "2030-01-15", "R12": "2030-01-25"}, id="23.4-in-extension"),
        pytest.param([extended("STUDIES_U25")], {"R13": "2029-01-15"}, id="31.1-age-not-known"),
        pytest.param([extended("STUDIES_U25", "2028-06-30")], {"R13": "2028-06-30"}, id="31.1-granted"),
        pytest.param([extended("STUDIES_U25", "2029-06-30")], {"R13": "2029-01-15"}, id="31.1-past-the-cap"),
        pytest.param([extended("STUDIES_U25"), extended("LOW_EDU")], {"R10": "2030-01-15", "R13": "2031-01-15"}, id="31.1-on-top"),
        pytest.param([extended("STUDIES_U25"), paused("2027-04-01", "2027-06-30")], {"R12": "2028-04-15", "R13": "2029-04-15"}, id="31.1-after-23.4"),
        pytest.param([extended("INTERRUPTION")], {}, id="23.4-only-the-days-count"),
        pytest.param([event("PLAN_DRAWN_UP", "2027-01-10", plan=2)], {}, id="23.2-from-the-first"),
    ],
)  # fmt: skip
def test_the_maximum_of_the_first_example(events: list[Event], expected: dict[str, str]) -> None:
    assert limits(*events) == BASE | expected


@pytest.mark.parametrize(("born", "has_right"), [("2003-01-15", False), ("2003-01-16", True), ("2003-01-14", False), ("2005-05-05", True)])
def test_studies_lengthen_only_under_25_on_the_last_day(born: str, has_right: bool) -> None:
    found = limits(extended("STUDIES_U25"), facts=Facts(birth_date=date.fromisoformat(born)))
    assert found == BASE | ({"R13": "2029-01-15"} if has_right else {})


def test_another_extension_past_the_25th_birthday_does_not_cost_the_year_of_studies() -> None:
    facts = Facts(birth_date=date(2003, 3, 1))
    assert limits(extended("STUDIES_U25"), extended("LOW_EDU", "2028-06-30"), facts=facts) == BASE | {"R10": "2028-06-30", "R13": "2029-01-15"}
    assert limits(extended("STUDIES_U25"), extended("LOW_EDU", "2028-02-28"), facts=facts) == BASE | {"R10": "2028-02-28", "R13": "2029-02-28"}
    assert limits(extended("STUDIES_U25"), paused("2027-04-01", "2027-06-30"), facts=facts) == BASE | {"R12": "2028-04-15", "R13": "2029-04-15"}


@pytest.mark.parametrize(
    ("start", "end", "has_right"),
    [("2026-03-01", "2027-12-31", True), ("2025-01-01", "2026-01-15", True), ("2025-01-01", "2026-01-14", False), ("2028-01-15", "2028-02-01", True),
     ("2028-01-16", "2028-02-01", False), ("2025-01-01", None, True)],
)  # fmt: skip
def test_home_care_lengthens_only_when_it_was_paid_in_the_plans_time(start: str, end: str | None, has_right: bool) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end) if end else None)
    found = limits(extended("HOME_CARE"), facts=Facts(home_care_allowance_periods=(period,)))
    assert ("R11" in found) == has_right


def test_the_readings_of_open_points_are_settings() -> None:
    pause = paused("2027-04-01", "2027-06-30")
    assert limits(pause, interruption_counts_both_ends=False)["R12"] == "2028-04-14"
    assert limits(pause, extended("LOW_EDU"), interruption_adds_to_extension=False)["R12"] == "2028-04-15"
    assert limits(paused("2026-04-01", "2026-04-10"), interruption_extends_first_plan=True)["R08"] == "2027-01-25"


OLD = event("PLAN_DRAWN_UP", "2024-03-05")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], {"R30": ["2027-03-05"]}, id="102.2-older-limits"),
        pytest.param([event("PLAN_REVIEWED", "2024-12-31")], {"R30": ["2027-03-05"]}, id="102.2-reviewed-the-day-before"),
        pytest.param([event("PLAN_REVIEWED", "2025-01-01")], {"R09": ["2026-03-05"]}, id="102.2-reviewed-on-the-day"),
        pytest.param([event("PLAN_DRAWN_UP", "2025-02-03", plan=2)], {"R09": ["2026-03-05"]}, id="102.2-new-plan"),
        pytest.param([event("PLAN_REVIEWED", "2026-06-02")], {"R30": ["2027-03-05"]}, id="102.2-review-still-to-come"),
        pytest.param([extended("LOW_EDU")], {"R30": ["2027-03-05", "2029-03-05"]}, id="102.2-extended"),
        pytest.param([extended("LOW_EDU", "2030-01-01")], {"R30": ["2027-03-05", "2029-03-05"]}, id="102.2-capped"),
        pytest.param([paused("2026-04-01", "2026-04-10")], {"R30": ["2027-03-05", "2027-03-15"]}, id="102.2-paused"),
        pytest.param([extended("LOW_EDU"), paused("2026-04-01", "2026-04-10")], {"R30": ["2027-03-05", "2029-03-05", "2029-03-05"]}, id="102.2-all"),
    ],
)  # fmt: skip
def test_a_plan_of_the_older_act_keeps_its_limits_until_it_is_reviewed(events: list[Event], expected: dict[str, list[str]]) -> None:
    found: dict[str, list[str]] = {}
    for one in compute(Facts(), [OLD, *events], Settings(), YEARS):
        if one.rule in ("R08", "R09", "R10", "R12", "R30"):
            found.setdefault(one.rule, []).append(str(one.due_on))
    assert found == expected


def test_the_regime_can_be_told() -> None:
    assert "R09" in {one.rule for one in compute(Facts(legacy_regime=False), [OLD], Settings(), YEARS)}


@pytest.mark.parametrize(
    ("rule", "events", "last"),
    [
        ("R08", [PLAN], "2027-01-15"), ("R09", [PLAN], "2028-01-15"), ("R10", [PLAN, extended("LOW_EDU")], "2030-01-15"),
        ("R11", [PLAN, extended("HOME_CARE", "2029-01-15")], "2029-01-15"), ("R12", [PLAN, paused("2027-04-01", "2027-06-30")], "2028-04-15"),
        ("R13", [PLAN, extended("STUDIES_U25")], "2029-01-15"), ("R30", [OLD], "2027-03-05"),
    ],
)  # fmt: skip
def test_a_maximum_holds_to_its_last_day(rule: str, events: list[Event], last: str) -> None:
    due = date.fromisoformat(last)
    for day, state in ((due.replace(day=due.day - 1), "open"), (due, "open"), (due.replace(day=due.day + 1), "passed")):
        assert [(one.due_on, str(one.state)) for one in compute(Facts(), events, Settings(), day) if one.rule == rule] == [(due, state)]


def test_a_limit_that_was_lengthened_says_so() -> None:
    [total] = [one for one in compute(Facts(), [PLAN, extended("LOW_EDU")], Settings(), YEARS) if one.rule == "R09"]
    assert "15.1.2030 (sääntö R10)" in total.why["fi"] and "15.1.2030 (regel R10)" in total.why["sv"]
