"""The gate to figures for a page of many: the same answers as `figures` gives one by one, from four statements whatever their number."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.reports.areas import Level, area_of
from app.reports.figures import _OWN, Question, Table, Viewer, _allowed, _figure, _Key, _Sum
from app.reports.models import ReportFact, ReportHidden, ReportPeriod, ReportRun

_Facts = dict[tuple[str, str, str], list[Any]]
_Hidden = dict[tuple[str, str, str], set[_Key]]


def many(session: Session, viewer: Viewer, questions: Sequence[Question]) -> list[Table]:
    """Answer questions for a viewer, in their order. Raises NotForViewerError if one of them is not for the viewer."""
    if not questions:
        return []
    indicators = [_allowed(viewer, question) for question in questions]
    periods = sorted({period for question in questions for period in question.periods})
    closed = {row.id for row in session.scalars(select(ReportPeriod).where(ReportPeriod.id.in_(periods))) if row.closed_at}
    facts, hidden, runs = _facts(session, questions), _hidden(session, viewer, questions), _runs(session, periods)
    return [
        _table(viewer, question, indicator, closed, facts, hidden, runs) for question, indicator in zip(questions, indicators, strict=True)
    ]


def _table(viewer: Viewer, question: Question, indicator: Any, closed: set[str], facts: _Facts, hidden: _Hidden, runs: list[Any]) -> Table:
    areas = _areas(question)
    own = viewer.organisation_id if viewer.audience in _OWN and question.level is Level.MUNICIPALITY else None
    own_code = areas.get(own) if own else None
    sums: dict[_Key, _Sum] = {}
    for period in question.periods:
        for org, value, numerator, denominator, spread in facts.get((question.indicator, period, question.dimension), ()):
            if org in areas and (period in closed or org == own):
                cell = sums.setdefault((areas[org], period, value), _Sum(0, 0, Counter()))
                cell.numerator, cell.denominator = cell.numerator + numerator, cell.denominator + denominator
                cell.spread.update(spread or {})
    kept = hidden.get((question.indicator, question.dimension, question.level), set())
    cut_off, completeness = _basis(runs, question, areas)
    return Table(
        question=question, indicator=indicator, cut_off=cut_off, completeness=completeness, open_periods=frozenset(question.periods) - closed,
        figures=tuple(_figure(key, cell, is_hidden=key in kept and key[0] != own_code) for key, cell in sorted(sums.items())),
    )  # fmt: skip


def _areas(question: Question) -> dict[str, str]:
    return {key: area for key, area in area_of(question.level).items() if question.area in (None, area)}


def _facts(session: Session, questions: Sequence[Question]) -> _Facts:
    """Read the facts of all questions at once; those that need the same municipalities, periods and breakdown share one condition."""
    asked: dict[Any, set[str]] = defaultdict(set)
    for question in questions:
        whose = frozenset(_areas(question)) if question.area is not None and question.level is not Level.COUNTRY else None
        asked[whose, question.periods, question.dimension].add(question.indicator)
    fact = ReportFact
    wanted = select(
        fact.indicator, fact.period_id, fact.dimension, fact.organisation_id, fact.value, fact.numerator, fact.denominator, fact.spread
    )
    conditions = [_condition(whose, periods, dimension, sorted(keys)) for (whose, periods, dimension), keys in asked.items()]
    made: _Facts = defaultdict(list)
    for indicator, period, dimension, *cell, spread in session.execute(wanted.where(or_(*conditions))):
        made[indicator, period, dimension].append((*cell, _read(spread)))
    return made


def _condition(whose: frozenset[str] | None, periods: tuple[str, ...], dimension: str, indicators: list[str]) -> ColumnElement[bool]:
    fact = ReportFact
    found = and_(fact.indicator.in_(indicators), fact.period_id.in_(periods), fact.dimension == dimension)
    return found if whose is None else and_(found, fact.organisation_id.in_(sorted(whose)))


def _read(spread: str | None) -> dict[int, int] | None:
    return {int(amount): times for amount, times in json.loads(spread).items()} if spread else None


def _hidden(session: Session, viewer: Viewer, questions: Iterable[Question]) -> _Hidden:
    row, asked = ReportHidden, list(questions)
    wanted = select(row.indicator, row.dimension, row.level, row.area, row.period_id, row.value).where(
        row.audience == viewer.protection, row.indicator.in_({one.indicator for one in asked}), row.dimension.in_({one.dimension for one in asked}),
        row.period_id.in_({period for one in asked for period in one.periods}), row.level.in_({str(one.level) for one in asked}),
    )  # fmt: skip
    made: _Hidden = defaultdict(set)
    for indicator, dimension, level, *key in session.execute(wanted):
        made[indicator, dimension, level].add((key[0], key[1], key[2]))
    return made


def _runs(session: Session, periods: list[str]) -> list[Any]:
    run = ReportRun
    wanted = select(run.period_id, run.organisation_id, run.computed_at, run.persons, run.complete).where(run.period_id.in_(periods))
    return list(session.execute(wanted))


def _basis(runs: list[Any], question: Question, areas: dict[str, str]) -> tuple[datetime | None, float | None]:
    found = [row for row in runs if row.period_id in question.periods and row.organisation_id in areas]
    persons = sum(row.persons for row in found)
    return min((row.computed_at for row in found), default=None), sum(row.complete for row in found) / persons if persons else None
