"""Plans drawn up, at the edges of their period and their limits (I20–I22, I31, I33)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.organisations.models import organisation_key
from app.participations.models import Participation
from tests.support.town import Town

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@pytest.mark.parametrize(("day", "counted"), [(date(2026, 6, 30), 0), (FIRST, 1), (LAST, 1), (date(2026, 10, 1), 0)])
def test_a_plan_counts_in_the_period_it_was_drawn_up_in(town: Town, day: date, counted: int) -> None:
    town.plan(town.client(), day)
    assert town.whole("I20", "2026Q3") == (counted, 0)


def test_a_running_period_counts_to_its_day(town: Town) -> None:
    town.plan(town.client(), date(2026, 8, 11))
    assert [town.whole("I20", "2026Q3", date(2026, 8, day))[0] for day in (10, 11)] == [0, 1]


@pytest.mark.parametrize(
    ("status", "counted"), [("DRAFT", 0), ("ANNULLED", 0), ("AGREED", 1), ("IN_FORCE", 1), ("SUPERSEDED", 1), ("ENDED", 1)]
)
def test_a_draft_and_an_annulled_plan_never_count(town: Town, status: str, counted: int) -> None:
    town.plan(town.client(), FIRST, status, valid_from=date(2026, 12, 1))
    assert town.whole("I20", "2026Q3") == (counted, 0)


def test_two_plans_of_a_person_are_two_and_each_has_its_own_number(town: Town) -> None:
    client = town.client()
    town.plan(client, FIRST, "SUPERSEDED")
    town.plan(client, LAST, ordinal=2)
    assert town.by("I20", "2026Q3", "PLAN_ORDINAL") == {"1": (1, 0), "2": (1, 0)}


def test_the_plans_of_a_joined_record_count_with_the_person(town: Town) -> None:
    kept, joined = town.client(), town.client()
    town.plan(kept, FIRST)
    left = town.plan(joined, FIRST)
    assert town.whole("I20", "2026Q3") == (2, 0)
    town.session.get_one(Client, joined).merged_into_id = kept
    town.session.flush()
    assert left and town.whole("I20", "2026Q3") == (1, 0)


def test_the_days_from_an_assessment_are_of_the_first_plan_that_rests_on_it(town: Town) -> None:
    client = town.client()
    assessment = town.assessment(client, date(2026, 7, 1))
    town.plan(client, date(2026, 7, 15), "SUPERSEDED", assessment_id=assessment)
    town.plan(client, date(2026, 9, 1), ordinal=2, assessment_id=assessment)
    at_once = town.client()
    town.plan(at_once, date(2026, 8, 1), assessment_id=town.assessment(at_once, date(2026, 8, 1)))
    assert town.spread("I21", "2026Q3") == Counter([14, 0])


def test_an_annulled_plan_is_no_first_plan_of_an_assessment(town: Town) -> None:
    client = town.client()
    assessment = town.assessment(client, date(2026, 7, 1))
    town.plan(client, date(2026, 7, 2), "ANNULLED", assessment_id=assessment)
    town.plan(client, date(2026, 7, 21), ordinal=2, assessment_id=assessment)
    assert town.spread("I21", "2026Q3") == Counter([20])


def permitted(town: Town, on: date | None, **columns: object) -> str:
    client = town.client(**columns)
    if on:
        town.row(ResidenceBasis, client, kind="PERMIT", ground="P87", granted_date=on, source="DOCUMENT")
    return client


@pytest.mark.parametrize(
    ("permit", "drawn_up", "expected"),
    [
        (date(2023, 8, 12), date(2026, 8, 12), (1, 1)),
        (date(2023, 8, 12), date(2026, 8, 13), (0, 1)),
        # Three years from 15 August 2023 end on a Saturday: Monday is in time.
        (date(2023, 8, 15), date(2026, 8, 17), (1, 1)),
        (date(2023, 8, 15), date(2026, 8, 18), (0, 1)),
        (None, date(2026, 8, 18), (0, 0)),
    ],
)  # fmt: skip
def test_the_three_years_of_a_first_plan(town: Town, permit: date | None, drawn_up: date, expected: tuple[int, int]) -> None:
    town.plan(permitted(town, permit), drawn_up)
    assert town.whole("I22", "2026Q3") == expected


def test_a_later_plan_is_no_first_plan_though_the_first_is_long_ago(town: Town) -> None:
    client = permitted(town, date(2021, 1, 1))
    town.plan(client, date(2025, 3, 1), "SUPERSEDED")
    town.plan(client, FIRST, ordinal=2)
    assert town.whole("I22", "2026Q3") == (0, 0)


def test_the_plan_of_a_victim_of_trafficking_is_never_late(town: Town) -> None:
    town.plan(permitted(town, date(2020, 1, 1), trafficking_victim=True), FIRST)
    other = permitted(town, date(2020, 1, 1))
    town.assessment(other, date(2026, 1, 1), ground="A7")
    town.plan(other, FIRST)
    assert town.whole("I22", "2026Q3") == (2, 2)


def invited(town: Town, plan: str, client: str, matter: str, accepted: bool) -> None:
    moment = datetime(2026, 8, 1, 9, tzinfo=UTC)
    town.row(
        Participation, client, organisation_id=organisation_key("WELLBEING_COUNTY", "21"), matter=matter, plan_id=plan, profile="PLAN_PART",
        purpose="PLAN_PARTICIPATION", reason="x", may_contribute=True, valid_to=date(2026, 12, 1), accepted_at=moment if accepted else None,
    )  # fmt: skip


@pytest.mark.parametrize(("matter", "accepted", "expected"), [("PLAN", True, 1), ("PLAN", False, 0), ("REVIEW", True, 0)])
def test_only_a_county_that_joined_the_plan_itself_took_part(town: Town, matter: str, accepted: bool, expected: int) -> None:
    client = town.client()
    invited(town, town.plan(client, FIRST), client, matter, accepted)
    assert town.whole("I31", "2026Q3") == (expected, 1)
    assert town.by("I20", "2026Q3", "COUNTY") == {"YES" if expected else "NO": (1, 0)}


@pytest.mark.parametrize(
    ("born", "drawn_up", "expected"),
    [
        (date(2001, 8, 11), date(2026, 8, 10), 1), (date(2001, 8, 10), date(2026, 8, 10), 0),
        # Born on a leap day: 25 on the last day of February.
        (date(2004, 2, 29), date(2029, 2, 27), 1), (date(2004, 2, 29), date(2029, 2, 28), 0),
    ],
)  # fmt: skip
def test_who_is_under_25_on_the_day_of_drawing_up(town: Town, born: date, drawn_up: date, expected: int) -> None:
    town.plan(town.client(birth_date=born), drawn_up)
    assert town.whole("I33", str(drawn_up.year)) == (0, expected)


def test_the_young_have_the_goal_of_upper_secondary_education_or_not(town: Town) -> None:
    for kinds in (("UPPER_SECONDARY", "LANGUAGE"), ("OTHER_EDUCATION",), ("UPPER_SECONDARY", "UPPER_SECONDARY")):
        client = town.client(birth_date=date(2006, 1, 1))
        plan = town.plan(client, FIRST)
        for kind in kinds:
            town.goal(client, plan, kind)
    assert town.whole("I33", "2026Q3") == (2, 3)
