"""What features above ask before two records are joined."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

from app.clients.models import Client

# Functions that give a sentence for each thing that must be settled first; the wiring names them (`app/__init__.py`).
BEFORE_MERGE = "koto_before_merge"
Hindrances = Callable[[Session, Client, Client], list[str]]


def hindrances(session: Session, kept: Client, other: Client) -> list[str]:
    """Give a sentence for each thing that keeps the two records from being joined now."""
    found: tuple[Hindrances, ...] = current_app.extensions[BEFORE_MERGE]
    return [sentence for asked in found for sentence in asked(session, kept, other)]
