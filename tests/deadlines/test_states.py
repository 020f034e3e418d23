"""What fulfils a task, what takes its ground away, and what the client's facts change."""

from __future__ import annotations

from datetime import date

import pytest

from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Settings
from tests.support.day_by_day import event

PERMIT = event("FIRST_PERMIT_GRANTED", "2023-06-05")
PLAN = event("PLAN_DRAWN_UP", "2026-01-15", plan=1)


def told(rule: str, *events: Event, facts: Facts = Facts(), as_of: str = "2026-06-01", **amounts: int) -> list[tuple[str, str]]:
    """Give day and state of each obligation of a rule."""
    found = compute(facts, events, Settings(amounts=amounts), date.fromisoformat(as_of))
    return [(str(one.due_on), str(one.state)) for one in found if one.rule == rule]


@pytest.mark.parametrize(
    ("rule", "events", "as_of", "expected"),
    [
        pytest.param("R01", [event("CONTACT_RECEIVED", "2026-01-15"), event("CONTACT_HANDLED", "2026-01-15")], "2026-01-15", [("2026-01-22", "met")], id="9.2"),
        pytest.param("R01", [event("CONTACT_RECEIVED", "2026-01-15"), event("CONTACT_HANDLED", "2026-01-14")], "2026-01-23", [("2026-01-22", "overdue")], id="9.2-earlier"),
        pytest.param("R02", [event("PERSON_KNOWN", "2026-02-02"), event("ASSESSMENT_STARTED", "2026-02-20")], "2026-03-01", [("2026-02-16", "met")], id="14.2-late"),
        pytest.param("R02", [event("PERSON_KNOWN", "2026-02-02"), event("ASSESSMENT_STARTED", "2026-02-20")], "2026-02-19", [("2026-02-16", "overdue")], id="14.2-not-yet"),
        pytest.param("R02", [event("PERSON_KNOWN", "2026-02-02"), event("ASSESSMENT_STARTED", "2026-02-20")], "2026-02-16", [("2026-02-16", "open")], id="14.2-last-day"),
        pytest.param("R04", [event("ASSESSMENT_COMPLETED", "2026-02-02", need_of_plan=True)], "2026-02-16", [("2026-02-16", "open")], id="20.1-need"),
        pytest.param("R04", [event("ASSESSMENT_COMPLETED", "2026-02-02", need_of_plan=False)], "2026-02-16", [], id="20.1-no-need"),
        pytest.param("R04", [event("ASSESSMENT_COMPLETED", "2026-02-02")], "2026-02-16", [], id="20.1-need-not-told"),
        pytest.param("R04", [event("ASSESSMENT_COMPLETED", "2026-02-02", need_of_plan=True), event("PLAN_DRAWN_UP", "2026-02-02")], "2026-02-16", [("2026-02-16", "met")], id="20.1-same-day"),
        pytest.param("R05", [PERMIT, PLAN], "2026-06-01", [("2026-06-05", "met")], id="20.3-met"),
        pytest.param("R05", [PERMIT], "2026-06-05", [("2026-06-05", "open")], id="20.3-last-day"),
        pytest.param("R05", [PERMIT], "2026-06-06", [("2026-06-05", "overdue")], id="20.3-day-after"),
        pytest.param("R05", [PERMIT, event("ASSESSMENT_COMPLETED", "2026-02-02", need_of_plan=False)], "2026-06-01", [], id="16-no-need"),
        pytest.param("R05", [PERMIT, event("ASSESSMENT_COMPLETED", "2025-02-03", need_of_plan=False), event("ASSESSMENT_COMPLETED", "2026-02-02", need_of_plan=True)], "2026-06-01", [("2026-06-05", "open")], id="16-last-word"),
        pytest.param("R05", [PERMIT, event("ASSESSMENT_COMPLETED", "2025-02-03", need_of_plan=True), event("ASSESSMENT_COMPLETED", "2026-02-02", need_of_plan=False)], "2026-06-01", [], id="16-need-is-over"),
        pytest.param("R05", [PERMIT, event("RESIDENCE_CARD_GRANTED", "2023-05-05")], "2026-06-01", [("2026-05-05", "overdue")], id="20.3-earliest"),
        pytest.param("R05", [PERMIT, event("CLIENT_RELATIONSHIP_ENDED", "2025-05-05")], "2026-06-01", [], id="20.3-left"),
        pytest.param("R06", [PLAN, event("SERVICE_REFERRED", "2026-02-16", plan=1)], "2026-06-01", [("2026-02-16", "met")], id="20.5-last-day"),
        pytest.param("R06", [PLAN, event("SERVICE_REFERRED", "2026-02-17", plan=1)], "2026-06-01", [("2026-02-16", "met")], id="20.5-late"),
        pytest.param("R06", [PLAN, event("SERVICE_REFERRED", "2026-02-10", plan=1), event("PLAN_ENDED", "2026-02-10", plan=1)], "2026-06-01", [("2026-02-16", "met")], id="20.5-on-the-day-the-plan-ended"),
        pytest.param("R06", [PLAN, event("SERVICE_REFERRED", "2026-02-10", plan=2)], "2026-06-01", [("2026-02-16", "overdue")], id="20.5-other-plan"),
        pytest.param("R06", [PLAN, event("PLAN_DRAWN_UP", "2026-02-02", plan=2)], "2026-02-20", [("2026-03-02", "open")], id="20.5-restarts"),
        pytest.param("R06", [PLAN, event("PLAN_DRAWN_UP", "2026-03-02", plan=2)], "2026-03-20", [("2026-02-16", "passed"), ("2026-04-02", "open")], id="20.5-missed"),
        pytest.param("R06", [PLAN, event("PLAN_ENDED", "2026-02-02", plan=1)], "2026-03-20", [], id="20.5-ended"),
        pytest.param("R06", [event("PLAN_DRAWN_UP", "2024-12-31")], "2025-01-10", [], id="20.5-older-act"),
        pytest.param("R07", [PLAN, event("PLAN_REVIEWED", "2026-04-01", plan=1)], "2026-06-01", [("2026-07-15", "met"), ("2026-10-01", "open")], id="22.1-earlier-restarts"),
        pytest.param("R07", [PLAN, event("PLAN_REVIEWED", "2026-07-20", plan=1)], "2026-07-19", [("2026-07-15", "overdue"), ("2027-01-20", "open")], id="22.1-planned"),
        pytest.param("R07", [PLAN, event("PLAN_ENDED", "2026-05-05", plan=1)], "2026-08-01", [], id="22.1-ended"),
        pytest.param("R07", [PLAN, event("PLAN_ENDED", "2026-07-15", plan=1)], "2026-08-01", [], id="22.1-ended-on-the-last-day"),
        pytest.param("R07", [PLAN, event("PLAN_ENDED", "2026-07-16", plan=1)], "2026-08-01", [("2026-07-15", "passed")], id="22.1-ended-after"),
        pytest.param("R07", [event("PLAN_DRAWN_UP", "2026-02-02", plan=2), PLAN, event("PLAN_ENDED", "2026-02-03", plan=1)], "2026-06-01", [("2026-08-03", "open")], id="22.1-next-plan"),
        pytest.param("R25", [event("CLIENT_RELATIONSHIP_ENDED", "2022-05-05"), event("CLIENT_RELATIONSHIP_STARTED", "2025-05-05")], "2026-06-01", [], id="77-came-back"),
        pytest.param("R25", [event("CLIENT_RELATIONSHIP_ENDED", "2022-05-05"), event("DELETED", "2026-05-05")], "2026-06-01", [("2026-05-05", "met")], id="77-deleted"),
        pytest.param("R26", [event("JOB_SEARCH_STARTED", "2026-01-15"), event("JOB_SEARCH_ENDED", "2025-07-15")], "2026-01-20", [("2026-01-22", "open")], id="31.1-half-a-year"),
        pytest.param("R26", [event("JOB_SEARCH_STARTED", "2026-01-15"), event("JOB_SEARCH_ENDED", "2025-07-16")], "2026-01-20", [], id="31.1-less"),
        pytest.param("R26", [event("JOB_SEARCH_STARTED", "2026-01-15"), event("JOB_SEARCH_ENDED", "2026-01-15")], "2026-01-20", [], id="31.1-goes-on"),
        pytest.param("R26", [event("JOB_SEARCH_STARTED", "2026-01-15"), event("JOB_SEARCH_ENDED", "2026-01-16")], "2026-01-16", [], id="31.1-ended-next-day"),
        pytest.param("R26", [event("JOB_SEARCH_STARTED", "2026-01-15"), event("JOB_SEARCH_ENDED", "2025-01-01"), event("JOB_SEARCH_ENDED", "2025-12-01")], "2026-01-20", [], id="31.1-last-end-counts"),
        pytest.param("R20", [event("ARRIVED", "2026-07-01", justified=True)], "2026-06-01", [("2025-11-01", "passed")], id="64-justified"),
    ],
)  # fmt: skip
def test_the_state_on_a_day(rule: str, events: list[Event], as_of: str, expected: list[tuple[str, str]]) -> None:
    assert told(rule, *events, as_of=as_of) == expected


@pytest.mark.parametrize("facts", [Facts(trafficking_victim=True), Facts(assessment_grounds=frozenset({"A7"}))])
def test_three_years_do_not_bind_a_trafficking_victim(facts: Facts) -> None:
    assert told("R03", PERMIT) and told("R05", PERMIT)
    assert told("R03", PERMIT, facts=facts) == told("R05", PERMIT, facts=facts) == []


MUNICIPALITY = "FIRST_MUNICIPALITY_OF_RESIDENCE_REGISTERED"


@pytest.mark.parametrize(
    ("facts", "start", "expected"),
    [
        pytest.param({"reimbursement_group": "G1"}, "2025-01-01", {"R18": "2027-01-01"}, id="62.3"),
        pytest.param({"reimbursement_group": "G1", "residence_ground": "P90"}, "2025-01-01", {"R18": "2028-01-01"}, id="61.3-quota"),
        pytest.param({"reimbursement_group": "G6", "relative_of_quota_refugee": True}, "2026-05-15", {"R18": "2029-05-15"}, id="61.3-relative"),
        pytest.param({"reimbursement_group": "G1"}, "2024-12-31", {"R19": "2027-12-31"}, id="102-day-before"),
        pytest.param({"reimbursement_group": "G1", "residence_ground": "P90"}, "2024-02-29", {"R19": "2028-02-29"}, id="102-quota"),
        pytest.param({}, "2025-01-01", {}, id="2.3-no-group"),
        pytest.param({}, "2024-12-31", {}, id="2.3-no-group-transition"),
    ],
)  # fmt: skip
def test_the_time_of_reimbursement(facts: dict[str, object], start: str, expected: dict[str, str]) -> None:
    found = compute(Facts(**facts), [event(MUNICIPALITY, start)], Settings(), date(2026, 6, 1))  # type: ignore[arg-type]
    assert {one.rule: str(one.due_on) for one in found if one.rule in ("R18", "R19")} == expected


def test_special_costs_have_ten_years_and_assistance_one() -> None:
    facts = Facts(reimbursement_group="G1")
    assert told("R21", event(MUNICIPALITY, "2025-03-03"), facts=facts) == [("2026-03-03", "passed"), ("2035-03-03", "open")]


def test_without_the_conditions_of_residence_the_time_runs_from_the_permit() -> None:
    events = [event("FIRST_PERMIT_GRANTED", "2025-02-03"), event(MUNICIPALITY, "2025-05-05")]
    assert told("R18", *events, facts=Facts(reimbursement_group="G2", residence_conditions_met=False)) == [("2027-02-03", "open")]
    # So do the special costs, the quota refugee's time and the time of the transition; a card starts none of them.
    events.append(event("RESIDENCE_CARD_GRANTED", "2025-01-15"))
    apart = Facts(reimbursement_group="G2", residence_conditions_met=False)
    assert told("R18", *events, facts=apart) == [("2027-02-03", "open")] and told("R21", *events, facts=apart) == [("2026-02-03", "passed"), ("2035-02-03", "open")]
    assert told("R18", *events, facts=Facts(residence_ground="P90", residence_conditions_met=False)) == [("2028-02-03", "open")]
    assert told("R19", event("FIRST_PERMIT_GRANTED", "2024-06-03"), event(MUNICIPALITY, "2024-07-05"), facts=apart) == [("2027-06-03", "open")]
    # Temporary protection: only from the first municipality (§ 59.3).
    assert told("R18", *events, facts=Facts(reimbursement_group="G5", residence_conditions_met=False)) == [("2027-05-05", "open")]


@pytest.mark.parametrize(("born", "expected"), [("2004-02-28", "2027-02-28"), ("2004-02-29", "2027-02-28"), ("2005-02-28", "2028-02-28")])
def test_support_ends_on_the_23rd_birthday(born: str, expected: str) -> None:
    young = Facts(birth_date=date.fromisoformat(born), assessment_grounds=frozenset({"A6"}))
    assert told("R16", facts=young) == [(expected, "open")]
    assert told("R16", facts=Facts(birth_date=young.birth_date)) == []


@pytest.mark.parametrize(("born", "has_fee"), [("2008-02-01", True), ("2008-02-02", True), ("2008-02-03", False)])
def test_a_minor_pays_no_fee(born: str, has_fee: bool) -> None:
    found = told("R15", event("MISSED_APPOINTMENT", "2026-02-02"), facts=Facts(birth_date=date.fromisoformat(born)))
    assert bool(found) == has_fee


@pytest.mark.parametrize(("born", "is_due"), [("2001-02-02", True), ("2001-02-03", False)])
def test_an_employment_plan_follows_from_25_on(born: str, is_due: bool) -> None:
    found = told("R14", event("PLAN_MAX_REACHED", "2026-02-02"), facts=Facts(birth_date=date.fromisoformat(born)))
    assert bool(found) == is_due


def test_a_representative_is_applied_for_a_minor_only() -> None:
    known = event("CHILD_WITHOUT_GUARDIAN_KNOWN", "2026-02-02")
    assert told("R17", known, facts=Facts(birth_date=date(2008, 2, 3))) and not told("R17", known, facts=Facts(birth_date=date(2008, 2, 2)))


def test_a_hold_keeps_the_data() -> None:
    assert told("R25", event("CLIENT_RELATIONSHIP_ENDED", "2022-05-05"), facts=Facts(retention_hold=True)) == []


@pytest.mark.parametrize(("days", "due"), [(1, "2026-01-16"), (5, "2026-01-22"), (10, "2026-01-29")])
def test_a_soft_number_is_a_local_setting(days: int, due: str) -> None:
    assert told("R01", event("CONTACT_RECEIVED", "2026-01-15"), R01_working_days=days)[0][0] == due


def test_tasks_stay_on_a_day_off_when_the_setting_says_so() -> None:
    found = compute(Facts(), [PLAN], Settings(tasks_move_to_working_day=False), date(2026, 1, 15))
    assert [str(one.due_on) for one in found if one.rule == "R06"] == ["2026-02-15"]


def test_the_responsible_authority_follows_the_job_search() -> None:
    started, ended = event("JOB_SEARCH_STARTED", "2026-02-02"), event("JOB_SEARCH_ENDED", "2026-05-05")
    for events, facts, delegated, owner in (
        ([], Facts(), False, "MUNICIPALITY"), ([started], Facts(), False, "EMPLOYMENT"), ([started, ended], Facts(), False, "MUNICIPALITY"),
        # On the day itself; and a search that starts on the day another ends goes on, in whatever order they are told.
        ([event("JOB_SEARCH_STARTED", "2026-06-01")], Facts(), False, "EMPLOYMENT"), ([event("JOB_SEARCH_STARTED", "2026-06-02")], Facts(), False, "MUNICIPALITY"),
        ([started, event("JOB_SEARCH_ENDED", "2026-06-01")], Facts(), False, "MUNICIPALITY"),
        ([started, ended, event("JOB_SEARCH_STARTED", "2026-05-05")], Facts(), False, "EMPLOYMENT"),
        ([ended], Facts(assessment_grounds=frozenset({"A1"})), False, "MUNICIPALITY"),
        ([], Facts(assessment_grounds=frozenset({"A1"})), False, "EMPLOYMENT"), ([], Facts(), True, "EMPLOYMENT"),
    ):  # fmt: skip
        found = compute(facts, [PLAN, *events], Settings(all_clients_to_employment_authority=delegated), date(2026, 6, 1))
        assert {one.owner for one in found if one.rule == "R07"} == {f"CASEWORKER_{owner}"}
