"""Every exercise solved on the pages of the system, in a place that was made 400 days ago: first with one step done otherwise, then rightly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.training.exercises.all import BY_ID
from app.training.exercises.texts import text
from app.web.language import speaking
from tests.support.learner import Learner, learning, old_world
from tests.support import learner_client_work, learner_other_work

WORK = {**learner_client_work.WORK, **learner_other_work.WORK}
# Whoever reads Finnish does every other exercise, whoever reads Swedish the rest.
NAMES = {"fi": "aino", "sv": "bengt"}
LANGUAGE = {exercise: ("fi", "sv")[number % 2] for number, exercise in enumerate(WORK)}


@pytest.fixture(scope="module")
def learners(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[dict[str, Learner]]:
    app, seeds = old_world(tmp_path_factory.mktemp("old"), tuple(NAMES.values()))
    with learning(browser, app, "aino", "fi", seeds["aino"]) as finnish, learning(browser, app, "bengt", "sv", seeds["bengt"]) as swedish:
        yield {"fi": finnish, "sv": swedish}


def test_every_exercise_is_solved_here() -> None:
    assert set(WORK) == set(BY_ID)


@pytest.mark.parametrize("exercise", WORK)
def test_an_exercise_is_solved_and_a_wrong_step_is_told(learners: dict[str, Learner], exercise: str) -> None:
    language = LANGUAGE[exercise]
    learner = learners[language]
    work, reason = WORK[exercise]
    learner.act_by(BY_ID[exercise].roles[0])
    learner.begin(exercise)
    work(learner, wrong=True)
    said = learner.check(exercise)
    assert not learner.has_finished(said)
    if reason:
        with learner.app.app_context(), speaking(language):
            assert text("reasons", reason, "text") in said, said
    work(learner, wrong=False)
    said = learner.check(exercise)
    assert learner.has_finished(said), said
