"""Areas change after a period has closed: whoever kept the tables of before and gets those of after recovers no small cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select, update

from app.codes.edition import current_edition
from app.reports import composed
from app.reports import figures as gate
from app.reports.areas import Level
from app.reports.areas import area_of as real_area_of
from app.reports.catalogue.indicator import Audience
from app.reports.disclosure import kept, publish
from app.reports.figures import Question, Viewer, figures
from app.reports.models import ReportFact, ReportHidden, ReportPeriod
from app.reports.snapshot.closing import protect_anew
from tests.reports.attacks import attacker as attacking
from tests.reports.attacks.attacker import Attacker
from tests.reports.attacks.register import QUARTERS, Register, municipalities

NATIONAL, LIMIT = Viewer(Audience.NATIONAL), 5


def _merged(level: Level, on: date | None = None, *, gone: str, into: str) -> dict[str, str]:
    """The areas after a municipality has been merged into one of another employment area."""
    found = dict(real_area_of(level, on))
    if level is not Level.MUNICIPALITY:
        found[gone] = found[into]
    return found


@pytest.fixture
def register() -> Register:
    made = Register(4, municipalities(2), (3, 4, 8, 15, 40))
    made.close_quarter("I01")
    return made


@pytest.fixture
def merge(register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Merge the first municipality of one employment area into one of the other, once `go` is called; gives the one merged."""
    areas = real_area_of(Level.EMPLOYMENT_AREA)
    gone = next(key for key in sorted(register.persons) if 0 < len(register.persons[key]) < LIMIT)
    into = next(key for key in sorted(register.persons) if areas[key] != areas[gone])
    register.session.commit()
    before = Attacker(register, NATIONAL, ("I01",), QUARTERS[:1])
    for module in (gate, kept, publish, attacking):
        monkeypatch.setattr(module, "area_of", partial(_merged, gone=gone, into=into))
    current_edition().kept.clear()
    register.before = before  # type: ignore[attr-defined]
    yield gone
    current_edition().kept.clear()


def _recovered(register: Register) -> list[tuple[object, tuple[float, float]]]:
    """Put the tables of before and after together."""
    after = Attacker(register, NATIONAL, ("I01",), QUARTERS[:1])
    before: Attacker = register.before  # type: ignore[attr-defined]
    names = {place: atom for atom, place in before.atoms.items()}
    for places, factors, least, most in before.rows:
        after.rows.append(([after.atom(*names[place]) for place in places], factors, least, most))
    small = [
        ("I01", QUARTERS[0], "n", one.organisation_id, one.dimension, one.value)
        for one in register.session.scalars(select(ReportFact).where(ReportFact.indicator == "I01", ReportFact.numerator < LIMIT))
        if "*" not in one.dimension
    ]
    bounds = after.bounds((atom,) for atom in small)
    return [(atom, found) for atom, found in zip(small, bounds, strict=True) if found[0] > 1 + 1e-6 or found[1] < LIMIT - 1e-6]


def test_a_small_cell_follows_from_the_tables_of_before_and_after_where_nothing_is_protected_anew(
    register: Register, merge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test of the test: neither is the period protected anew nor does the gate ask which areas it was closed in."""
    register.session.execute(update(ReportPeriod).values(areas=None))
    monkeypatch.setattr(composed, "area_of", attacking.area_of)
    assert [one for one in _recovered(register) if merge in str(one)]


def test_nothing_follows_once_the_night_has_protected_the_period_anew(register: Register, merge: str) -> None:
    facts = [(one.organisation_id, one.dimension, one.value, one.numerator) for one in register.session.scalars(select(ReportFact))]
    assert protect_anew(register.session, date.today()) == [QUARTERS[0]]
    assert protect_anew(register.session, date.today()) == []
    assert _recovered(register) == []
    assert facts == [(one.organisation_id, one.dimension, one.value, one.numerator) for one in register.session.scalars(select(ReportFact))]
    assert register.session.scalars(select(ReportHidden.level).where(ReportHidden.level.like("%@%"))).first() is not None


def test_until_then_nobody_else_is_told_of_the_period(register: Register, merge: str) -> None:
    question = Question("I01", Level.COUNTRY, QUARTERS[:1])
    assert figures(register.session, NATIONAL, question).figures == ()
    protect_anew(register.session, date.today())
    assert figures(register.session, NATIONAL, question).figures != ()

