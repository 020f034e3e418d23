"""Referral to an agreed service within a month of the plan (I23)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.town import Town

DRAWN_UP = date(2026, 8, 12)


@pytest.mark.parametrize(
    ("referred", "met"),
    [(DRAWN_UP, 1), (date(2026, 9, 12), 1), (date(2026, 9, 14), 1), (date(2026, 9, 15), 0), (date(2026, 8, 11), 0), (None, 0)],
)
def test_the_month_ends_on_the_next_working_day(town: Town, referred: date | None, met: int) -> None:
    # 12 September 2026 is a Saturday.
    client = town.client()
    town.service(client, town.plan(client, DRAWN_UP), "CAREER", referred)
    assert town.whole("I23", "2026Q3") == (met, 1)


def test_a_plan_is_told_of_in_the_period_its_month_ends_in(town: Town) -> None:
    town.plan(town.client(), date(2026, 9, 1))
    assert [town.whole("I23", period) for period in ("2026Q3", "2026Q4")] == [(0, 0), (0, 1)]
    assert [town.whole("I23", "2026Q4", date(2026, 10, day)) for day in (1,)] == [(0, 1)]


def test_a_plan_whose_month_goes_on_is_not_told_of_yet(town: Town) -> None:
    town.plan(town.client(), DRAWN_UP)
    assert [town.whole("I23", "2026Q3", date(2026, 9, day)) for day in (13, 14)] == [(0, 0), (0, 1)]


@pytest.mark.parametrize(("status", "expected"), [("DRAFT", (0, 0)), ("ANNULLED", (0, 0)), ("AGREED", (0, 1))])
def test_a_plan_that_binds_nobody_owes_no_referral(town: Town, status: str, expected: tuple[int, int]) -> None:
    town.plan(town.client(), DRAWN_UP, status)
    assert town.whole("I23", "2026Q3") == expected


def test_a_plan_that_a_new_one_replaced_within_the_month_counts_only_when_it_was_met(town: Town) -> None:
    for referred in (date(2026, 8, 20), date(2026, 9, 10), None):
        client = town.client()
        town.service(client, town.plan(client, DRAWN_UP, "SUPERSEDED"), "CAREER", referred)
        town.plan(client, date(2026, 9, 1), ordinal=2)
    assert town.whole("I23", "2026Q3") == (1, 1)


def test_a_plan_that_ended_within_the_month_owes_no_referral_and_one_that_ended_later_did(town: Town) -> None:
    for ended in (date(2026, 9, 14), date(2026, 9, 15)):
        town.plan(town.client(), DRAWN_UP, "ENDED", ended_on=ended, end_reason="EMPLOYED")
    assert town.whole("I23", "2026Q3") == (0, 1)


def test_each_type_of_service_is_of_the_plans_that_agreed_it(town: Town) -> None:
    client = town.client()
    plan = town.plan(client, DRAWN_UP)
    for kind, referred in (("CAREER", date(2026, 8, 20)), ("CAREER", None), ("ORIENTATION", date(2026, 11, 1))):
        town.service(client, plan, kind, referred)
    other = town.client()
    town.service(other, town.plan(other, DRAWN_UP), "ORIENTATION", DRAWN_UP)
    assert town.whole("I23", "2026Q3") == (2, 2)
    assert town.by("I23", "2026Q3", "SERVICE_TYPE") == {"CAREER": (1, 1), "ORIENTATION": (1, 2)}
