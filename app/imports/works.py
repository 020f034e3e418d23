"""The works of a move as jobs: each step is a piece that is kept whole, so a job that is killed goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db.types import now
from app.imports.engine.counts import counts_of, stops_all, waits_for_a_person
from app.imports.engine.progress import Progress as Done
from app.imports.engine.staging import UnreadableSourceError, stage
from app.imports.engine.steps import NotNowError, commit_step, is_half_in, rehearse_step
from app.imports.engine.storing import StoredFileError
from app.imports.engine.undoing import undo_step
from app.imports.models import ImportBatch
from app.jobs.actions import register
from app.jobs.holding import LostError
from app.jobs.kinds import JobFailedError, Progress, Running
from app.jobs.models import Job

REHEARSE, COMMIT, UNDO = "import:rehearse", "import:commit", "import:undo"


def _rehearse(session: Session, batch: ImportBatch, job: Running) -> Done:
    if batch.staged_at is None and not is_half_in(batch):
        stage(session, batch, date.today(), lambda: _beat(session, job))
        return Done(0, max(batch.places, 1), False)
    return rehearse_step(session, batch, date.today())


def _commit(session: Session, batch: ImportBatch, job: Running) -> Done:
    if batch.work != "commit":
        if stops_all(session, batch):
            raise NotNowError("STOPS_ALL")
        if waits_for_a_person(batch, counts_of(session, batch)):
            raise NotNowError("MANY_LOST")
    return commit_step(session, batch, date.today())


def _undo(session: Session, batch: ImportBatch, job: Running) -> Done:
    return undo_step(session, batch)


def _beat(session: Session, job: Running) -> None:
    """Tell that the worker is alive while a large source is laid down, which is one step. Raises LostError when another has taken the job."""
    mine = update(Job).where(Job.id == job.id, Job.holder == job.holder, Job.state == "RUNNING").values(heartbeat_at=now())
    if not session.execute(mine.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        raise LostError


def _as_step(work: Callable[[Session, ImportBatch, Running], Done]) -> Callable[[Session, Running], Progress]:
    def step(session: Session, job: Running) -> Progress:
        batch = session.get_one(ImportBatch, job.subject_id)
        try:
            found = work(session, batch, job)
        except NotNowError as refused:
            raise JobFailedError(str(refused)) from refused
        except (UnreadableSourceError, StoredFileError) as fault:
            raise JobFailedError("UNREADABLE") from fault
        return Progress(found.done, found.total, found.is_finished)

    return step


def register_works() -> None:
    """Make the works known to the runner of jobs."""
    for kind, work in ((REHEARSE, _rehearse), (COMMIT, _commit), (UNDO, _undo)):
        register(kind, _as_step(work), needs=("can_show", "ImportWorkView"))
