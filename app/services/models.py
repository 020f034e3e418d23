"""What became of a service: the participation with its hours and interruptions, and the results of language tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, Sourced, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import OWN, Sensitivity, classified

_SECRET = Sensitivity.SECRET


def _of_service() -> Mapped[str]:
    return mapped_column(ForeignKey("planned_service.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)


class ServiceParticipation(Recorded, FollowsClient, Model):
    """The client's way through one service. What was agreed stands in the plan and stays as it was; this is what happened.

    Orientation (§ 25) and integration training (§§ 26–27) fill the fields of their own; a service of another kind leaves them empty.
    """

    __tablename__ = "service_participation"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    planned_service_id: Mapped[str] = mapped_column(
        ForeignKey("planned_service.id", ondelete="CASCADE"), nullable=False, unique=True, info=OWN
    )
    referred_on: Mapped[date | None] = date_column("K73-7")
    enrolled_on: Mapped[date | None] = date_column("K73-7")
    started_on: Mapped[date | None] = date_column("K73-7")
    ended_on: Mapped[date | None] = date_column("K73-7")
    end_reason: Mapped[str | None] = code_column("HINDRANCE", "K73-7", _SECRET, nullable=True)
    end_description: Mapped[str | None] = text_column(300, "K73-7", _SECRET)
    provider_feedback: Mapped[str | None] = prose_column("K73-7", _SECRET)
    language: Mapped[str | None] = code_column("LANGUAGE", "K73-7", nullable=True)
    mode: Mapped[str | None] = code_column("ORIENTATION_MODE", "K73-7", nullable=True)
    interpreted: Mapped[bool] = flag_column("K73-7")
    self_study_ground: Mapped[str | None] = text_column(300, "K73-7", _SECRET)
    starting_level: Mapped[str | None] = code_column("CEFR", "K73-7", nullable=True)
    study_plan: Mapped[str | None] = prose_column("K73-7", _SECRET)
    next_steps: Mapped[str | None] = prose_column("K73-7", _SECRET)
    work_place: Mapped[str | None] = text_column(120, "K73-7")
    work_starts_on: Mapped[date | None] = date_column("K73-7")
    work_ends_on: Mapped[date | None] = date_column("K73-7")
    no_test_reason: Mapped[str | None] = text_column(300, "K73-7", _SECRET)


class ServiceHours(Recorded, FollowsClient, Model):
    """Hours of a period that were planned and attended; in integration training of one module of the curriculum."""

    __tablename__ = "service_hours"
    listed_by = "from_on"

    id: Mapped[str] = key_column()
    planned_service_id: Mapped[str] = _of_service()
    from_on: Mapped[date] = date_column("K73-7", nullable=False)
    to_on: Mapped[date] = date_column("K73-7", nullable=False)
    module: Mapped[str | None] = code_column("CURRICULUM", "K73-7", nullable=True)
    hours_planned: Mapped[Decimal] = mapped_column(Numeric(6, 2), nullable=False, info=classified("K73-7", Sensitivity.PERSONAL))
    hours_attended: Mapped[Decimal] = mapped_column(Numeric(6, 2), nullable=False, info=classified("K73-7", Sensitivity.PERSONAL))


class ServiceInterruption(Recorded, FollowsClient, Model):
    """Days a service stood still, both included, and what hindered; `to_on` is empty while it goes on."""

    __tablename__ = "service_interruption"
    listed_by = "from_on"

    id: Mapped[str] = key_column()
    planned_service_id: Mapped[str] = _of_service()
    from_on: Mapped[date] = date_column("K73-7", nullable=False)
    to_on: Mapped[date | None] = date_column("K73-7")
    reason: Mapped[str] = code_column("HINDRANCE", "K73-7", _SECRET)
    description: Mapped[str | None] = text_column(300, "K73-7", _SECRET)


class LanguageTestResult(Recorded, Sourced, FollowsClient, Model):
    """The result of a language test in its four parts; the final test ends integration training (§ 26.3)."""

    __tablename__ = "language_test_result"
    listed_by = "tested_on"

    id: Mapped[str] = key_column()
    test: Mapped[str] = code_column("LANG_TEST", "K73-7", default="FINAL_TEST")
    language: Mapped[str] = code_column("TEST_LANGUAGE", "K73-7")
    tested_on: Mapped[date] = date_column("K73-7", nullable=False)
    listening: Mapped[str] = code_column("CEFR", "K73-7")
    reading: Mapped[str] = code_column("CEFR", "K73-7")
    speaking: Mapped[str] = code_column("CEFR", "K73-7")
    writing: Mapped[str] = code_column("CEFR", "K73-7")
