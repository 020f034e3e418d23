"""The assessment, its grounds, the sections of its initial interview and the measures that clarify what it found."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, Sourced, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, classified


class Assessment(Recorded, FollowsClient, Model):
    """One assessment of § 14: ground, dates, how the interview was held, what was told, and the outcome."""

    __tablename__ = "assessment"
    listed_by = "started_on"

    id: Mapped[str] = key_column()
    # The first of the grounds; the others are rows of their own.
    ground: Mapped[str] = code_column("ASSESSMENT_GROUND", "K73-6", Sensitivity.SECRET)
    status: Mapped[str] = code_column("ASSESSMENT_STATUS", "K73-6", default="PLANNED")
    known_on: Mapped[date | None] = date_column("K73-6")
    started_on: Mapped[date] = date_column("K73-6", nullable=False)
    completed_on: Mapped[date | None] = date_column("K73-6")
    channel: Mapped[str] = code_column("CHANNEL", "K73-4", default="OFFICE")
    channel_reason: Mapped[str | None] = text_column(300, "K73-4")
    language: Mapped[str] = code_column("LANGUAGE", "K73-4")
    client_wishes: Mapped[str | None] = prose_column("K73-6", Sensitivity.SECRET)
    aims_told_on: Mapped[date | None] = date_column("K73-6")
    process_told_on: Mapped[date | None] = date_column("K73-6")
    duties_told_on: Mapped[date | None] = date_column("K73-6")
    data_told_on: Mapped[date | None] = date_column("K73-6")
    outcome: Mapped[str | None] = code_column("ASSESSMENT_OUTCOME", "K73-6", nullable=True)
    outcome_reason: Mapped[str | None] = prose_column("K73-6", Sensitivity.SECRET)
    plan_planned_on: Mapped[date | None] = date_column("K73-6")
    guided_to: Mapped[str | None] = prose_column("K73-6", Sensitivity.SECRET)
    cancelled_on: Mapped[date | None] = date_column("K73-6")
    cancel_reason: Mapped[str | None] = code_column("ASSESSMENT_CANCEL_REASON", "K73-6", nullable=True)
    over_three_years_reason: Mapped[str | None] = prose_column("K73-6", Sensitivity.SECRET)
    skipped_reason: Mapped[str | None] = prose_column("K73-6", Sensitivity.SECRET)

    sections: Mapped[list[InterviewSection]] = relationship(
        lazy="raise", order_by="InterviewSection.position", cascade="all, delete-orphan", passive_deletes=True
    )


class InterviewSection(Recorded, Sourced, FollowsClient, Model):
    """One of the nine sections of the initial interview (Decree 869/2024 § 2 items 1–9)."""

    __tablename__ = "interview_section"
    __table_args__ = (UniqueConstraint("assessment_id", "section"),)

    id: Mapped[str] = key_column()
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False, info=OWN)
    section: Mapped[str] = code_column("INTERVIEW_SECTION", "own", Sensitivity.INTERNAL)
    position: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    summary: Mapped[str | None] = prose_column("K73-5", Sensitivity.SECRET)
    need_level: Mapped[str | None] = code_column("NEED_LEVEL", "K73-6", Sensitivity.SECRET, nullable=True)


def _of_assessment() -> Mapped[str]:
    return mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)


class AssessmentGround(Recorded, FollowsClient, Model):
    """A further ground of the assessment, beside its first one (§ 14.1)."""

    __tablename__ = "assessment_ground"
    listed_by = "created_at"
    __table_args__ = (UniqueConstraint("assessment_id", "ground"),)

    id: Mapped[str] = key_column()
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False, info=OWN)
    ground: Mapped[str] = code_column("ASSESSMENT_GROUND", "K73-6", Sensitivity.SECRET)


class ClarifyingMeasure(Recorded, FollowsClient, Model):
    """A measure that clarifies what the interview left open (Decree 869/2024 § 3); open until it is done or called off."""

    __tablename__ = "clarifying_measure"
    listed_by = "ordered_on"

    id: Mapped[str] = key_column()
    assessment_id: Mapped[str] = _of_assessment()
    measure: Mapped[str] = code_column("CLARIFYING_TYPE", "K73-6")
    provider: Mapped[str | None] = text_column(120, "K73-6")
    ordered_on: Mapped[date] = date_column("K73-6", nullable=False)
    done_on: Mapped[date | None] = date_column("K73-6")
    result: Mapped[str | None] = prose_column("K73-6", Sensitivity.SECRET)
    called_off_reason: Mapped[str | None] = text_column(300, "K73-6", Sensitivity.SECRET)

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.called_off_reason


class RestrictedSection(Recorded, Sourced, FollowsClient, Model):
    """What the assessment found of work and functional ability, or of needs of social and health services (§ 14.2, Decree 869/2024 § 2.2)."""

    __tablename__ = "restricted_section"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    assessment_id: Mapped[str] = _of_assessment()
    section: Mapped[str] = code_column("RESTRICTED_SECTION", "K73-8", Sensitivity.SECRET)
    purpose_reason: Mapped[str] = text_column(300, "K73-8", Sensitivity.SECRET, nullable=False)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=classified("K73-8", Sensitivity.RESTRICTED))
