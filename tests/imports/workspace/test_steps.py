"""How the steps of a move stand, without an application."""

from __future__ import annotations

import pytest
from flask import Flask

from app.imports.models import ImportBatch
from app.imports.workspace import later_steps as _steps  # noqa: F401 -- registers all steps
from app.imports.workspace.steps import LABELS, Facts, State, Step, register, tasks

NONE, READ, PART, READY = Facts(), Facts(2, 2, 3), Facts(2, 2, 3, 1, 1), Facts(2, 2, 3, 2, 1)


def open_steps(speaking: Flask, status: str, facts: Facts) -> list[str]:
    """Give the steps whose state is not that their turn has not come."""
    batch = ImportBatch(id="b", name="Siirto", product="Vanha", status=status, work=None)
    with speaking.test_request_context():
        shown = tasks(batch, facts)
    return [key for key, task in zip(LABELS, shown, strict=True) if task["kind"] != "neutral"]


@pytest.mark.parametrize(
    ("status", "facts", "expected"),
    [
        ("OPEN", NONE, ["files"]), ("OPEN", READ, ["files", "profile", "map"]), ("OPEN", PART, ["files", "profile", "map"]),
        ("OPEN", READY, ["files", "profile", "map", "rehearse"]), ("REHEARSED", READY, ["files", "profile", "map", "rehearse", "match", "commit"]),
        ("COMMITTED", READY, ["files", "profile", "map", "rehearse", "match", "commit", "certificate"]),
        ("UNDONE", READY, ["files", "profile", "map", "rehearse", "match", "commit", "undo"]),
    ],
)  # fmt: skip
def test_a_step_waits_for_those_before_it(speaking: Flask, status: str, facts: Facts, expected: list[str]) -> None:
    assert open_steps(speaking, status, facts) == expected


@pytest.mark.parametrize(("facts", "is_mapped"), [(NONE, False), (PART, False), (READY, True), (Facts(2, 1, 3, 3), False), (Facts(1, 1, 2, 0, 2), False)])
def test_rows_can_be_read_when_nothing_waits_for_a_decision(facts: Facts, is_mapped: bool) -> None:
    assert facts.is_mapped is is_mapped


def test_no_step_is_made_up() -> None:
    with pytest.raises(KeyError):
        register(Step("party", lambda batch, facts: State(""), lambda batch: None))
