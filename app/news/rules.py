"""Whom an entry concerns, and whether it is unread. Pure functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Whoever has never looked is not told what is older than this.
FRESH = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is new, with (heading, text) by language; without roles for everybody, `written_at` only of what was written in the system."""

    told_on: date
    texts: dict[str, tuple[str, str]]
    roles: frozenset[str] = frozenset()
    function: str | None = None
    written_at: datetime | None = None


def concerns(entry: Entry, role: str, today: date, is_on: Callable[[str], bool]) -> bool:
    """Tell whether an entry is for a role, told by today, and about nothing that is not in use."""
    is_for = not entry.roles or role in entry.roles
    return is_for and entry.told_on <= today and (entry.function is None or is_on(entry.function))


def is_unread(entry: Entry, seen_at: datetime | None, today: date) -> bool:
    """Tell whether an entry came after the reader's last look."""
    if seen_at is None:
        return entry.told_on > today - FRESH
    return entry.told_on > seen_at.astimezone().date() or (entry.written_at is not None and entry.written_at > seen_at)
