"""The document of `deadlines compute` becomes exactly these facts, settings and events; each limit of what is taken, on both its sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.deadlines.facts import Event, Facts, Period, Settings
from app.deadlines.reading import Question, read

FLAGS = ("trafficking_victim", "relative_of_quota_refugee", "residence_conditions_met", "retention_hold", "legacy_regime")


def reasons(document: Any) -> list[str]:
    """Give the fields with a fault."""
    return [reason["field"] for reason in read(document)[1]]


def question(**parts: Any) -> Question:
    found, faults = read({"as_of": "2026-06-01", **parts})
    assert found is not None and faults == []
    return found


def test_every_fact_is_read() -> None:
    facts = {
        "birth_date": "2004-02-29", "assessment_grounds": ["A1", "A6"], "residence_ground": "P90", "reimbursement_group": "G5", "unaccompanied_group": "MINOR",
        "home_care_allowance_periods": [{"from": "2026-03-01", "to": "2026-03-01"}, {"from": "2026-04-01"}, {"from": "2026-05-01", "to": None}],
        "trafficking_victim": True, "relative_of_quota_refugee": True, "residence_conditions_met": False, "retention_hold": True, "legacy_regime": True,
    }  # fmt: skip
    assert question(facts=facts).facts == Facts(
        birth_date=date(2004, 2, 29), assessment_grounds=frozenset({"A1", "A6"}), residence_ground="P90", reimbursement_group="G5", unaccompanied=True,
        home_care_allowance_periods=(Period(date(2026, 3, 1), date(2026, 3, 1)), Period(date(2026, 4, 1)), Period(date(2026, 5, 1))),
        trafficking_victim=True, relative_of_quota_refugee=True, residence_conditions_met=False, retention_hold=True, legacy_regime=True,
    )  # fmt: skip


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_is_true_or_false_and_nothing_else(flag: str) -> None:
    assert getattr(question(facts={flag: True}).facts, flag) is True and getattr(question(facts={flag: False}).facts, flag) is False
    assert reasons({"as_of": "2026-06-01", "facts": {flag: 1}}) == [f"facts.{flag}"]


def test_without_facts_the_defaults_stand() -> None:
    assert question() == Question(Facts(), (), Settings(), date(2026, 6, 1)) and question(facts={"birth_date": None}).facts == Facts()


def test_every_part_of_an_event_is_read() -> None:
    typed = [
        {"type": "ASSESSMENT_COMPLETED", "on": "2026-01-02", "need_of_plan": False}, {"type": "ARRIVED", "on": "2026-01-02", "justified": True},
        {"type": "INTERRUPTION", "on": "2026-01-02", "to": "2026-01-02", "ground": "ILLNESS", "plan": 1},
        {"type": "PLAN_EXTENDED", "on": "2026-01-02", "ground": "LOW_EDU", "plan": 1000}, {"type": "PLAN_ENDED", "on": "2026-01-02"},
    ]  # fmt: skip
    on = date(2026, 1, 2)
    assert question(events=typed).events == (
        Event(type="ASSESSMENT_COMPLETED", on=on, need_of_plan=False), Event(type="ARRIVED", on=on, justified=True),
        Event(type="INTERRUPTION", on=on, to=on, ground="ILLNESS", plan=1), Event(type="PLAN_EXTENDED", on=on, ground="LOW_EDU", plan=1000),
        Event(type="PLAN_ENDED", on=on),
    )  # fmt: skip


def test_every_setting_is_read() -> None:
    typed = {
        "R01_working_days": 1, "R02_days": 366, "interruption_counts_both_ends": False, "interruption_adds_to_extension": False,
        "interruption_extends_first_plan": True, "tasks_move_to_working_day": False, "all_clients_to_employment_authority": True,
    }  # fmt: skip
    assert question(settings=typed).settings == Settings(
        amounts={"R01_working_days": 1, "R02_days": 366}, interruption_counts_both_ends=False, interruption_adds_to_extension=False,
        interruption_extends_first_plan=True, tasks_move_to_working_day=False, all_clients_to_employment_authority=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("document", "faults"),
    [
        ({"as_of": "1899-12-31"}, ["as_of"]), ({"as_of": "1900-01-01"}, []), ({"as_of": "2199-12-31"}, []), ({"as_of": "2200-01-01"}, ["as_of"]),
        ({"facts": {"birth_date": "2026-06-01"}}, []), ({"facts": {"birth_date": "2026-06-02"}}, ["facts.birth_date"]),
        ({"events": [{"type": "PERSON_KNOWN", "on": "2026-01-02"}] * 1000}, []), ({"events": [{"type": "PERSON_KNOWN", "on": "2026-01-02"}] * 1001}, ["events"]),
        ({"settings": {"R02_days": 367}}, ["settings.R02_days"]), ({"settings": {"R02_days": 0}}, ["settings.R02_days"]),
        ({"settings": {"amounts": {}}}, ["settings.amounts"]), ({"settings": {"R02_days": "14"}}, ["settings.R02_days"]),
        ({"events": [{"type": "PLAN_ENDED", "on": "2026-01-02", "plan": 0}]}, ["events[0].plan"]),
        ({"events": [{"type": "PLAN_ENDED", "on": "2026-01-02", "plan": 1001}]}, ["events[0].plan"]),
        ({"events": [{"type": "INTERRUPTION", "on": "2026-01-02", "to": "2026-01-01"}]}, ["events[0].to"]),
        ({"as_of": "1.6.2026", "facts": {"birth_date": "1990-05-05"}}, ["as_of"]),
        ({"events": [{"type": "INTERRUPTION", "on": "2026-01-02", "to": "1.2.2026"}]}, ["events[0].to"]),
        ({"events": [{"type": "INTERRUPTION", "on": "2026-01-02", "ground": "NO_SUCH"}]}, ["events[0].ground"]),
        ({"events": [{"type": "PLAN_ENDED", "on": "2026-01-02", "other": 1}]}, ["events[0].other"]),
        ({"events": [{"type": "ARRIVED", "on": "2026-01-02", "justified": "yes"}]}, ["events[0].justified"]),
        ({"facts": {"home_care_allowance_periods": {}}}, ["facts.home_care_allowance_periods"]),
        ({"facts": {"home_care_allowance_periods": ["x"]}}, ["facts.home_care_allowance_periods[0]", "facts.home_care_allowance_periods[0].from"]),
        ({"facts": {"home_care_allowance_periods": [{"from": "2026-01-02", "to": "x"}]}},
         ["facts.home_care_allowance_periods[0].to"]),
        ({"facts": {"home_care_allowance_periods": [{"from": "2026-01-02", "days": 5}]}}, ["facts.home_care_allowance_periods[0].days"]),
        ({"facts": {"unaccompanied_group": "U9"}}, ["facts.unaccompanied_group"]), ({"facts": "x"}, ["facts"]), ({"other.part": 1}, ["other.part"]),
    ],
)  # fmt: skip
def test_each_limit_of_what_is_taken(document: dict[str, Any], faults: list[str]) -> None:
    assert reasons({"as_of": "2026-06-01", **document}) == faults
