"""Every exercise is told in both languages: title, task, hint, steps and reasons, with its section of the law and a place to begin."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.access.roles import ROLES
from app.audit.events import EVENTS
from app.codes.lists import values
from app.rights.rules import BASES
from app.training.exercises.all import BY_ID, BY_KEY, PATHS
from app.training.exercises.certificate import PATH_OF_ROLE
from app.training.exercises.exercise import Exercise, version_of
from app.training.exercises.steps import event
from app.training.exercises.texts import texts
from tests.support.app import Browser
from tests.support.trainee import OF_ROLE

ALL = tuple(BY_ID.values())
STEPS = {step.key for one in ALL for step in one.steps}
REASONS = {reason for one in ALL for step in one.steps for reason in step.reasons}


@pytest.mark.parametrize(("name", "keys"), [("exercises", set(BY_ID)), ("steps", STEPS), ("reasons", REASONS), ("paths", set(BY_KEY))])
def test_each_has_its_texts_in_both_languages_and_no_text_is_left_over(name: str, keys: set[str]) -> None:
    assert set(texts(name)) == keys
    rows = list(texts(name).values())
    assert [row["id"] for row in rows for text in row.values() if not text or text != text.strip()] == []
    same = [row["id"] for row in rows for column in row if column.endswith("_fi") and row[column] == row[column.replace("_fi", "_sv")]]
    assert same == [], "a text was left in the other language"


def test_there_are_exercises_for_each_path_and_reasons_for_each_exercise() -> None:
    assert len(ALL) >= 25 and all(len(path.exercises) >= 4 for path in PATHS)
    assert [one.id for one in ALL if not any(step.reasons for step in one.steps)] == []
    assert [value.code for value in values("TRAINING_PATH")] == [path.key for path in PATHS]
    assert {role for role in BASES if role not in PATH_OF_ROLE} == {"PROVIDER_USER"}


@pytest.mark.parametrize("exercise", ALL, ids=BY_ID)
def test_each_names_a_section_roles_and_events_that_exist(exercise: Exercise) -> None:
    assert re.fullmatch(r"\d+( a)?(\.\d)?(, \d+( a)?(\.\d)?)*", exercise.section)
    assert set(exercise.roles) <= set(ROLES) and set(exercise.events) <= set(EVENTS)


def test_each_begins_at_a_page_that_its_role_may_open(sqlite_app: Flask) -> None:
    people = {role: Browser(sqlite_app).sign_in(OF_ROLE[role]) for role in {one.roles[0] for one in ALL}}
    assert {one.id: people[one.roles[0]].get(one.start).status_code for one in ALL} == dict.fromkeys(BY_ID, 200)


def test_the_version_of_a_path_tells_what_is_asked_and_not_how_it_is_worded() -> None:
    one = Exercise("X98", ("CASEWORKER",), "1", "/", (event("A", "client:read"),))
    other = Exercise("X98", ("CASEWORKER",), "2", "/elsewhere", (event("A", "client:read"),))
    assert version_of([one]) == version_of([other])
    changed = (
        Exercise("X98", ("CASEWORKER",), "1", "/", (event("A", "client:read"),), edition=2),
        Exercise("X98", ("CASEWORKER",), "1", "/", (event("A", "client:listed"),)),
        Exercise("X98", ("CASEWORKER",), "1", "/", (event("A", "client:read"), event("B", "client:read"))),
        Exercise("X98", ("TEAM_LEAD",), "1", "/", (event("A", "client:read"),)),
    )
    assert len({version_of([found]) for found in (one, *changed)}) == 5
    assert version_of([one]) != version_of([one, changed[0]]) != version_of([changed[0], one])
