"""Every exercise is done when its deeds are right, and tells why when one of them is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.training.exercises.all import BY_ID
from tests.support import training_client_work, training_other_work
from tests.support.trainee import OF_ROLE, OTHER_COUNTY, OTHER_HOME, TODAY, Trainee

DEEDS: dict[str, Callable[..., None]] = {
    name.upper(): found for module in (training_client_work, training_other_work) for name, found in vars(module).items() if name.upper() in BY_ID
}  # fmt: skip
# (exercise, what is done otherwise, the reason that is told).
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("X01", {"status": "CLOSED"}, "CLIENT_CLOSED"),
    ("X02", {"sender_type": "CLIENT"}, "SENDER_IS_CLIENT"),
    ("X02", {"directed_only": True, "consent_on": None, "need": None}, "DIRECTED_ONLY"),
    ("X02", {"consent_on": None}, "NO_CONTACT_CONSENT"),
    ("X02", {"need": None}, "NO_CONTACT_NEED"),
    ("X03", {"outcome": "GUIDANCE"}, "NOT_TO_ASSESSMENT"),
    ("X04", {"kind": "C_CONTACT"}, "OTHER_CONSENT"),
    ("X04", {"need": None}, "NO_GUIDANCE_NEED"),
    ("X05", {"employment": "EMPLOYED"}, "NOT_HOME_CARE"),
    ("X05", {"ground": "A4"}, "GROUND_NOT_A3"),
    ("X05", {"known_on": None}, "NO_KNOWN_DAY"),
    ("X06", {"needs": False}, "NEEDS_NO_INTERPRETER"),
    ("X06", {"interpreter_needed": False}, "NO_INTERPRETER"),
    ("X06", {"purpose": "PLAN"}, "OTHER_PURPOSE"),
    ("X06", {"cancelling_told_on": None}, "CANCELLING_NOT_TOLD"),
    ("X07", {"wishes": None}, "WISHES_MISSING"),
    ("X07", {"outcome": "EDU"}, "OUTCOME_NOT_PLAN"),
    ("X08", {"section": "HEALTH_NEEDS"}, "OTHER_RESTRICTED"),
    ("X08", {"purpose_reason": "x"}, "PURPOSE_SHORT"),
    ("X10", {"employment": "NOT_JOBSEEKER"}, "NOT_JOBSEEKER"),
    ("X10", {"goals": ("LANGUAGE",)}, "NO_EMPLOYMENT_GOAL"),
    ("X10", {"why": None}, "SERVICE_UNJUSTIFIED"),
    ("X10", {"starts": TODAY + timedelta(days=2)}, "PLAN_NOT_IN_FORCE"),
    ("X11", {"born": date(1990, 1, 1)}, "NOT_YOUNG"),
    ("X11", {"goals": ("LANGUAGE",), "no_education_goal_reason": "x"}, "NO_EDUCATION_GOAL"),
    ("X11", {"why": None}, "SERVICE_UNJUSTIFIED"),
    ("X11", {"valid_from": TODAY + timedelta(days=2)}, "PLAN_NOT_IN_FORCE"),
    ("X12", {"organisation_id": OTHER_COUNTY}, "OTHER_COUNTY"),
    ("X12", {"matter": "ASSESSMENT"}, "MATTER_NOT_PLAN"),
    ("X12", {"may_contribute": False}, "COUNTY_MAY_NOT_WRITE"),
    ("X13", {"days": 40}, "REFERRED_LATE"),
    ("X14", {"goal": False}, "NO_GOAL_RESULT"),
    ("X14", {"hindrance": False}, "NO_HINDRANCE"),
    ("X15", {"fee": True}, "FEE_INSTEAD"),
    ("X16", {"reason": "PARENTAL"}, "OTHER_INTERRUPTION"),
    ("X16", {"ends": True}, "PLAN_NOT_IN_FORCE"),
    ("X17", {"reason": "LEFT_COUNTRY"}, "END_NOT_EDUCATION"),
    ("X17", {"onward": None}, "NO_ONWARD_GUIDANCE"),
    ("X18", {"sections": ("PLAN", "NOTES")}, "TOO_MUCH_MOVES"),
    ("X18", {"sections": ("SKILLS",)}, "PLAN_LEFT_OUT"),
    ("X20", {"basis": "B6"}, "BASIS_UNFIT"),
    ("X20", {"valid_to": TODAY + timedelta(days=500)}, "PERIOD_LONG"),
    ("X21", {"reason": "Ei"}, "REASON_SHORT"),
    ("X22", {"reason": "TASK_ENDED"}, "END_NOT_LEFT"),
    ("X23", {"days": 90}, "ENDS_TOO_LATE"),
    ("X24", {"base": "CASEWORKER"}, "OTHER_BASE"),
    ("X24", {"withheld": "can_export PlanView"}, "STILL_EXPORTS"),
    ("X24", {"reason": None}, "NO_ROLE_REASON"),
    ("X25", {"asks": False}, "READER_NOT_ASKED"),
    ("X26", {"kind": "NIGHT"}, "NO_SAMPLE"),
    ("X26", {"is_active": False}, "RULE_ASLEEP"),
    ("X30", {"matter": "ASSESSMENT"}, "NOT_TO_PLAN"),
    ("X31", {"matter": "PLAN"}, "NOT_ON_ASSESSMENT"),
    ("X31", {"content": "Ei"}, "STATEMENT_SHORT"),
    ("X32", {"accepts": True}, "ACCEPTED_INSTEAD"),
    ("X33", {"how": "DECLINED"}, "DECLINED_INSTEAD"),
    ("X40", {"stops": True}, "STOPS_LEFT"),
    ("X41", {"stops": True}, "STOPS_LEFT"),
    ("X41", {"is_confirmed": True}, "STOPS_CONFIRMED"),
    ("X42", {"answers": '{"1": true, "2": false}'}, "SAMPLE_DIFFERS"),
    ("X43", {"signed_at": "NOW"}, "SIGNED_UNDONE"),
    ("X50", {"on_paper": True}, "ON_PAPER"),
    ("X50", {"purpose": "OTHER"}, "OTHER_PURPOSE_OF_FIGURES"),
    ("X51", {"by": ()}, "NO_GROUPS"),
    ("X51", {"purpose": "OTHER"}, "OTHER_PURPOSE_OF_FIGURES"),
    ("X52", {"periods": ("2026Q2",)}, "ONE_PERIOD"),
    ("X52", {"purpose": "OTHER"}, "OTHER_PURPOSE_OF_FIGURES"),
    ("X53", {"as_file": True}, "NOT_THE_QUARTER"),
    ("X53", {"purpose": "OTHER"}, "OTHER_PURPOSE_OF_FIGURES"),
    ("X54", {"every": "MONTH"}, "EACH_MONTH"),
]  # fmt: skip


@pytest.fixture
def trainee(trainee_app: Flask, request: pytest.FixtureRequest) -> Iterator[Trainee]:
    """Whoever holds the right of the exercise, acting."""
    with trainee_app.test_request_context():
        found = Trainee()
        with found.acting(OF_ROLE[BY_ID[request.node.callspec.params["exercise"]].roles[0]]):
            yield found
            found.session.rollback()


@pytest.mark.parametrize("exercise", BY_ID)
def test_an_exercise_is_done_when_its_deeds_are_right(trainee: Trainee, exercise: str) -> None:
    assert {state for state, _reason in trainee.results(exercise).values()} == {"NOT_YET"}
    DEEDS[exercise](trainee)
    assert {step: found for step, found in trainee.results(exercise).items() if found != ("DONE", None)} == {}


@pytest.mark.parametrize(("exercise", "changes", "reason"), WRONG, ids=[f"{one[0]}-{one[2]}" for one in WRONG])
def test_an_exercise_tells_what_was_done_wrongly(trainee: Trainee, exercise: str, changes: dict[str, Any], reason: str) -> None:
    DEEDS[exercise](trainee, **{name: trainee.since if value == "NOW" else value for name, value in changes.items()})
    assert ("WRONG", reason) in trainee.results(exercise).values()


@pytest.mark.parametrize("exercise", ["X05", "X22", "X32", "X43", "X50"])
def test_a_deed_from_before_the_beginning_does_not_count(trainee: Trainee, exercise: str) -> None:
    DEEDS[exercise](trainee)
    trainee.since += timedelta(hours=1)
    assert {state for state, _reason in trainee.results(exercise).values()} == {"NOT_YET"}


@pytest.mark.parametrize("exercise", ["X05", "X22", "X43", "X50"])
def test_a_deed_in_another_organisation_does_not_count(trainee: Trainee, exercise: str) -> None:
    DEEDS[exercise](trainee)
    assert {state for state, _reason in trainee.results(exercise, organisation=OTHER_HOME).values()} == {"NOT_YET"}


@pytest.mark.parametrize("exercise", ["X07"])
def test_steps_done_for_two_clients_are_not_done_together(trainee: Trainee, exercise: str) -> None:
    DEEDS[exercise](trainee, wishes=None)
    DEEDS[exercise](trainee, outcome="EDU")
    assert sorted(state for state, _reason in trainee.results(exercise).values()) == ["DONE", "WRONG"]


@pytest.mark.parametrize("exercise", ["X05"])
def test_trying_again_makes_a_wrong_step_right(trainee: Trainee, exercise: str) -> None:
    DEEDS[exercise](trainee, ground="A4")
    DEEDS[exercise](trainee)
    DEEDS[exercise](trainee, ground="A4")
    assert set(trainee.results(exercise).values()) == {("DONE", None)}


def test_every_reason_of_every_exercise_has_its_wrong_deed() -> None:
    declared = {(one.id, reason) for one in BY_ID.values() for step in one.steps for reason in step.reasons}
    assert declared == {(exercise, reason) for exercise, _changes, reason in WRONG}
    assert {one.id for one in BY_ID.values()} == {exercise for exercise, _reason in declared} == set(DEEDS)
