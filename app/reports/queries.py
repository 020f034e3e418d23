"""Which periods there are, and which of them a viewer can choose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.figures import OWN_MUNICIPALITY, Viewer, own_area
from app.reports.models import ReportPeriod
from app.reports.periods import Closed, Length, Period, day_of, period_of


class Written(NamedTuple):
    """A period that has figures, with the moment it was closed and the digest of the areas it is protected for."""

    period: Period
    closed_at: datetime | None
    areas: str | None


def written_periods(session: Session) -> list[Written]:
    """Give every period that has figures, the latest first; one statement, of which the gate can make use too (`closed_of`)."""
    row = ReportPeriod
    found = session.connection().execute(
        select(row.starts_on, row.ends_on, row.length, row.closed_at, row.areas).order_by(row.ends_on.desc(), row.starts_on.desc())
    )
    return [Written(Period(starts_on, ends_on, Length(length)), closed_at, areas) for starts_on, ends_on, length, closed_at, areas in found.all()]


def closed_of(found: Iterable[Written]) -> list[Closed]:
    """Give the periods that are closed as the gate reads them."""
    return [(one.period.id, one.period.length, day_of(one.closed_at), one.areas) for one in found if one.closed_at is not None]


def periods_for(found: Iterable[Written], viewer: Viewer) -> list[tuple[Period, bool]]:
    """Give the periods that have figures for a viewer and whether each is closed, in their order; open ones to a municipality's own people."""
    sees_open = viewer.audience in OWN_MUNICIPALITY and own_area(viewer) is not None
    return [(one.period, one.closed_at is not None) for one in found if one.closed_at is not None or sees_open]


def latest_of(found: list[tuple[Period, bool]], length: Length, today: date) -> Period:
    """Give the latest closed period of a length, else the latest open one, else the last that is over."""
    closed = [period for period, is_closed in found if is_closed and period.length is length]
    any_of = [period for period, _is_closed in found if period.length is length]
    return next(iter([*closed, *any_of]), period_of(today, length).previous)
