"""The statements by which the gate reads, made once for each number of groups: making one takes as long as asking it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.reports.models import ReportFact, ReportHidden, ReportRun

# Which of the groups are of some municipalities only, in their order.
Shape = tuple[bool, ...]
Group = tuple[frozenset[str] | None, dict[str, Any]]


def rows(session: Session, statement: Any, values: dict[str, Any]) -> Sequence[Any]:
    """Give plain rows: hundreds of them, so past the layer that would look for entities among them, and all fetched at once."""
    session.flush()
    return session.connection().execute(statement, values).all()


def facts(session: Session, groups: Sequence[Group]) -> Sequence[Any]:
    """Give (municipality, period, value, numerator, denominator, protected, spread, definition, indicator, dimension) of groups.

    A group names municipalities, or None for all, and its `indicators`, `periods` and `dimension`.
    """
    return rows(session, _facts(_shape(groups)), _values(groups)) if groups else []


def runs(session: Session, groups: Sequence[Group]) -> Sequence[Any]:
    """Give (municipality, period, moment, persons, complete) of groups by their `periods`."""
    return rows(session, _runs(_shape(groups)), _values(groups)) if groups else []


def hidden(session: Session, audience: str, **among: Sequence[str]) -> Sequence[Any]:
    """Give (area, period, value, indicator, dimension, level) of what is hidden among `indicators`, `periods`, `dimensions` and `levels`."""
    return rows(session, _HIDDEN, {"audience": audience, **among})


def _shape(groups: Sequence[Group]) -> Shape:
    return tuple(organisations is not None for organisations, _rest in groups)


def _values(groups: Sequence[Group]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, (organisations, rest) in enumerate(groups):
        found |= {f"{name}{number}": value for name, value in rest.items()}
        if organisations is not None:
            found[f"organisations{number}"] = sorted(organisations)
    return found


def _many(name: str, number: int | str = "") -> BindParameter[Any]:
    return bindparam(f"{name}{number}", expanding=True)


@lru_cache(maxsize=200)
def _facts(shape: Shape) -> Any:
    fact = ReportFact
    asked = [
        and_(fact.indicator.in_(_many("indicators", number)), fact.period_id.in_(_many("periods", number)), fact.dimension == bindparam(f"dimension{number}"),
             *_within(fact.organisation_id, number, is_some=is_some))
        for number, is_some in enumerate(shape)
    ]  # fmt: skip
    return select(
        fact.organisation_id, fact.period_id, fact.value, fact.numerator, fact.denominator, fact.protected, fact.spread, fact.definition,
        fact.indicator, fact.dimension,
    ).where(or_(*asked))  # fmt: skip


@lru_cache(maxsize=200)
def _runs(shape: Shape) -> Any:
    run = ReportRun
    asked = [and_(run.period_id.in_(_many("periods", number)), *_within(run.organisation_id, number, is_some=is_some)) for number, is_some in enumerate(shape)]
    return select(run.organisation_id, run.period_id, run.computed_at, run.persons, run.complete).where(or_(*asked))


def _within(column: Any, number: int, *, is_some: bool) -> list[ColumnElement[bool]]:
    return [column.in_(_many("organisations", number))] if is_some else []


_HIDDEN = select(ReportHidden.area, ReportHidden.period_id, ReportHidden.value, ReportHidden.indicator, ReportHidden.dimension, ReportHidden.level).where(
    ReportHidden.audience == bindparam("audience"), ReportHidden.indicator.in_(_many("indicators")), ReportHidden.period_id.in_(_many("periods")),
    ReportHidden.dimension.in_(_many("dimensions")), ReportHidden.level.in_(_many("levels")),
)  # fmt: skip
