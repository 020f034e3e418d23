"""Clarifying measures lead their assessment to the state of clarifying and back, whichever way they are written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, ClarifyingMeasure
from app.assessments.states import AssessmentLife
from app.core.states import follow


@event.listens_for(Session, "before_flush")
def _follow_measures(session: Session, _context: Any, _rows: Any) -> None:
    touched = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, ClarifyingMeasure)]
    # A whole client that goes takes the measures along.
    for key in {row.assessment_id for row in touched}:
        assessment = session.get(Assessment, key)
        if assessment is None or assessment in session.deleted:
            continue
        known = {row.id: row for row in session.scalars(select(ClarifyingMeasure).where(ClarifyingMeasure.assessment_id == key))}
        known |= {row.id or str(id(row)): row for row in touched if row.assessment_id == key}
        is_open = any(row.is_open for row in known.values() if row not in session.deleted)
        wanted = "CLARIFYING" if is_open else "INTERVIEW_HELD"
        deed = "clarify" if is_open else "end_clarifying"
        if assessment.status != wanted and AssessmentLife.allows(assessment.status, deed):
            follow(AssessmentLife, assessment, deed)
