"""Writes of an examination: each leaves an event of the finding's own history, one in the log, and letters, in one transaction.

Each raises StaleDataError when somebody else acted first.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import now
from app.deadlines.numbers import limit_after
from app.examinations.models import LogFinding, LogFindingEvent
from app.examinations.notices import tell
from app.examinations.queries import examiners_of


def take_finding(session: Session, finding: LogFinding, *, by: int) -> None:
    """Become the examiner of a finding; the caller commits."""
    _assign(finding, by)
    _note(session, finding, "TAKEN", by)
    record_event(session, "finding:examined", row_id=finding.id, version=finding.version, purpose="LOG_REVIEW")


def ask_reader(session: Session, finding: LogFinding, *, by: int, question: str, due_on: date) -> None:
    """Ask the reader for an explanation by a day; from now on they see the finding. The caller commits."""
    _assign(finding, by)
    finding.state, finding.asked_at, finding.question, finding.due_on = "ASKED", now(), question, due_on
    _note(session, finding, "ASKED", by)
    record_event(session, "finding:explanation_asked", row_id=finding.id, version=finding.version, purpose="LOG_REVIEW")
    tell(session, "FINDING_ASKED", user_id=finding.user_id, path=f"/my-explanations/show/{finding.id}")


def explain_finding(session: Session, finding: LogFinding, *, explanation: str) -> None:
    """Give one's own explanation; the caller commits."""
    finding.state, finding.explained_at, finding.explanation = "EXPLAINED", now(), explanation
    _note(session, finding, "EXPLAINED", finding.user_id)
    record_event(session, "finding:explained", row_id=finding.id, version=finding.version, purpose="LOG_REVIEW")
    if finding.examiner_id is not None:
        tell(session, "FINDING_EXPLAINED", user_id=finding.examiner_id, path=f"/log-findings/show/{finding.id}")


def decide_finding(session: Session, finding: LogFinding, *, by: int, outcome: str, reason: str) -> None:
    """Close the examination with an outcome and its reasons; who was asked is told that it has ended. The caller commits."""
    finding.examiner_id = by
    finding.state, finding.outcome, finding.reason, finding.decided_at = "DECIDED", outcome, reason, now()
    _note(session, finding, "DECIDED", by)
    record_event(session, "finding:decided", row_id=finding.id, version=finding.version, purpose="LOG_REVIEW")
    if finding.asked_at is not None:
        tell(session, "FINDING_DECIDED", user_id=finding.user_id, path=f"/my-explanations/show/{finding.id}")


def report_finding(session: Session, finding: LogFinding, *, by: int, on: date) -> None:
    """Hand a finding of the national agency over to the municipality concerned, which examines it (§ 79.3); the caller commits."""
    finding.reported_by_id, finding.org_id = finding.org_id, finding.concerns_id
    finding.state, finding.examiner_id, finding.due_on = "NEW", None, limit_after(on, "LOG_EXAMINATION")
    _note(session, finding, "REPORTED", by)
    record_event(session, "finding:reported", row_id=finding.id, version=finding.version, purpose="LOG_REVIEW")
    for user_id in examiners_of(session, finding.org_id, on):
        # Who is examined does not hear of it.
        if user_id != finding.user_id:
            tell(session, "FINDING_REPORTED", user_id=user_id, path=f"/log-findings/show/{finding.id}")


def _assign(finding: LogFinding, by: int) -> None:
    finding.examiner_id = by
    if finding.state == "NEW":
        finding.state = "EXAMINED"


def _note(session: Session, finding: LogFinding, what: str, by: int) -> None:
    session.flush()
    session.add(LogFindingEvent(finding_id=finding.id, what=what, by_user_id=by))
