"""Writes of findings: said to be no error, opened again, given to a colleague."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.audit.record import record_event
from app.imports.models import ImportFinding


def close(session: Session, finding: ImportFinding, reason: str, actor: Actor) -> None:
    """Say why a warning is no error; the next rehearsal leaves it so. The caller commits."""
    finding.closed_because, finding.closed_by = reason, actor.user_id
    session.flush()
    record_event(session, "import:finding_closed", row_id=finding.id, fields=["closed_because"])


def reopen(session: Session, finding: ImportFinding) -> None:
    """Let a warning be open again; the caller commits."""
    finding.closed_because = finding.closed_by = None
    session.flush()
    record_event(session, "import:finding_reopened", row_id=finding.id, fields=["closed_because"])


def assign(session: Session, finding: ImportFinding, person: int) -> None:
    """Give a finding to a colleague; the caller commits."""
    finding.assigned_to = person
    session.flush()
    record_event(session, "import:finding_assigned", row_id=finding.id, fields=["assigned_to"])
