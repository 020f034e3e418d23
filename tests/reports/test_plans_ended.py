"""Plans that ended, and what reviews found (I26, I29, I30, I32, I60)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.support.town import Town


def ended(town: Town, on: date | None, reason: str = "EMPLOYED", **columns: object) -> str:
    client = town.client()
    town.plan(client, date(2026, 1, 15), "ENDED", ended_on=on, end_reason=reason, **columns)
    return client


@pytest.mark.parametrize(
    ("day", "counted"), [(date(2026, 6, 30), 0), (date(2026, 7, 1), 1), (date(2026, 9, 30), 1), (date(2026, 10, 1), 0)]
)
def test_a_plan_counts_as_ended_in_the_period_of_its_last_day(town: Town, day: date, counted: int) -> None:
    ended(town, day)
    assert town.whole("I29", "2026Q3") == (counted, 0) and town.whole("I60", "2026Q3") == (counted, counted)


def test_a_plan_ended_before_the_day_was_recorded_ended_on_its_last_day(town: Town) -> None:
    ended(town, None, valid_to=date(2026, 8, 1))
    assert town.whole("I29", "2026Q3") == (1, 0)


@pytest.mark.parametrize("status", ["IN_FORCE", "SUPERSEDED", "ANNULLED"])
def test_a_plan_that_was_replaced_or_annulled_or_goes_on_has_not_ended(town: Town, status: str) -> None:
    town.plan(town.client(), date(2026, 1, 15), status, valid_to=date(2026, 8, 1))
    assert town.whole("I29", "2026Q3") == (0, 0)


def test_plans_end_for_work_or_another_reason(town: Town) -> None:
    for reason in ("EMPLOYED", "ENTREPRENEUR", "EDUCATION", "GOALS_MET"):
        ended(town, date(2026, 8, 1), reason)
    assert town.whole("I60", "2026Q3") == (2, 4)
    assert town.by("I29", "2026Q3", "PLAN_END_REASON") == dict.fromkeys(("EMPLOYED", "ENTREPRENEUR", "EDUCATION", "GOALS_MET"), (1, 0))
    assert town.by("I60", "2026Q3", "GENDER") == {"UNKNOWN": (2, 4)}


@pytest.mark.parametrize(("last", "months"), [(date(2026, 8, 14), 6), (date(2026, 8, 15), 7), (date(2026, 7, 1), 5)])
def test_the_whole_time_is_full_months(town: Town, last: date, months: int) -> None:
    ended(town, last)
    assert town.spread("I26", "2026Q3") == Counter([months])


def test_the_whole_time_is_of_the_person_from_the_first_plan_to_the_last_end(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2025, 1, 31), "SUPERSEDED")
    town.plan(client, date(2025, 6, 1), "ENDED", ordinal=2, ended_on=date(2026, 7, 5), end_reason="GOALS_MET")
    town.plan(client, date(2026, 8, 1), "ENDED", ordinal=3, ended_on=date(2026, 9, 30), end_reason="EMPLOYED")
    # Twenty months from 31 January end on the last day of September (150/1930 § 3).
    assert town.spread("I26", "2026Q3") == Counter([20])
    assert town.whole("I29", "2026Q3") == (2, 0)


def test_the_last_review_of_the_period_tells_what_became_of_each_goal(town: Town) -> None:
    client = town.client()
    plan = town.plan(client, date(2026, 1, 15))
    reached, lost, untold = (town.goal(client, plan, kind) for kind in ("LANGUAGE", "EMPLOYMENT", "LANGUAGE"))
    town.review(client, plan, date(2026, 7, 1), {reached: "OPEN", lost: "ACHIEVED", untold: "ACHIEVED"})
    town.review(client, plan, date(2026, 9, 30), {reached: "ACHIEVED", lost: "PARTLY"})
    town.review(client, plan, date(2026, 10, 1), {lost: "ACHIEVED"})
    assert town.whole("I30", "2026Q3") == (1, 3)
    assert town.by("I30", "2026Q3", "GOAL_TYPE") == {"LANGUAGE": (1, 2), "EMPLOYMENT": (0, 1)}


def test_goals_of_plans_that_were_not_reviewed_or_are_annulled_do_not_count(town: Town) -> None:
    for status in ("IN_FORCE", "ANNULLED"):
        client = town.client()
        plan = town.plan(client, date(2026, 1, 15), status)
        goal = town.goal(client, plan)
        if status == "ANNULLED":
            town.review(client, plan, date(2026, 8, 1), {goal: "ACHIEVED"}, ["QUEUE"])
    assert town.whole("I30", "2026Q3") == town.whole("I32", "2026Q3") == (0, 0)


def test_a_review_with_two_factors_is_one_review_and_counts_with_both(town: Town) -> None:
    client = town.client()
    plan = town.plan(client, date(2026, 1, 15))
    town.review(client, plan, date(2026, 7, 1), factors=["QUEUE", "HEALTH"])
    town.review(client, plan, date(2026, 9, 30), factors=["QUEUE"])
    town.review(client, plan, date(2026, 8, 1))
    town.review(client, plan, date(2026, 6, 30), factors=["OTHER"])
    found = town.by("I32", "2026Q3", "HINDRANCE")
    assert town.whole("I32", "2026Q3") == (2, 3) and (found["QUEUE"], found["HEALTH"], found["OTHER"]) == ((2, 3), (1, 3), (0, 3))
