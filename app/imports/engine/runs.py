"""A whole work in the foreground, for the command line and for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from app.imports.engine.progress import Progress
from app.imports.engine.steps import commit_step, rehearse_step
from app.imports.engine.undoing import undo_step
from app.imports.models import ImportBatch

WORKS: dict[str, Callable[[Session, ImportBatch, date], Progress]] = {
    "rehearse": rehearse_step, "commit": commit_step, "undo": lambda session, batch, _today: undo_step(session, batch),
}  # fmt: skip


def run(session: Session, batch: ImportBatch, work: str, today: date) -> Progress:
    """Do all steps of a work. Raises `NotNowError`."""
    while True:
        progress = WORKS[work](session, batch, today)
        if progress.is_finished:
            return progress
