"""Numbers that change from a day on: the law's amounts, local numbers, and a file of rules that lacks one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.deadlines import amounts as law
from app.deadlines import numbers
from app.deadlines.compute import compute
from app.deadlines.counting import count
from app.deadlines.facts import Event, Facts, Settings
from tests.support.day_by_day import event

HEAD = "name,amount,unit,section,valid_from,valid_to"
ROWS = ("FEE,56.70,EUR,681/2023 § 32 a,2025-01-01,2026-12-31", "FEE,60.00,EUR,681/2023 § 32 a,2027-01-01,", "FEE,50.00,EUR,681/2023 § 32 a,2023-01-01,2024-06-30")


@pytest.fixture
def amounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Invented amounts, not in the order of their days, with a gap."""
    (tmp_path / "amounts.csv").write_text("\n".join((HEAD, *ROWS, "")), encoding="utf-8")
    monkeypatch.setattr(law, "DATA", tmp_path)
    law.amounts.cache_clear()
    yield
    law.amounts.cache_clear()


@pytest.mark.usefixtures("amounts")
@pytest.mark.parametrize(
    ("on", "expected"),
    [("2022-12-31", "50.00"), ("2023-01-01", "50.00"), ("2024-06-30", "50.00"), ("2024-07-01", "50.00"), ("2024-12-31", "50.00"), ("2025-01-01", "56.70"),
     ("2026-12-31", "56.70"), ("2027-01-01", "60.00"), ("2040-01-01", "60.00")],
)  # fmt: skip
def test_an_amount_is_that_of_its_day(on: str, expected: str) -> None:
    assert law.amount("FEE", date.fromisoformat(on)) == Decimal(expected)


@pytest.mark.usefixtures("amounts")
def test_a_row_is_read_whole_and_an_unknown_name_is_told() -> None:
    assert law.amounts()[0] == law.Amount("FEE", Decimal("56.70"), "EUR", "681/2023 § 32 a", date(2025, 1, 1), date(2026, 12, 31))
    with pytest.raises(LookupError, match="NO_SUCH"):
        law.amount("NO_SUCH", date(2026, 1, 1))


LOCAL = Settings(amounts={"R02_days": 20, "R04_days": 5}, dated={"R02_days": ((date(2026, 1, 1), 10), (date(2026, 6, 1), 7))})


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [("R02_days", "2025-12-31", 20), ("R02_days", "2026-01-01", 10), ("R02_days", "2026-05-31", 10), ("R02_days", "2026-06-01", 7), ("R02_days", "2026-06-02", 7),
     ("R04_days", "2026-06-02", 5), ("R01_working_days", "2026-06-02", 3)],
)  # fmt: skip
def test_a_local_number_holds_from_its_day(name: str, on: str, expected: int) -> None:
    assert LOCAL.amount_for(name, date.fromisoformat(on), 3) == expected


@pytest.mark.parametrize(("start", "end"), [("2025-12-31", "2026-01-20"), ("2026-01-01", "2026-01-11"), ("2026-06-01", "2026-06-08")])
def test_the_days_are_counted_with_the_local_number_of_the_event(start: str, end: str) -> None:
    day = date.fromisoformat(start)
    assert str(count(day, numbers.number("R02", day), LOCAL).end) == end


def test_a_file_that_lacks_rules_names_them(tmp_path: Path) -> None:
    lines = (numbers.DATA / "rules.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "rules.csv").write_text("\n".join(line for line in lines if not line.startswith(("R06,", "R07,"))), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^no row for R06, R07$"):
        numbers.read_rules(tmp_path / "rules.csv")


def rules_of(*events: Event, facts: Facts = Facts(), as_of: date = date(2026, 6, 1)) -> set[str]:
    return {one.rule for one in compute(facts, events, Settings(), as_of)}


@pytest.mark.parametrize(("drawn_up", "is_new"), [("2024-12-31", False), ("2025-01-01", True), ("2025-01-02", True)], ids=["§ 102.2 eve", "§ 102.2 first day", "§ 102.2 after"])
def test_a_plan_of_the_first_day_is_under_the_act(drawn_up: str, is_new: bool) -> None:
    assert ("R08" in rules_of(event("PLAN_DRAWN_UP", drawn_up))) is is_new


@pytest.mark.parametrize(("as_of", "rule"), [("2025-02-02", "R30"), ("2025-02-03", "R09"), ("2025-02-04", "R09")], ids=["§ 102.2 eve", "§ 102.2 on the day", "§ 102.2 after"])
def test_a_review_brings_an_older_plan_under_the_act_from_its_day(as_of: str, rule: str) -> None:
    found = rules_of(event("PLAN_DRAWN_UP", "2024-06-03"), event("PLAN_REVIEWED", "2025-02-03"), as_of=date.fromisoformat(as_of))
    assert found & {"R09", "R30"} == {rule}


def test_nobody_is_reimbursed_for_whom_there_is_no_ground() -> None:
    started = event("FIRST_MUNICIPALITY_OF_RESIDENCE_REGISTERED", "2025-03-03")
    assert "R21" in rules_of(started, facts=Facts(reimbursement_group="G1")) and "R21" not in rules_of(started)
