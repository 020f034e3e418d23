"""Facts that follow a client; each says its source and who recorded it (681/2023 § 73.2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, Sourced, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import Sensitivity, classified


class ResidenceBasis(Recorded, Sourced, FollowsClient, Model):
    """A permit, registration or card; the first one starts the three-year window of §§ 14.1 and 20.3."""

    __tablename__ = "residence_basis"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    kind: Mapped[str] = code_column("RESIDENCE_KIND", "K73-3")
    permit_type: Mapped[str | None] = code_column("PERMIT_TYPE", "K73-3", nullable=True)
    ground: Mapped[str] = code_column("RESIDENCE_GROUND", "K73-3", Sensitivity.SECRET)
    granted_date: Mapped[date] = date_column("K73-3", nullable=False)
    valid_from: Mapped[date | None] = date_column("K73-3")
    valid_to: Mapped[date | None] = date_column("K73-3")
    right_to_work: Mapped[str | None] = code_column("WORK_RIGHT", "K73-3", nullable=True)
    is_first: Mapped[bool] = flag_column("K73-3")


class LanguageSkill(Recorded, Sourced, FollowsClient, Model):
    """A level in a language, with what the level rests on."""

    __tablename__ = "language_skill"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    language: Mapped[str] = code_column("LANGUAGE", "K73-5")
    part: Mapped[str] = code_column("SKILL_PART", "K73-5", default="OVERALL")
    level: Mapped[str] = code_column("CEFR", "K73-5")
    basis: Mapped[str] = code_column("SKILL_BASIS", "K73-5")
    established_on: Mapped[date | None] = date_column("K73-5")


class EducationRecord(Recorded, Sourced, FollowsClient, Model):
    """Schooling or a qualification, in Finland or elsewhere."""

    __tablename__ = "education_record"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    level: Mapped[str] = code_column("EDUCATION_LEVEL", "K73-5")
    qualification: Mapped[str | None] = text_column(160, "K73-5")
    country: Mapped[str | None] = code_column("COUNTRY", "K73-5", nullable=True)
    completed: Mapped[bool] = flag_column("K73-5")
    end_year: Mapped[int | None] = mapped_column(Integer, info=classified("K73-5", Sensitivity.PERSONAL))
    years_of_schooling: Mapped[int | None] = mapped_column(Integer, info=classified("K73-5", Sensitivity.PERSONAL))
    recognition: Mapped[str | None] = code_column("RECOGNITION", "K73-5", nullable=True)


class WorkRecord(Recorded, Sourced, FollowsClient, Model):
    """Work done earlier."""

    __tablename__ = "work_record"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    occupation: Mapped[str] = text_column(120, "K73-5", nullable=False)
    country: Mapped[str | None] = code_column("COUNTRY", "K73-5", nullable=True)
    started_on: Mapped[date | None] = date_column("K73-5")
    ended_on: Mapped[date | None] = date_column("K73-5")
    description: Mapped[str | None] = prose_column("K73-5")


class FamilyLink(Recorded, Sourced, FollowsClient, Model):
    """A family member as part of the life situation (869/2024 § 2 item 8; § 2.4 for the tie before arrival)."""

    __tablename__ = "family_link"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    relation: Mapped[str] = code_column("FAMILY_RELATION", "K73-5", Sensitivity.SECRET)
    person_name: Mapped[str] = text_column(160, "K73-5", Sensitivity.SECRET, nullable=False)
    lives_in_finland: Mapped[bool] = flag_column("K73-5", Sensitivity.SECRET)
    same_household: Mapped[bool] = flag_column("K73-5", Sensitivity.SECRET)
    tie_before_arrival: Mapped[bool] = flag_column("K73-5", Sensitivity.SECRET)


class Note(Recorded, FollowsClient, Model):
    """A worker's entry about dealing with the matter."""

    __tablename__ = "note"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    kind: Mapped[str] = code_column("NOTE_KIND", "K73-6")
    entry_date: Mapped[date] = date_column("K73-6", nullable=False)
    content: Mapped[str] = prose_column("K73-6", Sensitivity.SECRET, nullable=False)
