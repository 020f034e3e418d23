"""Figures without identity: periods, the facts of each municipality in each, which cells are hidden from whom, and series brought in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.types import OWN, IdType, UtcDateTime


class ReportPeriod(Model):
    """A period of figures. Until `closed_at` each snapshot writes it anew; after that its facts never change, whatever happens to the records."""

    __tablename__ = "report_period"

    id: Mapped[str] = mapped_column(String(7), primary_key=True, info=OWN)
    length: Mapped[str] = mapped_column(String(10), nullable=False, info=OWN)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False, info=OWN)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False, info=OWN)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    # The numbers of the areas it has been protected for, "1 3", the last those it is told by; and their digest.
    grounds: Mapped[str | None] = mapped_column(String(60), info=OWN)
    areas: Mapped[str | None] = mapped_column(String(64), info=OWN)
    # A JSON object by audience of the breakdowns, "I02 GENDER", that are hidden whole.
    untold: Mapped[str | None] = mapped_column(Text, info=OWN)


class ReportGround(Model):
    """Which municipalities each area held when a period was protected: `areas` is a JSON object of levels, of municipalities with their area.

    Whoever kept the tables of that time still has them when the areas change, so a cell that was hidden then must not follow from both.
    """

    __tablename__ = "report_ground"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=OWN)
    digest: Mapped[str] = mapped_column(String(64), nullable=False, unique=True, info=OWN)
    areas: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)


class ReportRun(Model):
    """When a municipality's facts of a period were last written or found to hold, how many persons they rest on and how many of these lack no field they need."""

    __tablename__ = "report_run"

    period_id: Mapped[str] = mapped_column(ForeignKey("report_period.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True, info=OWN)
    computed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    persons: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    complete: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    # The day the situation is of, and a digest of the records, the day and the definitions that the facts rest on.
    day: Mapped[date | None] = mapped_column(Date, info=OWN)
    basis: Mapped[str | None] = mapped_column(String(64), info=OWN)


class ReportFact(Model):
    """A cell: an indicator in a period and a municipality, the whole (`dimension` and `value` empty) or one value of one breakdown.

    `spread` is a JSON object of values and how often each was met, so that cells can be put together; `protected` counts those under
    non-disclosure. No cell of nothing is kept.
    """

    __tablename__ = "report_fact"
    __table_args__ = (Index("ix_report_fact_municipality", "organisation_id", "period_id"),)

    indicator: Mapped[str] = mapped_column(String(4), primary_key=True, info=OWN)
    period_id: Mapped[str] = mapped_column(ForeignKey("report_period.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    dimension: Mapped[str] = mapped_column(String(60), primary_key=True, info=OWN)
    organisation_id: Mapped[str] = mapped_column(IdType, ForeignKey("organisation.id"), primary_key=True, info=OWN)
    value: Mapped[str] = mapped_column(String(60), primary_key=True, info=OWN)
    definition: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    numerator: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    denominator: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    protected: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    spread: Mapped[str | None] = mapped_column(Text, info=OWN)


class ReportHidden(Model):
    """A cell that an audience may not see in a closed period, by the disclosure control: of a municipality, an area or the country.

    Of an area as it once was `level` also says in which areas, as in `REGION@1`: number 1 of ReportGround.
    """

    __tablename__ = "report_hidden"

    audience: Mapped[str] = mapped_column(String(10), primary_key=True, info=OWN)
    indicator: Mapped[str] = mapped_column(String(4), primary_key=True, info=OWN)
    period_id: Mapped[str] = mapped_column(ForeignKey("report_period.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    dimension: Mapped[str] = mapped_column(String(60), primary_key=True, info=OWN)
    level: Mapped[str] = mapped_column(String(20), primary_key=True, info=OWN)
    area: Mapped[str] = mapped_column(String(12), primary_key=True, info=OWN)
    value: Mapped[str] = mapped_column(String(60), primary_key=True, info=OWN)


class ReportSeries(Model):
    """A figure of another register, brought in with its source: its cells are as those of the facts and need no records of ours."""

    __tablename__ = "report_series"

    indicator: Mapped[str] = mapped_column(String(4), primary_key=True, info=OWN)
    period_id: Mapped[str] = mapped_column(String(7), primary_key=True, info=OWN)
    level: Mapped[str] = mapped_column(String(20), primary_key=True, info=OWN)
    area: Mapped[str] = mapped_column(String(12), primary_key=True, info=OWN)
    dimension: Mapped[str] = mapped_column(String(60), primary_key=True, info=OWN)
    value: Mapped[str] = mapped_column(String(60), primary_key=True, info=OWN)
    # As text, since a register tells as many decimals as it likes.
    figure: Mapped[str] = mapped_column(String(30), nullable=False, info=OWN)
    source: Mapped[str] = mapped_column(String(200), nullable=False, info=OWN)
    brought_in_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)


class ReportSanity(Model):
    """How many rows of an organisation break what must always hold, by the check of `app/reports/quality/sanity.py`; no row where none does."""

    __tablename__ = "report_sanity"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True, info=OWN)
    check: Mapped[str] = mapped_column(String(40), primary_key=True, info=OWN)
    count: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)


class ReportFill(Model):
    """How many rows of an organisation have something in a field, `table.column`, of how many rows."""

    __tablename__ = "report_fill"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True, info=OWN)
    field: Mapped[str] = mapped_column(String(80), primary_key=True, info=OWN)
    filled: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    rows: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
