"""The long works of a move: begun, paused, gone on with and ended as jobs, and how each stands in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.imports.engine.wording import NOT_NOW
from app.imports.models import ImportBatch
from app.imports.workspace.work_labels import AGAIN, FAILED, FAILED_OTHERWISE, JOB, LOST, SILENT
from app.jobs import actions as jobs
from app.jobs.models import Job

KINDS = {"rehearse": "import:rehearse", "commit": "import:commit", "undo": "import:undo"}
# What a person asks of a job, by the name of its button.
STEERING = {"pause": jobs.pause, "resume": jobs.resume, "cancel": jobs.cancel}
_LONG = timedelta(seconds=60)


def job_of(session: Session, batch: ImportBatch, work: str) -> Job | None:
    """Give the newest job of a work, None when there was none."""
    return jobs.progress_of(session, KINDS[work], batch.id)


def unfinished(session: Session, batch: ImportBatch) -> tuple[str, Job] | None:
    """Give the work in hand and its job: a move is worked on by one at a time."""
    for work in KINDS:
        job = job_of(session, batch, work)
        if job is not None and not job.is_finished:
            return work, job
    return None


def begin(session: Session, batch: ImportBatch, work: str) -> Job:
    """Begin a work, or give the job that does it already; the caller commits."""
    return jobs.start(session, KINDS[work], batch.id, batch.org_id)


def steer(session: Session, batch: ImportBatch, work: str, act: str) -> bool:
    """Pause, go on or end; tells whether the job could be asked. The caller commits."""
    job = job_of(session, batch, work)
    return job is not None and STEERING[act](session, job.id)


def told_of(job: Job, moment: datetime) -> str:
    """Say how a job stands."""
    if job.state == "FAILED":
        return str(FAILED.get(job.error_code or "") or NOT_NOW.get(job.error_code or "") or FAILED_OTHERWISE)
    if job.state == "QUEUED" and job.attempt:
        return str(LOST if job.error_code == "WORKER_LOST" else AGAIN)
    if job.state == "RUNNING" and job.wanted == "RUN" and (job.heartbeat_at or moment) < moment - _LONG:
        return str(SILENT)
    return str(JOB[job.state, job.wanted if job.state == "RUNNING" else "RUN"])


def acts_for(job: Job) -> list[str]:
    """Name what may be asked of a job as it stands, the likeliest first."""
    if job.is_finished:
        return []
    rests = job.state == "PAUSED" or (job.state == "RUNNING" and job.wanted != "RUN")
    found = ["resume"] if rests else ["pause"]
    return found if job.wanted == "CANCEL" else [*found, "cancel"]
