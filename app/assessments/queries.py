"""Reads of assessments."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, InterviewSection


def sections_of_assessment(session: Session, assessment_id: str) -> dict[str, InterviewSection]:
    """Give the written sections by code."""
    query = select(InterviewSection).where(InterviewSection.assessment_id == assessment_id).order_by(InterviewSection.position)
    return {row.section: row for row in session.scalars(query)}


def assessment_for_plan(session: Session, client_id: str) -> Assessment | None:
    """Give the latest completed assessment that found a plan to be needed (§ 16)."""
    return session.scalars(
        select(Assessment)
        .where(Assessment.client_id == client_id, Assessment.status == "COMPLETED", Assessment.outcome == "PLAN")
        .order_by(Assessment.completed_on.desc(), Assessment.id)
        .limit(1)
    ).first()


def waiting_for_interview(session: Session, client_ids: Collection[str]) -> Sequence[Assessment]:
    """Give the clients' assessments whose interview has not been held."""
    return session.scalars(
        select(Assessment).where(Assessment.client_id.in_(client_ids), Assessment.status.in_(("PLANNED", "INTERVIEW_BOOKED"))).order_by(Assessment.id)
    ).all()
