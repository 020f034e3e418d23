"""Writes of assessments."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.assessments.models import Assessment, InterviewSection
from app.assessments.queries import sections_of_assessment
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS
from app.clients.actions import advance
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
    assessment.status = "INTERVIEW_HELD"
    keep(session, assessment, "assessment:interview_written", is_new=False)


def complete_assessment(session: Session, assessment: Assessment, *, outcome: str, reason: str | None,
                        completed_on: date, plan_planned_on: date | None) -> None:  # fmt: skip
    """Complete the assessment and move the client on. Basis: 681/2023 §§ 14, 16."""
    assessment.status, assessment.outcome, assessment.outcome_reason = "COMPLETED", outcome, reason
    assessment.completed_on, assessment.plan_planned_on = completed_on, plan_planned_on
    advance(session, assessment.client_id, "need_plan" if outcome == "PLAN" else "need_no_plan")
    end_of_matter(session, Participation.assessment_id == assessment.id)
    keep(session, assessment, "assessment:completed", is_new=False)
