"""Stages, worries and forecasts of the rollout, by days."""

from __future__ import annotations

from datetime import date

import pytest

from app.rollout.checklist import last_day
from app.rollout.rules import Progress, Worry, forecast, in_use_by, worries
from app.rollout.stages import OF_A_MOVE, OF_RIGHTS, STEPS, Stage, next_step, stage_of, steps_of

TODAY, LAST = date(2026, 11, 26), date(2027, 1, 1)
USERS, REHEARSED, IN_USE = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)


def one(**values: object) -> Progress:
    return Progress(**{"organisation_id": "here", "contacts": 1, **values})  # type: ignore[arg-type]


def test_the_act_demands_use_two_years_after_it_came_into_force() -> None:
    assert last_day(TODAY) == LAST


@pytest.mark.parametrize("reached, stage, next_one", [
    ({}, Stage.NOT_BEGUN, Stage.INFORMED),
    ({Stage.INFORMED: USERS}, Stage.INFORMED, Stage.USERS_NAMED),
    ({Stage.USERS_NAMED: USERS}, Stage.USERS_NAMED, Stage.TRAINED),
    ({Stage.IN_USE: IN_USE}, Stage.IN_USE, Stage.OLD_CLOSED),
    ({Stage.USERS_NAMED: USERS, Stage.IN_USE: date(2026, 11, 27)}, Stage.USERS_NAMED, Stage.TRAINED),
    ({Stage.OLD_CLOSED: TODAY}, Stage.OLD_CLOSED, None),
])  # fmt: skip
def test_the_furthest_stage_reached_stands(reached: dict[Stage, date], stage: Stage, next_one: Stage | None) -> None:
    assert (stage_of(reached, TODAY), next_step(reached, STEPS, TODAY)) == (stage, next_one)


def test_who_has_no_old_system_goes_past_the_move_and_who_has_no_clients_needs_rights_only() -> None:
    assert set(STEPS) - set(steps_of("MUNICIPALITY", OF_A_MOVE)) == OF_A_MOVE
    assert next_step({Stage.TRAINED: USERS}, steps_of("MUNICIPALITY", OF_A_MOVE), TODAY) == Stage.IN_USE
    assert steps_of("WELLBEING_COUNTY") == OF_RIGHTS


PLAN = {Stage.IN_USE: date(2026, 12, 15)}
FINE = {"reached": {Stage.USERS_NAMED: USERS, Stage.REHEARSED: REHEARSED}, "planned": PLAN}


@pytest.mark.parametrize("values, found", [
    (FINE, []),
    ({**FINE, "asks_help": True}, [Worry.ASKED]),
    ({**FINE, "contacts": 0}, [Worry.NO_CONTACT]),
    ({**FINE, "planned": {**PLAN, Stage.MOVED: date(2026, 11, 25)}}, [Worry.LATE]),
    ({**FINE, "planned": {**PLAN, Stage.MOVED: TODAY}}, []),
    ({**FINE, "planned": {**PLAN, Stage.REHEARSED: date(2026, 9, 25)}}, []),
    ({**FINE, "planned": {}}, [Worry.NO_PLAN]),
    ({**FINE, "planned": {Stage.IN_USE: date(2027, 1, 2)}}, [Worry.AFTER_THE_DAY]),
    ({**FINE, "planned": {Stage.IN_USE: LAST}}, []),
    ({**FINE, "reached": {Stage.USERS_NAMED: USERS}}, [Worry.NOT_REHEARSED]),
    ({**FINE, "reached": {Stage.USERS_NAMED: USERS}, "skipped": OF_A_MOVE}, []),
    ({**FINE, "reached": {Stage.REHEARSED: REHEARSED}}, [Worry.NO_USERS]),
    ({"reached": {Stage.IN_USE: IN_USE}, "contacts": 0}, []),
    ({"reached": {Stage.IN_USE: IN_USE}, "asks_help": True}, [Worry.ASKED]),
    ({"kind": "WELLBEING_COUNTY"}, [Worry.NO_USERS]),
    ({"kind": "WELLBEING_COUNTY", "reached": {Stage.USERS_NAMED: USERS}}, []),
])  # fmt: skip
def test_why_help_may_be_needed(values: dict[str, object], found: list[Worry]) -> None:
    assert worries(one(**values), TODAY, LAST) == found


@pytest.mark.parametrize("on, found", [
    (date(2026, 9, 1), []), (date(2026, 10, 3), []), (date(2026, 10, 4), [Worry.NO_USERS]), (date(2026, 11, 17), [Worry.NO_USERS]),
    (date(2026, 11, 18), [Worry.NO_USERS, Worry.NOT_REHEARSED]),
])  # fmt: skip
def test_nobody_is_hurried_long_before_the_day(on: date, found: list[Worry]) -> None:
    assert worries(one(planned=PLAN), on, LAST) == found


def test_a_stage_stands_from_its_day() -> None:
    here = one(reached={Stage.INFORMED: USERS, Stage.TRAINED: TODAY})
    assert [here.stage(day) for day in (date(2026, 8, 31), USERS, date(2026, 11, 25), TODAY)] == [Stage.NOT_BEGUN, Stage.INFORMED, Stage.INFORMED, Stage.TRAINED]


def test_the_forecast_tells_plans_and_pace_apart() -> None:
    found = [
        one(reached={Stage.IN_USE: date(2026, 3, 1)}), one(reached={Stage.IN_USE: IN_USE}), one(reached={Stage.IN_USE: TODAY}),
        one(planned={Stage.IN_USE: LAST}), one(planned={Stage.IN_USE: date(2027, 1, 2)}), one(planned={Stage.IN_USE: date(2026, 11, 25)}), one(),
    ]  # fmt: skip
    told = forecast(found, TODAY, LAST)
    # Two in the last 56 days, 36 days left: one more.
    assert (told.all, told.now, told.by_plans, told.by_pace) == (7, 3, 4, 4)


def test_the_curve_holds_what_was_reached_and_then_what_is_planned() -> None:
    found = [one(reached={Stage.IN_USE: IN_USE}), one(planned={Stage.IN_USE: date(2026, 12, 15)}), one(planned={Stage.IN_USE: date(2026, 11, 20)})]
    assert in_use_by(found, [date(2026, 11, 1), date(2026, 11, 2), TODAY, date(2026, 12, 1), LAST], TODAY) == [0, 1, 1, 1, 2]


@pytest.mark.parametrize("begun, counts", [(date(2026, 9, 11), 0), (date(2026, 9, 12), 1), (date(2026, 11, 6), 1), (date(2026, 11, 7), 0)])
def test_the_pace_is_of_the_last_eight_weeks(begun: date, counts: int) -> None:
    # Eight weeks before the last day: as many more as in the eight weeks before.
    told = forecast([one(reached={Stage.IN_USE: begun}), one(), one()], date(2026, 11, 6), LAST)
    assert told.by_pace == told.now + counts


def test_after_the_last_day_nothing_is_forecast() -> None:
    found = [*(one(reached={Stage.IN_USE: LAST}) for _each in range(60)), one()]
    assert forecast(found, date(2027, 1, 4), LAST).by_pace == 60


def test_a_plan_for_today_counts_in_the_forecast_and_for_the_curve_only_when_it_is_done() -> None:
    found = [one(planned={Stage.IN_USE: TODAY}), one(planned={Stage.IN_USE: LAST}), one()]
    assert forecast(found, TODAY, LAST).by_plans == 2
    assert in_use_by(found, [TODAY, date(2026, 12, 31), LAST], TODAY) == [0, 0, 1]
