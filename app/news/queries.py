"""Reads of what is new: the project's own entries and those of the national agency."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.news.models import NewsEntry
from app.news.rules import Entry, concerns, is_unread
from app.web.shared import kept
from app.web.switches import is_on

_FILE = Path(__file__).parent / "data" / "news.toml"


@cache
def own_entries() -> tuple[Entry, ...]:
    """Give the entries that come with this release."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["entry"]
    return tuple(
        Entry(told_on=row["told_on"], function=row.get("function"), roles=frozenset(row.get("roles", ())),
              texts={language: (row[f"title_{language}"], row[f"text_{language}"]) for language in ("fi", "sv")})
        for row in found
    )  # fmt: skip


def _read(session: Session) -> tuple[Entry, ...]:
    return tuple(
        Entry(told_on=row.told_on, function=row.function, roles=frozenset({row.role} if row.role else ()), written_at=row.created_at,
              texts={"fi": (row.title_fi, row.text_fi), "sv": (row.title_sv, row.text_sv)})
        for row in session.scalars(select(NewsEntry))
    )  # fmt: skip


def told_to_reader() -> list[tuple[Entry, bool]]:
    """Give (entry, whether it is unread) of what concerns whoever acts, the newest first; costs no statement while nobody has written."""
    actor, today = current_actor(), date.today()
    if actor is None:
        return []
    every = (*own_entries(), *kept("news", _read, ()))
    found = [entry for entry in every if concerns(entry, actor.role, today, is_on)]
    return [(entry, is_unread(entry, g.get("news_seen_at"), today)) for entry in sorted(found, key=lambda entry: entry.told_on, reverse=True)]


def unread() -> int:
    """Give how many entries the reader has not seen."""
    return sum(is_new for _entry, is_new in told_to_reader())
