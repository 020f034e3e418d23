"""Paths and steps as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from app.codes.lists import label
from app.training.exercises.certificate import stands
from app.training.exercises.checking import State, StepResult
from app.training.exercises.exercise import Exercise, Path
from app.training.exercises.models import TrainingAttempt, TrainingCertificate
from app.training.exercises.texts import text
from app.web.language import current_language


def path_shown(path: Path, role: str, attempts: Mapping[str, TrainingAttempt], certificates: Sequence[TrainingCertificate]) -> dict[str, Any]:
    """Give a path with its exercises, how many of them are finished, the next one and the certificates."""
    tasks = [_task(one, attempts.get(one.id)) for one in path.exercises]
    done = [one.id for one in path.exercises if one.id in attempts and attempts[one.id].finished_at]
    following = next((one for one in path.exercises if one.id not in done), None)
    return {
        "key": path.key, "title": label("TRAINING_PATH", path.key, current_language()), "lead": text("paths", path.key), "tasks": tasks, "done": len(done),
        "next": following and {"url": _address(following), "title": text("exercises", following.id, "title")},
        "is_mine": any(role in one.roles for one in path.exercises),
        "certificates": [
            {"url": url_for("exercises.certificate", key=row.id), "date": format_date(row.given_on), "stands": stands(row)}
            for row in certificates if row.path == path.key
        ],
    }  # fmt: skip


def _address(exercise: Exercise) -> str:
    return url_for("exercises.exercise", key=exercise.id)


def _task(exercise: Exercise, attempt: TrainingAttempt | None) -> dict[str, Any]:
    status, kind = _("Not begun"), "neutral"
    if attempt is not None:
        status, kind = (_("Finished"), "success") if attempt.finished_at else (_("Begun"), "info")
    hint = _("Right: %(roles)s", roles=" / ".join(label("ROLE", role, current_language()) for role in exercise.roles))
    return {"url": _address(exercise), "label": text("exercises", exercise.id, "title"), "hint": hint, "status": status, "kind": kind}


def steps_shown(exercise: Exercise, attempt: TrainingAttempt | None, results: Sequence[StepResult] | None) -> list[dict[str, Any]]:
    """Give the steps with their states in words; what is done wrongly with its reason."""
    known = {result.step: result for result in results or ()}
    return [_step(step.key, known.get(step.key), is_finished=attempt is not None and attempt.finished_at is not None) for step in exercise.steps]


def _step(key: str, result: StepResult | None, *, is_finished: bool) -> dict[str, Any]:
    state = State.DONE if is_finished else result.state if result else State.NOT_YET
    words = {State.DONE: (_("Done"), "success"), State.NOT_YET: (_("Not yet"), "neutral"), State.WRONG: (_("Done wrongly"), "warning")}
    status, kind = words[state]
    hint = text("reasons", result.reason) if result and result.reason and not is_finished else None
    return {"label": text("steps", key), "status": status, "kind": kind, "hint": hint, "url": None}
