"""The job that reads a file which is too large to be read while its page waits."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.imports.engine.storing import StoredFileError
from app.imports.models import ImportBatch, ImportFile
from app.imports.workspace.actions import OPEN_FILE, may_be_prepared, open_kept
from app.jobs.actions import register
from app.jobs.kinds import JobFailedError, Progress, Running


def _step(session: Session, job: Running) -> Progress:
    """Read the file whole: it may have been taken out of the move, or read by other choices, before its turn came."""
    file = session.get(ImportFile, job.subject_id)
    batch = session.get(ImportBatch, file.batch_id) if file else None
    if file is not None and batch is not None and file.profile is None and may_be_prepared(batch):
        try:
            open_kept(session, batch, file, None)
        except StoredFileError as fault:
            raise JobFailedError("UNREADABLE") from fault
    return Progress(1, 1, True)


def register_opening() -> None:
    """Make the work known to the runner of jobs."""
    register(OPEN_FILE, _step, needs=("can_edit", "ImportBatchView"))
