"""The one gate to figures: whoever shows, draws, exports or sends any asks here, and gets what the viewer may see.

A municipality's own people see its own figures as they are. All others see closed periods only, and of these no cell that the disclosure
control hides (`report_hidden`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience, Indicator
from app.reports.dimensions import CROSS
from app.reports.models import ReportFact, ReportHidden, ReportPeriod, ReportRun


class NotForViewerError(Exception):
    """Raised for an indicator, a level or a breakdown that the viewer may not ask."""


@dataclass(frozen=True)
class Viewer:
    """Who reads: an audience and, for a municipality, its organisation; `sees_protected` where the law lets them see the persons themselves."""

    audience: Audience
    organisation_id: str | None = None
    sees_protected: bool = False

    @property
    def protection(self) -> str:
        """Give the set of hidden cells that holds for the viewer: what everybody may read, or what authorities may."""
        return "PUBLIC" if self.audience is Audience.PUBLIC else "OFFICIAL"


@dataclass(frozen=True)
class Question:
    """An indicator at a level, of one area or of all (`area` None), in periods by name, by one or two breakdowns of `INDICATORS[…]`."""

    indicator: str
    level: Level
    periods: tuple[str, ...]
    area: str | None = None
    by: tuple[str, ...] = ()

    @property
    def dimension(self) -> str:
        return CROSS.join(self.by)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A cell as the viewer sees it; one that is hidden has no number at all."""

    area: str
    period: str
    values: tuple[str, ...]
    is_hidden: bool = False
    numerator: int | None = None
    denominator: int | None = None
    spread: Counter[int] | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """The answer: figures with what they rest on. `cut_off` is the oldest moment any of them was computed at; `completeness` a share from 0 to 1."""

    question: Question
    indicator: Indicator
    figures: tuple[Figure, ...]
    cut_off: datetime | None
    completeness: float | None
    open_periods: frozenset[str]


def figures(session: Session, viewer: Viewer, question: Question) -> Table:
    """Answer a question for a viewer. Raises NotForViewerError."""
    indicator = _allowed(viewer, question)
    areas = {key: area for key, area in area_of(question.level).items() if question.area in (None, area)}
    closed = {row.id for row in session.scalars(select(ReportPeriod).where(ReportPeriod.id.in_(question.periods))) if row.closed_at}
    own = viewer.organisation_id if viewer.audience in _OWN and question.level is Level.MUNICIPALITY else None
    sums = _sums(session, question, areas, closed, own)
    hidden = _hidden(session, viewer, question)
    own_area = areas.get(own) if own else None
    shown = tuple(_figure(key, cell, is_hidden=key in hidden and key[0] != own_area) for key, cell in sorted(sums.items()))
    cut_off, completeness = _basis(session, question, areas)
    return Table(question=question, indicator=indicator, figures=shown, cut_off=cut_off, completeness=completeness,
                 open_periods=frozenset(question.periods) - closed)  # fmt: skip


_OWN = frozenset({Audience.WORKER, Audience.LEAD, Audience.MUNICIPALITY})
_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Sum:
    numerator: int
    denominator: int
    spread: Counter[int]


def _allowed(viewer: Viewer, question: Question) -> Indicator:
    indicator = INDICATORS.get(question.indicator)
    if indicator is None or viewer.audience not in indicator.audiences:
        raise NotForViewerError(question.indicator)
    is_known = not question.by or (len(question.by) == 1 and question.by[0] in indicator.dimensions) or question.by in indicator.crossings
    if not is_known:
        raise NotForViewerError(question.dimension)
    return indicator


def _sums(session: Session, question: Question, areas: dict[str, str], closed: set[str], own: str | None) -> dict[_Key, _Sum]:
    fact = ReportFact
    wanted = select(fact.organisation_id, fact.period_id, fact.value, fact.numerator, fact.denominator, fact.spread).where(
        fact.indicator == question.indicator, fact.period_id.in_(question.periods), fact.dimension == question.dimension
    )
    if question.area is not None:
        wanted = wanted.where(fact.organisation_id.in_(areas))
    made: dict[_Key, _Sum] = {}
    for org, period, value, numerator, denominator, spread in session.execute(wanted):
        if org not in areas or (period not in closed and org != own):
            continue
        cell = made.setdefault((areas[org], period, value), _Sum(0, 0, Counter()))
        cell.numerator += numerator
        cell.denominator += denominator
        if spread:
            cell.spread.update({int(amount): times for amount, times in json.loads(spread).items()})
    return made


def _hidden(session: Session, viewer: Viewer, question: Question) -> set[_Key]:
    row = ReportHidden
    wanted = select(row.area, row.period_id, row.value).where(
        row.audience == viewer.protection, row.indicator == question.indicator, row.period_id.in_(question.periods),
        row.dimension == question.dimension, row.level == question.level,
    )  # fmt: skip
    return {(area, period, value) for area, period, value in session.execute(wanted)}


def _figure(key: _Key, cell: _Sum, *, is_hidden: bool) -> Figure:
    area, period, value = key
    values = tuple(value.split(CROSS)) if value else ()
    if is_hidden:
        return Figure(area=area, period=period, values=values, is_hidden=True)
    return Figure(
        area=area, period=period, values=values, numerator=cell.numerator, denominator=cell.denominator, spread=cell.spread or None
    )


def _basis(session: Session, question: Question, areas: Iterable[str]) -> tuple[datetime | None, float | None]:
    wanted = select(ReportRun.organisation_id, ReportRun.computed_at, ReportRun.persons, ReportRun.complete).where(
        ReportRun.period_id.in_(question.periods)
    )
    inside = set(areas)
    runs = [row for row in session.execute(wanted) if row.organisation_id in inside]
    persons = sum(row.persons for row in runs)
    return min((row.computed_at for row in runs), default=None), sum(row.complete for row in runs) / persons if persons else None


def own_area(viewer: Viewer) -> str | None:
    """Give the code of the viewer's own municipality."""
    return area_of(Level.MUNICIPALITY).get(viewer.organisation_id or "")
