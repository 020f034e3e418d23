"""The attacker of these tests does recover small cells where only they themselves are hidden: a test of the tests."""

from __future__ import annotations

from sqlalchemy import select

from app.reports.areas import Level, area_of
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Viewer
from app.reports.models import ReportFact, ReportHidden
from tests.reports.attacks.attacker import Attacker
from tests.reports.attacks.register import QUARTERS, Register, municipalities


def test_small_cells_follow_from_sums_where_no_other_cell_is_hidden_with_them() -> None:
    register = Register(3, municipalities(3))
    register.close_year()
    codes = area_of(Level.MUNICIPALITY)
    facts = register.session.scalars(select(ReportFact).where(ReportFact.indicator == "I01", ReportFact.period_id == QUARTERS[0])).all()
    small = {(codes[one.organisation_id], one.dimension, one.value) for one in facts if one.numerator < 5}
    for row in register.session.scalars(
        select(ReportHidden).where(ReportHidden.indicator == "I01", ReportHidden.level == Level.MUNICIPALITY)
    ):
        if (row.area, row.dimension, row.value) not in small:
            register.session.delete(row)
    register.session.flush()
    attacker = Attacker(register, Viewer(Audience.NATIONAL), ("I01",), QUARTERS[:1])
    atoms = [("I01", QUARTERS[0], "n", one.organisation_id, one.dimension, one.value) for one in facts if one.numerator < 5]
    known = [one for one in atoms if one in attacker.atoms]
    bounds = dict(zip(known, attacker.bounds((one,) for one in known), strict=True))
    assert sum(high - low < 1e-6 for low, high in bounds.values()) > 10
    # Looking at many together finds the very same as each by itself.
    for number, is_most in ((1.0, False), (5.0, True)):
        alone = {one for one, (low, high) in bounds.items() if (high < number - 1e-6 if is_most else low > number + 1e-6)}
        assert alone and set(attacker.unreached(dict.fromkeys(known, number), is_most=is_most)) == alone
