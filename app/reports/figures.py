"""The one gate to figures: whoever shows, draws, exports or sends any asks here, and gets what the viewer may see.

A municipality's own people see its own figures as they are, but for small cells with a person under non-disclosure where they may not see
the person. All others see closed quarters and years only, and of these no cell that the disclosure control hides (`report_hidden`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from app.reports.areas import AsOf, Level, area_of, areas_of_period
from app.reports.composed import Composition, all_composed, composed_of
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience, Behind, Indicator, Status
from app.reports.dimensions import CROSS
from app.reports.disclosure.kept import is_told_by
from app.reports.disclosure.limits import OFFICIAL, PUBLIC, Limits, limits_of
from app.reports.disclosure.own import hidden_of_own
from app.reports.periods import Length, UnknownPeriodError, period_named
from app.reports.reading import One, Reading, Wanted
from app.reports.spreads import told_of


class NotForViewerError(Exception):
    """Raised for an indicator, a period, a level or a breakdown that the viewer may not ask."""


@dataclass(frozen=True)
class Viewer:
    """Who reads: an audience and, for a municipality, its organisation; `sees_protected` where the law lets them see the persons, or watch over how they are protected."""

    audience: Audience
    organisation_id: str | None = None
    sees_protected: bool = False

    @property
    def protection(self) -> str:
        """Give the set of hidden cells that holds for the viewer: what everybody may read, or what authorities may."""
        return PUBLIC if self.audience is Audience.PUBLIC else OFFICIAL


@dataclass(frozen=True)
class Question:
    """An indicator at a level, of one area or of all (`area` None), in periods by name, by one or two breakdowns of `INDICATORS[…]`.

    The areas are those of today or, with `as_of` THEN, of the last day of the last period: of all periods the same.
    """

    indicator: str
    level: Level
    periods: tuple[str, ...]
    area: str | None = None
    by: tuple[str, ...] = ()
    as_of: AsOf = AsOf.NOW

    @property
    def dimension(self) -> str:
        return CROSS.join(self.by)

    @property
    def areas_on(self) -> date | None:
        """Give the day whose areas are asked; None for today."""
        ends = [_end(period) for period in self.periods if _length(period)] if self.as_of is AsOf.THEN else []
        return min(max(ends), date.today()) if ends else None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A cell as the viewer sees it; one that is hidden has no number at all.

    `spread` is for a municipality's own people; all others get of it what `median`, `ninth` and `mean` tell. A hidden cell can be nothing.
    """

    area: str
    period: str
    values: tuple[str, ...]
    is_hidden: bool = False
    numerator: int | None = None
    denominator: int | None = None
    spread: Counter[int] | None = None
    median: int | None = None
    ninth: int | None = None
    mean: float | None = None
    # What another register gave, in the place of all the numbers above.
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """The answer: figures with what they rest on. `cut_off` is the oldest moment any of them was computed at; `completeness` a share from 0 to 1.

    Others than a municipality's own people get `completeness` in steps of five hundredths, and of few persons none.
    Numbers are multiples of `rounded_to`. A value without a figure is nothing.
    """

    question: Question
    indicator: Indicator
    figures: tuple[Figure, ...]
    cut_off: datetime | None
    completeness: float | None
    open_periods: frozenset[str]
    rounded_to: int = 1
    # The version of the definition that the figures of each period were counted by.
    definitions: Mapping[str, int] = field(default_factory=dict)
    # The registers that figures were brought in from; none for our own.
    sources: tuple[str, ...] = ()

    @property
    def is_untold(self) -> bool:
        """Tell whether nothing of a breakdown can be told without exposing someone."""
        return bool(self.question.by and self.figures) and all(one.is_hidden for one in self.figures)

    @property
    def is_of_one_definition(self) -> bool:
        """Tell whether the periods can be compared: all were counted by the same definition."""
        return len(set(self.definitions.values())) < 2


def figures(session: Session, viewer: Viewer, question: Question) -> Table:
    """Answer a question for a viewer. Raises NotForViewerError."""
    return answer(One(session), viewer, question)


def answer(reading: Reading, viewer: Viewer, question: Question) -> Table:
    """Answer a question from what is read. Raises NotForViewerError."""
    indicator = _allowed(viewer, question)
    if indicator.status is Status.EXTERNAL:
        return _brought_in(reading, question, indicator)
    asked = _asked(reading, viewer, question)
    definitions: dict[str, int] = {}
    sums = _sums(reading, asked, definitions)
    hidden = _hidden(reading, asked, sums)
    cut_off, completeness = _basis(reading, asked)
    return Table(
        question=question, indicator=indicator, figures=tuple(_figure(asked, key, sums.get(key), is_hidden=key in hidden) for key in sorted(sums.keys() | hidden)),
        cut_off=cut_off, completeness=completeness, open_periods=frozenset(question.periods) - asked.closed, rounded_to=asked.rounded_to,
        definitions=definitions,
    )  # fmt: skip


def _brought_in(reading: Reading, question: Question, indicator: Indicator) -> Table:
    """Answer from another register's series: published statistics, so nothing more is hidden of them here."""
    found = reading.series(wanted_by(question))
    return Table(
        question=question, indicator=indicator, figures=tuple(Figure(area=one.area, period=one.period, values=one.values, value=one.value) for one in found),
        cut_off=min((one.brought_in_at for one in found), default=None), completeness=None, open_periods=frozenset(),
        sources=tuple(sorted({one.source for one in found})),
    )  # fmt: skip


def own_area(viewer: Viewer) -> str | None:
    """Give the code of the viewer's own municipality."""
    return area_of(Level.MUNICIPALITY).get(viewer.organisation_id or "")


OWN_MUNICIPALITY = frozenset({Audience.WORKER, Audience.LEAD, Audience.MUNICIPALITY, Audience.OFFICER})
# Under so many persons completeness would tell of one of them, and otherwise in such steps.
_FEW, _STEP = 20, 0.05
_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Sum:
    numerator: int = 0
    denominator: int = 0
    protected: int = 0
    # How many have each amount, as the facts write amounts; None where no fact has a spread.
    spread: dict[str, int] | None = None

    def add(self, numerator: int, denominator: int, protected: int, spread: str | None) -> None:
        self.numerator += numerator
        self.denominator += denominator
        self.protected += protected
        if not spread:
            return
        found = json.loads(spread)
        if self.spread is None:
            self.spread = found
            return
        known = self.spread
        for amount, times in found.items():
            known[amount] = known.get(amount, 0) + times

    def counted(self) -> Counter[int]:
        return Counter({int(amount): times for amount, times in self.spread.items()}) if self.spread else Counter()


@dataclass(frozen=True)
class _Asked:
    """A question with what the viewer may see of it: `areas` by municipality, the periods that are closed and of these the ones `told` to all."""

    viewer: Viewer
    question: Question
    areas: Mapping[str, str]
    closed: frozenset[str]
    told: frozenset[str]
    own: str | None
    wanted: Wanted
    # How the areas are made up of those that each period was closed with.
    made_of: Mapping[str, Composition]

    @cached_property
    def own_area(self) -> str | None:
        return self.areas.get(self.own) if self.own else None

    @property
    def rounded_to(self) -> int:
        """Give to what numbers are rounded: the most of the periods asked for."""
        rounded = [limits_of(self.viewer.protection, _end(period)).rounded_to for period in self.told]
        return max(rounded, default=1)

    def is_own(self, area: str) -> bool:
        return self.own is not None and area == self.own_area

    def limits(self, period: str) -> Limits:
        return limits_of(self.viewer.protection, _end(period))


def _end(period: str) -> date:
    return period_named(period).ends_on


def _allowed(viewer: Viewer, question: Question) -> Indicator:
    indicator = INDICATORS.get(question.indicator)
    if indicator is None or viewer.audience not in indicator.audiences:
        raise NotForViewerError(question.indicator)
    is_known = not question.by or (len(question.by) == 1 and question.by[0] in indicator.dimensions) or question.by in indicator.crossings
    if not is_known:
        raise NotForViewerError(question.dimension)
    for period in question.periods:
        if viewer.audience is Audience.PUBLIC and _length(period) is not Length.YEAR:
            raise NotForViewerError(period)
    return indicator


def _length(period: str) -> Length | None:
    try:
        return period_named(period).length
    except UnknownPeriodError:
        return None


def _areas(question: Question) -> dict[str, str]:
    return {key: area for key, area in _level_of(question).items() if question.area in (None, area)}


def _level_of(question: Question) -> dict[str, str]:
    on = question.areas_on
    return area_of(question.level) if on is None else areas_of_period(question.level, on, AsOf.THEN)


def wanted_by(question: Question) -> Wanted:
    """Give what a question needs to be read, whoever asks it."""
    # Of the whole country every municipality is read; which of them are of it is seen afterwards.
    organisations = None if question.area is None or question.level is Level.COUNTRY else frozenset(_areas(question))
    return Wanted(question.indicator, question.level, question.periods, question.dimension, organisations, question.area)


def _asked(reading: Reading, viewer: Viewer, question: Question) -> _Asked:
    areas, wanted = _areas(question), wanted_by(question)
    rows = list(reading.closed(wanted))
    today = date.today()
    # Until the night has protected it for areas that have changed, nobody else is told of it.
    told = frozenset(period for period, length, _closed_on, stands_on in rows if length != Length.MONTH and is_told_by(stands_on, today))
    own = viewer.organisation_id if viewer.audience in OWN_MUNICIPALITY and question.level is Level.MUNICIPALITY else None
    made_of = {
        period: _composition(question, areas, closed_on if stands_on is None else today) for period, _length, closed_on, stands_on in rows if period in told
    }
    return _Asked(viewer, question, areas, frozenset(period for period, *_rest in rows), told, own, wanted, made_of)


def _composition(question: Question, areas: Mapping[str, str], closed_on: date) -> Composition:
    return all_composed(question.level, question.areas_on, closed_on) if question.area is None else composed_of(areas, question.level, closed_on)


def _sums(reading: Reading, asked: _Asked, definitions: dict[str, int]) -> dict[_Key, _Sum]:
    made: dict[_Key, _Sum] = {}
    areas, told, own = asked.areas, asked.told, asked.own
    for org, period, value, numerator, denominator, protected, spread, definition in reading.facts(asked.wanted):
        if org not in areas or (period not in told and org != own):
            continue
        if definition > definitions.get(period, 0):
            definitions[period] = definition
        key = (areas[org], period, value)
        cell = made.get(key)
        if cell is None:
            cell = made[key] = _Sum()
        cell.add(numerator, denominator, protected, spread)
    return made


def _hidden(reading: Reading, asked: _Asked, sums: dict[_Key, _Sum]) -> set[_Key]:
    question = asked.question
    own = _own_hidden(asked, sums)
    found = {(asked.own_area or "", period, value) for period, values in own.items() for value in values}
    withheld = set()
    for area, period, value in (*_told_of_none(asked), *_parts_hidden(reading, asked)):
        if asked.is_own(area) and not own.get(period):
            continue
        if value or not question.by:
            found.add((area, period, value))
        else:
            withheld.add((area, period))
    if withheld:
        # Every value met in the country, so that which of them an area has is not told either.
        found.update((area, period, value) for value in reading.values(asked.wanted) for area, period in withheld)
    return found


def _told_of_none(asked: _Asked) -> Iterator[_Key]:
    """Give the areas that the areas of the closing do not make up: nothing is told of them."""
    yield from ((area, period, "") for period, made in asked.made_of.items() for area in sorted(made.unmade))


def _parts_hidden(reading: Reading, asked: _Asked) -> Iterator[_Key]:
    """Give what is hidden of the areas asked for: whatever is hidden of a part."""
    for part, period, value in reading.hidden(asked.wanted, asked.viewer.protection):
        area = asked.made_of[period].whole_of.get(part) if period in asked.told else None
        if area is not None:
            yield area, period, value


def _own_hidden(asked: _Asked, sums: dict[_Key, _Sum]) -> dict[str, frozenset[str]]:
    if asked.own_area is None or asked.viewer.sees_protected:
        return {}
    by_period: dict[str, dict[str, tuple[int, int]]] = {}
    for (area, period, value), cell in sums.items():
        if area == asked.own_area:
            by_period.setdefault(period, {})[value] = (cell.numerator, cell.protected)
    return {period: hidden_of_own(counts, asked.question.dimension, asked.limits(period)) for period, counts in by_period.items()}


def _figure(asked: _Asked, key: _Key, cell: _Sum | None, *, is_hidden: bool) -> Figure:
    area, period, value = key
    values = tuple(value.split(CROSS)) if value else ()
    if is_hidden or cell is None:
        return Figure(area=area, period=period, values=values, is_hidden=True)
    is_own = asked.is_own(area)
    step = 1 if is_own else asked.limits(period).rounded_to
    numerator, denominator = _rounded(cell.numerator, step), _rounded(cell.denominator, step)
    if cell.spread is None:
        return Figure(area=area, period=period, values=values, numerator=numerator, denominator=denominator)
    spread = cell.counted()
    is_free = is_own or INDICATORS[asked.question.indicator].behind is Behind.NOBODY
    told = told_of(spread, None if is_free else asked.limits(period))
    return Figure(area=area, period=period, values=values, numerator=numerator, denominator=denominator, spread=(spread or None) if is_own else None,
                  median=told.median, ninth=told.ninth, mean=told.mean)  # fmt: skip


def _rounded(number: int, step: int) -> int:
    """Round to the nearest multiple, a half up; the same number always to the same."""
    return (2 * number + step) // (2 * step) * step


def _basis(reading: Reading, asked: _Asked) -> tuple[datetime | None, float | None]:
    areas, told, own = asked.areas, asked.told, asked.own
    runs = [row for row in reading.runs(asked.wanted) if row[0] in areas and (row[1] in told or row[0] == own)]
    persons, complete = sum(row[3] for row in runs), sum(row[4] for row in runs)
    is_own = {row[0] for row in runs} == {own}
    return min((row[2] for row in runs), default=None), _completeness(persons, complete, is_own=is_own)


def _completeness(persons: int, complete: int, *, is_own: bool) -> float | None:
    if is_own:
        return complete / persons if persons else None
    return round(round(complete / persons / _STEP) * _STEP, 2) if persons >= _FEW else None
