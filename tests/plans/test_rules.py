"""The plan's rules, with dates on, before and after each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.deadlines.numbers import limit_after, number
from app.plans.rules import PlanFacts, broken_agreement_rules, broken_date_rules, broken_telling_rules, is_kela_told, needs_assessment

GOOD = PlanFacts(
    drawn_up_date=date(2026, 1, 15), valid_from=date(2026, 1, 15), valid_to=date(2027, 1, 15), planned_review_date=date(2026, 7, 15),
    assessment_completed_on=date(2026, 1, 15), first_end=date(2027, 1, 15), latest_end=date(2028, 1, 15), first_permit_date=date(2023, 3, 10), trafficking_victim=False,
)  # fmt: skip


def test_a_plan_on_every_limit_is_good() -> None:
    assert broken_date_rules(GOOD) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param({"valid_to": date(2027, 1, 16)}, ("valid_to", "V1"), id="23.2-first-plan"),
        pytest.param({"first_end": None, "latest_end": date(2027, 1, 15), "valid_to": date(2027, 1, 16)}, ("valid_to", "V2"), id="23.2-total"),
        pytest.param({"assessment_completed_on": date(2026, 1, 16)}, ("drawn_up_date", "V3"), id="16"),
        pytest.param({"first_permit_date": date(2023, 1, 14)}, ("drawn_up_date", "V4"), id="20.3"),
        pytest.param({"planned_review_date": date(2026, 7, 16)}, ("planned_review_date", "V8"), id="22.1"),
        pytest.param({"valid_to": date(2026, 1, 15)}, ("valid_to", "ORDER"), id="order"),
        pytest.param({"planned_review_date": date(2026, 1, 15)}, ("planned_review_date", "ORDER"), id="review-on-the-day-itself"),
        pytest.param({"planned_review_date": date(2026, 1, 14)}, ("planned_review_date", "ORDER"), id="review-before"),
    ],
)
def test_a_broken_limit_is_named(change: dict[str, date], rule: tuple[str, str]) -> None:
    assert broken_date_rules(replace(GOOD, **change)) == [rule]


@pytest.mark.parametrize(("day", "is_late"), [(13, False), (15, False), (16, False), (17, True)])
def test_a_plan_is_in_time_on_the_working_day_after_a_sunday(day: int, is_late: bool) -> None:
    # Three years from 15.3.2023 end on a Sunday.
    drawn_up = date(2026, 3, day)
    dates = {"drawn_up_date": drawn_up, "valid_from": drawn_up, "planned_review_date": date(2026, 7, 15), "assessment_completed_on": drawn_up}
    found = broken_date_rules(replace(GOOD, **dates, first_permit_date=date(2023, 3, 15)))
    assert found == ([("drawn_up_date", "V4")] if is_late else [])


def test_a_later_plan_may_last_to_the_last_day_of_two_years_from_the_first() -> None:
    later = replace(GOOD, first_end=None, latest_end=date(2027, 1, 15), valid_to=date(2027, 1, 15), planned_review_date=date(2026, 1, 16))
    assert broken_date_rules(later) == []


def test_the_three_years_do_not_bind_a_trafficking_victim() -> None:
    assert broken_date_rules(replace(GOOD, first_permit_date=date(2020, 1, 1), trafficking_victim=True)) == []


@pytest.mark.parametrize(("day", "broken"), [(date(2024, 12, 31), []), (date(2025, 1, 1), [("drawn_up_date", "NO_ASSESSMENT")])])
def test_only_a_plan_of_the_older_act_rests_on_no_assessment(day: date, broken: list[tuple[str, str]]) -> None:
    dates = {"drawn_up_date": day, "valid_from": day, "valid_to": day.replace(month=day.month % 12 + 1, year=day.year + 1), "planned_review_date": limit_after(day, "R07")}
    facts = replace(GOOD, **dates, assessment_completed_on=None, first_end=None, first_permit_date=None)
    assert broken_date_rules(facts) == broken and needs_assessment(day) is bool(broken)


AGREED = {"goal_types": ["EMPLOYMENT"], "justifications": ["why"], "is_jobseeker": True, "age": 30, "on": date(2026, 1, 1), "education_goal_reason": None}


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"goal_types": []}, ["GOAL", "V6"]), ({"justifications": []}, ["SERVICE"]), ({"justifications": ["why", None]}, ["V5"]),
        ({"goal_types": ["LANGUAGE"]}, ["V6"]), ({"goal_types": ["LANGUAGE"], "is_jobseeker": False}, []),
        ({"goal_types": ["ENTREPRENEURSHIP"]}, []), ({"age": 24, "goal_types": ["EMPLOYMENT", "UPPER_SECONDARY"]}, []),
        ({"age": 24}, ["V7"]), ({"age": 25}, []), ({"age": 24, "education_goal_reason": "works"}, []),
    ],
)  # fmt: skip
def test_what_keeps_a_plan_from_being_agreed(change: dict[str, object], broken: list[str]) -> None:
    assert broken_agreement_rules(**{**AGREED, **change}) == broken  # type: ignore[arg-type]


def test_a_limit_ends_on_the_last_day_of_a_short_month() -> None:
    assert limit_after(date(2026, 8, 31), "R07") == date(2027, 2, 28)
    assert number("R08", date(2020, 1, 1)).amount == 1


@pytest.mark.parametrize(
    ("work", "status", "is_told"),
    [("HOME_CARE", "AGREED", True), ("HOME_CARE", "IN_FORCE", True), ("HOME_CARE", "EXTENDED", True), ("HOME_CARE", "INTERRUPTED", True), ("HOME_CARE", "STUDIES_ONLY", True),
     ("HOME_CARE", "DRAFT", False), ("HOME_CARE", "ENDED", False), ("EMPLOYED", "IN_FORCE", False)],
)  # fmt: skip
def test_kela_is_told_of_the_plan_of_a_parent_on_home_care_allowance_section_88(work: str, status: str, is_told: bool) -> None:
    assert is_kela_told(work, status) is is_told


@pytest.mark.parametrize(
    ("told", "is_due", "broken"),
    [(1, True, [("kela_told_on", "KELA_EARLY")]), (2, True, []), (3, True, []), (4, True, [("kela_told_on", "FUTURE")]), (3, False, [(None, "KELA")])],
)
def test_kela_is_told_between_the_agreement_and_today_section_88(told: int, is_due: bool, broken: list[tuple[str | None, str]]) -> None:
    days = {"told_on": date(2026, 6, told), "agreed_on": date(2026, 6, 2), "today": date(2026, 6, 3)}
    assert broken_telling_rules(**days, is_due=is_due) == broken
