"""The planner's statistics after many rows came at once."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def renew_statistics(session: Session) -> None:
    """Let PostgreSQL look at every table anew, within the transaction; SQLite plans the same without. Takes about a second, whatever the size."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.koto_analyze()))


def is_due(pieces: int) -> bool:
    """Tell after which pieces of a long work to renew them: the first, the second, the fourth, and so on as it doubles."""
    return pieces > 0 and pieces & (pieces - 1) == 0
