"""Languages: final tests, progress in steps of the scale, and integration in Swedish, I44, I45 and I49."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, select

from app.clients.facts import LanguageSkill
from app.clients.models import Client
from app.codes.lists import values
from app.reports.computing.plan_clients import plan_clients
from app.reports.computing.question import Question
from app.reports.computing.service_rows import WHOLE, Taken, taken
from app.reports.observation import Observation
from app.plans.models import PlannedService
from app.services.models import LanguageTestResult
from app.services.rules import INTEGRATION_TRAINING

PARTS = ("LISTENING", "READING", "SPEAKING", "WRITING")
PART, LANGUAGE, TYPE = "TEST_PART", "TEST_LANGUAGE", "SERVICE_TYPE"
_AIM, _NOT_TESTED = "B1.1", "X"


@cache
def _steps() -> dict[str, int]:
    """Give the place of each level on the scale."""
    return {value.code: place for place, value in enumerate(value for value in values("CEFR") if value.code != _NOT_TESTED)}


def _levels(test: Any) -> dict[str, int]:
    """Give the places of the parts that were tested."""
    found = {part: getattr(test, part.lower()) for part in PARTS}
    return {part: _steps()[level] for part, level in found.items() if level in _steps()}


def final_tests(asked: Question) -> dict[str, Any]:
    """Give the last final test each person took in the period."""
    of = LanguageTestResult
    wanted = select(of.client_id, of.language, of.tested_on, *(getattr(of, part.lower()) for part in PARTS)).where(*_taken(asked))
    return {row.client_id: row for row in asked.rows(of, wanted.order_by(of.client_id, of.tested_on, of.id))}


def _taken(asked: Question) -> tuple[ColumnElement[bool], ...]:
    of = LanguageTestResult
    return of.test == "FINAL_TEST", of.tested_on >= asked.period.starts_on, of.tested_on <= asked.day


def test_results(asked: Question) -> Iterator[Observation]:
    """Count who reached level B1 in all four parts of the final test, and in each, of those who took it (I44)."""
    aim = _steps()[_AIM]
    for key, test in final_tests(asked).items():
        subject, levels, language = asked.subjects[key], _levels(test), (LANGUAGE, test.language)
        reached = {part: level >= aim for part, level in levels.items()}
        yield Observation(
            subject,
            numerator=int(len(reached) == len(PARTS) and all(reached.values())),
            denominator=1,
            own=(language,),
            only=(*WHOLE, LANGUAGE),
        )
        for part, is_reached in reached.items():
            yield Observation(subject, numerator=int(is_reached), denominator=1, own=((PART, part),), only=(PART,))


def progress(asked: Question) -> Iterator[Observation]:
    """Count the steps from the starting level to the average of the final test's parts, rounded down (I45)."""
    tests = final_tests(asked)
    trainings, starts = _trainings(asked, tests), _start_tests(asked, tests)
    for key, test in tests.items():
        training, levels = trainings.get(key), _levels(test)
        start = training.starting_level if training and training.starting_level in _steps() else starts.get(key)
        if start in _steps() and levels:
            steps = sum(levels.values()) // len(levels) - _steps()[start]
            yield Observation(asked.subjects[key], amount=steps, own=((TYPE, training.kind),) if training else ())


def _trainings(asked: Question, tests: dict[str, Any]) -> dict[str, Taken]:
    """Give the last integration training each person began by the day of the test."""
    tested = select(LanguageTestResult.client_id).where(asked.is_own(LanguageTestResult.org_id), *_taken(asked))
    found = taken(asked, PlannedService.service_type.in_(INTEGRATION_TRAINING), PlannedService.client_id.in_(tested))
    return {one.client_id: one for one in found if one.client_id in tests and one.started_on <= tests[one.client_id].tested_on}


def _start_tests(asked: Question, tests: dict[str, Any]) -> dict[str, str]:
    """Give the level of each person's last starting-level test in the language, before the final one."""
    of = LanguageSkill
    wanted = select(of.client_id, of.language, of.level, of.established_on).where(
        of.basis == "START_TEST", of.part == "OVERALL", of.established_on.is_not(None)
    )
    rows = asked.rows(of, wanted.order_by(of.client_id, of.established_on, of.id))
    return {row.client_id: row.level for row in rows
            if (test := tests.get(row.client_id)) and row.language == test.language and row.established_on <= test.tested_on and row.level in _steps()}  # fmt: skip


def in_swedish(asked: Question) -> Iterator[Observation]:
    """Count who is served in Swedish, of those whose plan is in force on the day (I49)."""
    swedish = set(asked.session.scalars(select(Client.id).where(asked.is_own(Client.org_id), Client.service_language == "sv")))
    for key in sorted(plan_clients(asked, asked.day)):
        yield Observation(asked.subjects[key], numerator=int(key in swedish), denominator=1)


COMPUTATIONS = {"I44": test_results, "I45": progress, "I49": in_swedish}
