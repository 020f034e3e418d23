"""How plans stand on a day: their review, their extension and their maximum (I24, I25, I27, I28)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from app.clients.models import Client
from app.plans.life_models import PlanExtension, PlanInterruption
from app.responsibility.models import ResponsibilityPeriod
from tests.support.town import Town


@pytest.mark.parametrize(
    ("drawn_up", "last"),
    [
        (date(2026, 2, 10), date(2026, 8, 10)),
        # The end of February 2027 is a Sunday.
        (date(2026, 8, 31), date(2027, 3, 1)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        # Midsummer Eve.
        (date(2026, 12, 25), date(2027, 6, 28)),
    ],
)  # fmt: skip
def test_a_review_is_in_time_to_the_last_day_of_six_months(town: Town, drawn_up: date, last: date) -> None:
    town.plan(town.client(), drawn_up)
    for later, in_time in ((0, 1), (1, 0)):
        day = last + timedelta(days=later)
        assert town.whole("I24", str(day.year), day) == (in_time, 1)
        assert town.whole("I25", str(day.year), day) == (1 - in_time, 0)


def test_a_review_begins_the_six_months_anew_and_only_from_its_day(town: Town) -> None:
    client = town.client()
    town.review(client, town.plan(client, date(2026, 1, 15)), date(2026, 7, 10))
    assert town.whole("I24", "2026", date(2026, 7, 9)) == (1, 1)
    # Until 10 July the first six months hold, to 15 July; then those of the review, to 10 January, a Sunday.
    assert town.whole("I24", "2027", date(2027, 1, 11)) == (1, 1)
    assert town.spread("I25", "2027", date(2027, 1, 14)) == Counter([3])


def test_what_was_late_on_a_past_day_stays_late_though_the_review_was_held_since(town: Town) -> None:
    client = town.client()
    town.review(client, town.plan(client, date(2026, 1, 15)), date(2026, 10, 10))
    assert town.whole("I24", "2026Q3") == (0, 1) and town.spread("I25", "2026Q3") == Counter([77])
    assert town.whole("I24", "2026Q4") == (1, 1)


def test_a_new_plan_that_is_agreed_begins_the_six_months_before_it_is_in_force(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 1, 15))
    town.plan(client, date(2026, 7, 15), "AGREED", ordinal=2, valid_from=date(2026, 12, 1))
    assert town.whole("I24", "2026Q3") == (1, 1)


@pytest.mark.parametrize("status", ["DRAFT", "ANNULLED", "AGREED"])
def test_a_plan_not_in_force_is_not_valid(town: Town, status: str) -> None:
    town.plan(town.client(), date(2026, 7, 1), status)
    assert town.whole("I24", "2026Q3") == (0, 0)


def test_a_plan_is_valid_from_its_first_day_or_from_when_it_is_agreed(town: Town) -> None:
    for columns in ({"valid_from": date(2026, 10, 1)}, {"agreed_on": date(2026, 10, 1)}, {"valid_from": date(2026, 9, 30)}):
        town.plan(town.client(), date(2026, 9, 1), **columns)
    assert [town.whole("I24", period) for period in ("2026Q3", "2026Q4")] == [(1, 1), (3, 3)]


def test_a_plan_is_valid_until_the_day_it_ends(town: Town) -> None:
    for ended in (date(2026, 9, 30), date(2026, 10, 1)):
        town.plan(town.client(), date(2026, 7, 1), "ENDED", ended_on=ended, end_reason="EMPLOYED")
    assert town.whole("I24", "2026Q3") == (1, 1)


def test_a_plan_past_its_last_day_is_valid_until_somebody_ends_it(town: Town) -> None:
    town.plan(town.client(), date(2026, 5, 1), valid_to=date(2026, 7, 1))
    assert town.whole("I24", "2026Q3") == (1, 1)


def test_of_two_plans_the_one_in_force_that_day_is_valid(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 1, 10), "SUPERSEDED")
    town.plan(client, date(2026, 10, 2), ordinal=2)
    assert [(town.whole("I24", period)) for period in ("2026Q3", "2026Q4")] == [(0, 1), (1, 1)]


def test_a_plan_that_an_annulled_one_replaced_is_valid_no_more(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 7, 1), "SUPERSEDED")
    town.plan(client, date(2026, 8, 1), "ANNULLED", ordinal=2)
    assert [town.whole("I24", "2026Q3", date(2026, 7, 31)), town.whole("I24", "2026Q3", date(2026, 8, 1))] == [(1, 1), (0, 0)]


def test_who_is_no_client_any_more_has_no_valid_plan(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 7, 1))
    town.session.get_one(Client, client).relationship_ended = date(2026, 9, 30)
    town.session.flush()
    assert [town.whole("I24", "2026Q3", day) for day in (date(2026, 9, 29), date(2026, 9, 30))] == [(1, 1), (0, 0)]


def test_a_plan_came_along_with_its_client_and_is_valid_here_from_that_day_on(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 7, 1))
    town.row(ResponsibilityPeriod, client, responsible="MUNI", starts_on=date(2026, 9, 1), reason="MOVED")
    assert [town.whole("I24", "2026Q3", day) for day in (date(2026, 8, 31), date(2026, 9, 1))] == [(0, 0), (1, 1)]


def extension(town: Town, client: str, plan: str, decided: date, ground: str = "LOW_EDU", to: date = date(2028, 1, 1)) -> None:
    town.row(PlanExtension, client, plan_id=plan, ground=ground, extended_from=to - timedelta(days=30), extended_to=to, reasons="x", decided_by="x",
             decided_on=decided)  # fmt: skip


@pytest.mark.parametrize(
    ("decided", "met"), [(date(2026, 6, 30), 0), (date(2026, 7, 1), 1), (date(2026, 9, 30), 1), (date(2026, 10, 1), 0)]
)
def test_an_extension_counts_in_the_period_it_was_decided_in(town: Town, decided: date, met: int) -> None:
    client = town.client()
    extension(town, client, town.plan(client, date(2026, 3, 1), "EXTENDED"), decided)
    assert town.whole("I27", "2026Q3") == (met, 1)


def test_a_person_extended_twice_is_one_person_and_of_both_grounds(town: Town) -> None:
    client, other = town.client(), town.client()
    plan = town.plan(client, date(2026, 3, 1), "EXTENDED")
    for ground in ("LOW_EDU", "HOME_CARE", "LOW_EDU"):
        extension(town, client, plan, date(2026, 8, 1), ground)
    town.plan(other, date(2026, 8, 1))
    assert town.whole("I27", "2026Q3") == (1, 2)
    by_ground = town.by("I27", "2026Q3", "EXTENSION_GROUND")
    assert {key: sums for key, sums in by_ground.items() if sums[0]} == {"LOW_EDU": (1, 2), "HOME_CARE": (1, 2)}
    assert by_ground["INTERRUPTION"] == (0, 2)


def test_who_had_a_plan_on_any_day_of_the_period_is_of_the_whole(town: Town) -> None:
    for ended in (date(2026, 7, 1), date(2026, 7, 2)):
        town.plan(town.client(), date(2026, 3, 1), "ENDED", ended_on=ended, end_reason="EMPLOYED")
    town.plan(town.client(), date(2026, 9, 1), "AGREED", valid_from=date(2026, 9, 20))
    town.plan(town.client(), date(2026, 9, 30))
    assert town.whole("I27", "2026Q3") == (0, 2)


@pytest.mark.parametrize(("days", "near"), [(91, 0), (90, 0), (89, 1), (0, 1), (-1, 1)])
def test_a_maximum_is_near_from_less_than_90_days_on(town: Town, days: int, near: int) -> None:
    town.plan(town.client(), date(2026, 1, 15))
    assert town.whole("I28", "2028" if days < 15 else "2027", date(2028, 1, 15) - timedelta(days=days)) == (near, 0)


def test_the_maximum_is_counted_from_the_first_plan(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 1, 15), "SUPERSEDED")
    town.plan(client, date(2027, 10, 1), ordinal=2)
    assert town.whole("I28", "2027") == (1, 0)


def test_an_extension_makes_the_maximum_later_from_the_day_it_is_decided(town: Town) -> None:
    client = town.client()
    extension(town, client, town.plan(client, date(2026, 1, 15), "EXTENDED"), date(2027, 12, 1), to=date(2028, 6, 1))
    assert [town.whole("I28", "2027", day) for day in (date(2027, 11, 30), date(2027, 12, 1))] == [(1, 0), (0, 0)]


def test_the_days_of_an_interruption_make_the_maximum_later(town: Town) -> None:
    client = town.client()
    plan = town.plan(client, date(2026, 1, 15))
    town.row(PlanInterruption, client, plan_id=plan, reason="ILLNESS", starts_on=date(2027, 4, 1), ends_on=date(2027, 6, 30))
    # 15 January and 91 days is 15 April 2028; 89 days before that is 17 January.
    assert [town.whole("I28", "2028", date(2028, 1, day))[0] for day in (16, 17)] == [0, 1]


def test_a_plan_for_the_support_of_studies_is_past_its_maximum_by_law(town: Town) -> None:
    town.plan(town.client(), date(2026, 1, 15), "STUDIES_ONLY", studies_only_from=date(2028, 1, 16))
    assert [town.whole("I28", "2028", date(2028, 1, day))[0] for day in (15, 16)] == [1, 0]
