"""Writes of assessments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, InterviewSection
from app.assessments.queries import sections_of_assessment, waiting_for_interview
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS
from app.assessments.states import OPEN, AssessmentLife
from app.clients.actions import advance
from app.core.states import follow
from app.participations.actions import end_of_matter
from app.participations.models import Participation
from app.web.transaction import keep, stamp


def write_interview(session: Session, assessment: Assessment, values: dict[str, Any]) -> None:
    """Write the nine sections, the client's wishes and what the client was told, with one event."""
    rows = sections_of_assessment(session, assessment.id)
    for position, code in enumerate(SECTIONS, start=1):
        row = rows.get(code)
        if row is None:
            row = InterviewSection(client_id=assessment.client_id, assessment_id=assessment.id, section=code, position=position)
            row.org_id = assessment.org_id
            session.add(row)
        row.summary, row.need_level = values[f"{code}_summary"], values[f"{code}_need_level"]
        row.source = values[f"{code}_source"] or "CLIENT"
        stamp(row, is_new=row.created_by is None)
    for name in ("client_wishes", *DUTIES_TO_INFORM):
        setattr(assessment, name, values[name])
    follow(AssessmentLife, assessment, "hold")
    keep(session, assessment, "assessment:interview_written", is_new=False)


def complete_assessment(session: Session, assessment: Assessment, *, outcome: str, outcome_reason: str | None, completed_on: date,
                        plan_planned_on: date | None, guided_to: str | None) -> None:  # fmt: skip
    """Complete the assessment and move the client on. Basis: 681/2023 §§ 14, 16."""
    follow(AssessmentLife, assessment, "complete")
    assessment.outcome, assessment.outcome_reason, assessment.completed_on = outcome, outcome_reason, completed_on
    assessment.plan_planned_on, assessment.guided_to = plan_planned_on if outcome == "PLAN" else None, guided_to
    advance(session, assessment.client_id, "need_plan" if outcome == "PLAN" else "need_no_plan")
    end_of_matter(session, Participation.assessment_id == assessment.id)
    keep(session, assessment, "assessment:completed", is_new=False)


def skip_assessment(session: Session, assessment: Assessment, *, completed_on: date, skipped_reason: str) -> None:
    """Leave a child's assessment undone, as another client plan covers the needs. Basis: 681/2023 § 14.5."""
    follow(AssessmentLife, assessment, "skip")
    assessment.outcome, assessment.completed_on, assessment.skipped_reason = "OTHER_PLAN", completed_on, skipped_reason
    advance(session, assessment.client_id, "need_no_plan")
    end_of_matter(session, Participation.assessment_id == assessment.id)
    keep(session, assessment, "assessment:left_undone", is_new=False)


def cancel_assessment(session: Session, assessment: Assessment, *, cancelled_on: date, cancel_reason: str, outcome_reason: str | None) -> None:
    """End the assessment without an outcome; the client waits for a new one unless another goes on. Basis: 681/2023 § 14."""
    follow(AssessmentLife, assessment, "cancel")
    assessment.outcome, assessment.cancelled_on, assessment.cancel_reason = "CANCELLED", cancelled_on, cancel_reason
    assessment.outcome_reason = outcome_reason
    with session.no_autoflush:
        others = select(Assessment.id).where(Assessment.client_id == assessment.client_id, Assessment.id != assessment.id, Assessment.status.in_(OPEN))
        if session.scalars(others.limit(1)).first() is None:
            advance(session, assessment.client_id, "cancel_assessment")
    end_of_matter(session, Participation.assessment_id == assessment.id)
    keep(session, assessment, "assessment:cancelled", is_new=False)


def note_booking(session: Session, client_ids: Collection[str], booked: Mapping[str, date]) -> None:
    """Bring the assessments that wait for an interview to where the bookings are; `booked` gives the last one of each client who has one.

    A meeting before the assessment began was of an earlier one.
    """
    for assessment in waiting_for_interview(session, client_ids):
        deed = "book" if booked.get(assessment.client_id, date.min) >= assessment.started_on else "unbook"
        if AssessmentLife.allows(assessment.status, deed):
            follow(AssessmentLife, assessment, deed)
