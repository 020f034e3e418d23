"""What rests on a consent. Upper features hold it; the wiring names them (`app/__init__.py`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session

from app.consents.models import Consent
from app.web.transaction import Change

FOUNDATION = "koto_consent_foundation"


@dataclass(frozen=True)
class Foundation:
    """What a feature above says of a withdrawal before it is done, and the changes that come along with it."""

    told: Callable[[Session, Consent], str | None]
    along: Callable[[Session, Consent], list[Change]]


def foundation() -> Foundation:
    """Give what the wiring named."""
    found: Foundation = current_app.extensions[FOUNDATION]
    return found
