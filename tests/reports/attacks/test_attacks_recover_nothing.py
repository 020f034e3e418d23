"""Whatever an audience puts together, no cell under the limit can be told from it: each could as well be one or at the limit."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.reports.areas import Level, area_of
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Figure, NotForViewerError, Question, Viewer, figures
from app.reports.models import ReportFact
from tests.reports.attacks.attacker import Atom, Attacker
from tests.reports.attacks.register import QUARTERS, YEAR, Register, municipalities

NATIONAL, EVERYBODY = Viewer(Audience.NATIONAL), Viewer(Audience.PUBLIC)
LIMIT, PUBLIC_LIMIT = 5, 10


@pytest.fixture(scope="module")
def register() -> Register:
    made = Register(3, municipalities(6))
    made.close_year()
    return made


def _truth(register: Register) -> dict[Atom, int]:
    fact, found = ReportFact, {}
    for row in register.session.scalars(select(fact)):
        key = (row.indicator, row.period_id, "n", row.organisation_id, row.dimension, row.value)
        found[key] = row.numerator
        found[(*key[:2], "d", *key[3:])] = row.denominator
    return found


def _small(register: Register, attacker: Attacker, limit: int) -> list[tuple[Atom, int]]:
    return [(atom, number) for atom, number in _truth(register).items() if atom in attacker.atoms and 0 < number < limit]


def _recovered(attacker: Attacker, small: list[tuple[Atom, int]], limit: int) -> list[Atom]:
    """Give those that cannot be one, or cannot be at the limit."""
    atoms = [atom for atom, _number in small]
    return [*attacker.unreached(dict.fromkeys(atoms, 1.0), is_most=False), *attacker.unreached(dict.fromkeys(atoms, float(limit)), is_most=True)]


def _certain(attacker: Attacker, small: list[tuple[Atom, int]]) -> list[tuple[Atom, int]]:
    """Give those that are known to less than one."""
    numbers = dict(small)
    doubtful = attacker.unreached({atom: number + 1.0 for atom, number in small}, is_most=True)
    bounds = zip(doubtful, attacker.bounds((atom,) for atom in doubtful), strict=True)
    return [(atom, numbers[atom]) for atom, (low, high) in bounds if high - low < 1 - 1e-6]


@pytest.mark.parametrize("indicators", [("I01",), ("I02",), ("I10",), ("I12",)])
def test_a_quarter_in_all_levels_and_breakdowns_leaves_every_small_cell_between_one_and_the_limit(
    register: Register, indicators: tuple[str, ...]
) -> None:
    attacker = Attacker(register, NATIONAL, indicators, QUARTERS[:1])
    small = _small(register, attacker, LIMIT)
    assert len(small) > 50
    assert _recovered(attacker, small, LIMIT) == []


@pytest.mark.parametrize("indicators", [("I10",), ("I01",)])
def test_a_year_with_its_quarters_leaves_every_small_cell_between_one_and_the_limit(
    register: Register, indicators: tuple[str, ...]
) -> None:
    attacker = Attacker(register, NATIONAL, indicators)
    small = [one for one in _small(register, attacker, LIMIT) if "*" not in one[0][4]]
    assert _recovered(attacker, small, LIMIT) == []


def test_a_share_with_a_known_whole_tells_no_small_number(register: Register) -> None:
    attacker = Attacker(register, NATIONAL, ("I01", "I08"), QUARTERS[:1])
    small = [one for one in _small(register, attacker, LIMIT) if one[0][0] == "I08"]
    assert small and _certain(attacker, small) == []


def test_everybody_gets_no_small_number_of_a_year(register: Register) -> None:
    attacker = Attacker(register, EVERYBODY, ("I02",), (YEAR,))
    assert attacker.step == 5
    assert _recovered(attacker, _small(register, attacker, PUBLIC_LIMIT), PUBLIC_LIMIT) == []


@pytest.mark.parametrize("indicators", [("I01",), ("I10",), ("I02", "I01")])
def test_a_municipality_that_knows_its_own_cells_learns_no_other_municipalitys_small_cell(
    register: Register, indicators: tuple[str, ...]
) -> None:
    truth = _truth(register)
    for key in sorted(register.persons)[::2]:
        attacker = Attacker(register, NATIONAL, indicators, QUARTERS[:1])
        attacker.know(key, truth)
        small = [one for one in _small(register, attacker, LIMIT) if one[0][3] != key and "*" not in one[0][4]]
        assert _certain(attacker, small) == []


def _all(
    register: Register, viewer: Viewer, indicator: str, by: tuple[str, ...], level: Level, periods: tuple[str, ...]
) -> tuple[Figure, ...]:
    return figures(register.session, viewer, Question(indicator, level, periods, None, by)).figures


@pytest.mark.parametrize(("viewer", "limit", "periods"), [(NATIONAL, LIMIT, (*QUARTERS, YEAR)), (EVERYBODY, PUBLIC_LIMIT, (YEAR,))])
def test_no_figure_of_any_table_is_under_the_limit(register: Register, viewer: Viewer, limit: int, periods: tuple[str, ...]) -> None:
    seen = [
        one
        for level in Level
        for by in ((), ("GENDER",), ("AGE_GROUP",), ("GENDER", "AGE_GROUP"))
        for one in _all(register, viewer, "I02", by, level, periods)
    ]
    assert any(one.is_hidden for one in seen) and any(one.numerator for one in seen)
    assert [one for one in seen if one.numerator and one.numerator < limit] == []
    assert [
        one for one in seen if one.is_hidden and (one.numerator, one.denominator, one.spread, one.median, one.mean) != (None,) * 5
    ] == []


def test_subtracting_the_told_municipalities_from_their_area_never_leaves_one(register: Register) -> None:
    areas, codes = area_of(Level.EMPLOYMENT_AREA), area_of(Level.MUNICIPALITY)
    for by in ((), ("GENDER",), ("MOTHER_TONGUE",)):
        told = {(one.area, one.values): one for one in _all(register, NATIONAL, "I01", by, Level.EMPLOYMENT_AREA, QUARTERS[:1])}
        hidden: dict[tuple[str, tuple[str, ...]], int] = {}
        for one in _all(register, NATIONAL, "I01", by, Level.MUNICIPALITY, QUARTERS[:1]):
            area = next(areas[key] for key, code in codes.items() if code == one.area and key in register.persons)
            hidden[(area, one.values)] = hidden.get((area, one.values), 0) + one.is_hidden
        assert [cell for cell, many in hidden.items() if many == 1 and not told[cell].is_hidden] == []


def test_hidden_areas_stand_in_the_order_of_their_codes_whatever_their_numbers(register: Register) -> None:
    for period in QUARTERS:
        areas = [one.area for one in _all(register, NATIONAL, "I01", (), Level.MUNICIPALITY, (period,))]
        assert areas == sorted(areas)


def test_an_open_period_and_one_that_never_was_look_alike_to_others(register: Register) -> None:
    found = [figures(register.session, NATIONAL, Question("I01", Level.COUNTRY, (period,))) for period in ("2027Q1", "1990Q1", "nonsense")]
    assert {(one.figures, one.cut_off, one.completeness) for one in found} == {((), None, None)}


@pytest.mark.parametrize("question", [
    Question("I99X", Level.COUNTRY, (YEAR,)), Question("I02", Level.COUNTRY, (YEAR,), by=("NO_SUCH",)), Question("I02", Level.COUNTRY, (YEAR,), by=("AGE_GROUP", "GENDER")),
    Question("I01", Level.COUNTRY, (YEAR,)), Question("I02", Level.COUNTRY, ("2026Q1",)), Question("I02", Level.COUNTRY, ("2026-03",)),
])  # fmt: skip
def test_everybody_is_refused_what_is_not_open_in_the_same_way_as_what_is_not_there(register: Register, question: Question) -> None:
    with pytest.raises(NotForViewerError):
        figures(register.session, EVERYBODY, question)


def test_nobody_else_sees_single_days_of_a_spread_nor_a_median_of_a_few(register: Register) -> None:
    found = [one for level in Level for one in _all(register, NATIONAL, "I12", (), level, QUARTERS)]
    assert {one.spread for one in found} == {None}
    assert [one for one in found if one.median is not None and (one.numerator or 0) < 10] == []
    assert [one for one in found if one.ninth is not None and (one.numerator or 0) < 50] == []
    assert any(one.median is not None for one in found)


def test_the_completeness_of_few_persons_is_not_told(register: Register) -> None:
    codes = area_of(Level.MUNICIPALITY)
    for key, persons in register.persons.items():
        table = figures(register.session, NATIONAL, Question("I01", Level.MUNICIPALITY, QUARTERS[:1], codes[key]))
        assert table.completeness is None or (len(persons) >= 12 and round(table.completeness * 20, 6) % 1 == 0)


def test_a_municipality_sees_its_own_small_numbers_and_those_of_others_as_all_do(register: Register) -> None:
    key = min(register.persons, key=lambda one: (len(register.persons[one]), one))
    own = Viewer(Audience.MUNICIPALITY, key, sees_protected=True)
    code = area_of(Level.MUNICIPALITY)[key]
    mine = {one.area: one for one in _all(register, own, "I01", (), Level.MUNICIPALITY, QUARTERS[:1])}
    others = {one.area: one for one in _all(register, NATIONAL, "I01", (), Level.MUNICIPALITY, QUARTERS[:1])}
    assert mine.pop(code).numerator and others.pop(code).is_hidden
    assert mine == others
