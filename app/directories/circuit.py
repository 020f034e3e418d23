"""The circuit of a directory: after some failures in a row nobody asks it, until one sign-in tries it again.

The state is a row, so that all processes and nodes know it and the status page tells what they do. The library that was
looked at (`docs/adr/0015-directories-are-rows.md`) holds a lock for the length of each call.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, func, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.directories.models import DirectoryState

OPENS_AFTER = 3
PAUSE = timedelta(seconds=30)
# The one who tries has this long before another may.
_TRIES_FOR = timedelta(seconds=8)


def is_admitted(session: Session, directory_id: str, moment: datetime) -> bool:
    """Tell whether the directory may be asked now; of an open circuit whose pause is over only one is let through. Commits."""
    state = session.get(DirectoryState, directory_id, populate_existing=True)
    if state is None or state.open_until is None:
        session.commit()
        return True
    tried = session.execute(
        update(DirectoryState)
        .where(DirectoryState.directory_id == directory_id, or_(DirectoryState.open_until.is_(None), DirectoryState.open_until <= moment))
        .values(open_until=moment + _TRIES_FOR)
        .execution_options(synchronize_session=False)
    ) if state.open_until <= moment else None  # fmt: skip
    session.commit()
    return tried is not None and tried.rowcount == 1  # type: ignore[attr-defined]


def note_success(session: Session, directory_id: str, moment: datetime) -> None:
    """Close the circuit. Commits."""
    _write(session, directory_id, failures=0, failing_since=None, open_until=None, last_success_at=moment)


def note_failure(session: Session, directory_id: str, kind: str, moment: datetime) -> None:
    """Count a failure, and open the circuit when there are enough of them in a row. Commits."""
    opens = case((DirectoryState.failures + 1 >= OPENS_AFTER, moment + PAUSE), else_=None)
    _write(
        session, directory_id, failures=DirectoryState.failures + 1, failing_since=func.coalesce(DirectoryState.failing_since, moment),
        open_until=opens, last_failure_at=moment, last_fault=kind,
    )  # fmt: skip


def _write(session: Session, directory_id: str, **values: object) -> None:
    change = update(DirectoryState).where(DirectoryState.directory_id == directory_id).values(**values).execution_options(synchronize_session=False)
    if session.execute(change).rowcount == 0:  # type: ignore[attr-defined]
        session.add(DirectoryState(directory_id=directory_id, failures=0))
        try:
            session.flush()
        except IntegrityError:
            # Another process wrote the first row, or the directory is gone; then there is nothing to note.
            session.rollback()
        session.execute(change)
    session.commit()
