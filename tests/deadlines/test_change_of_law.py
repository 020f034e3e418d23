"""A change of the law is a new row: each event keeps the row of its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.deadlines import numbers as law
from app.deadlines.compute import compute
from app.deadlines.facts import Facts, Settings
from tests.support.day_by_day import event


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[None]:
    """From 2027 on, invented, a referral has two months, and from 2028 on three."""
    now = (law.DATA / "rules.csv").read_text(encoding="utf-8")
    [row] = [line for line in now.splitlines() if line.startswith("R06,")]
    rows = [row.replace(",2025-01-01,,", ",2025-01-01,2026-12-31,"), row.replace("R06,1,", "R06,2,").replace(",2025-01-01,,", ",2027-01-01,2027-12-31,"),
            row.replace("R06,1,", "R06,3,").replace(",2025-01-01,,", ",2028-01-01,,")]  # fmt: skip
    (tmp_path / "rules.csv").write_text(now.replace(row, "\n".join(rows)), encoding="utf-8")
    with law.counted_by(law.read_rules(tmp_path / "rules.csv")):
        yield


@pytest.mark.parametrize(
    ("drawn_up", "due", "since"),
    [("2026-12-31", "2027-02-01", "1.1.2025"), ("2027-01-01", "2027-03-01", "1.1.2027"), ("2027-12-31", "2028-02-29", "1.1.2027"), ("2028-01-01", "2028-04-03", "1.1.2028")],
)  # fmt: skip
@pytest.mark.usefixtures("changed")
def test_an_event_keeps_the_row_of_its_day(drawn_up: str, due: str, since: str) -> None:
    [found] = [one for one in compute(Facts(), [event("PLAN_DRAWN_UP", drawn_up)], Settings(), date(2029, 1, 1)) if one.rule == "R06"]
    assert str(found.due_on) == due and f"voimassa {since} alkaen" in found.why["fi"]


@pytest.mark.usefixtures("changed")
def test_a_day_before_the_act_has_its_first_row() -> None:
    assert [law.number("R06", date(year, 6, 1)).amount for year in (2020, 2026, 2027, 2029)] == [1, 1, 2, 3]
    # A referral from before the act is not asked for (§ 102); the rule does not reach back.
    assert law.number_for_event("R06", date(2024, 12, 31)) is None


def test_a_rule_nobody_knows_is_named() -> None:
    with pytest.raises(LookupError, match="R99"):
        law.number("R99", date(2026, 1, 1))
