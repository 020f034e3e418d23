"""Whom an announcement concerns, when it stands on pages, and what fits together, by examples."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.notices.rules import INFORMATION, OUTAGE, WARNING, Announced, Reader, broken_rules, concerns, is_current, still_kept

DAY, NOON = date(2026, 11, 26), datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def announced(**values: object) -> Announced:
    return Announced(**{"id": "a", "kind": INFORMATION, "texts": {}, "shown_from": DAY, "shown_to": DAY, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("values, found", [
    ({}, True), ({"shown_to": date(2026, 11, 25), "shown_from": date(2026, 11, 20)}, False), ({"shown_from": date(2026, 11, 27), "shown_to": date(2026, 11, 28)}, False),
    ({"kind": OUTAGE, "outage_to": datetime(2026, 11, 26, 10, 1, tzinfo=UTC)}, True), ({"kind": OUTAGE, "outage_to": NOON}, False),
])  # fmt: skip
def test_an_announcement_stands_on_its_days_and_an_outage_until_it_is_over(values: dict[str, object], found: bool) -> None:
    assert is_current(announced(**values), DAY, NOON) is found


@pytest.mark.parametrize("values, reader, found", [
    ({}, Reader(), True), ({"role": "ANALYST"}, Reader(role="ANALYST"), True), ({"role": "ANALYST"}, Reader(role="CASEWORKER"), False), ({"role": "ANALYST"}, Reader(), False),
    ({"audience_id": "x"}, Reader(organisation_id="x"), True), ({"audience_id": "x"}, Reader(organisation_id="y"), False),
    ({"stage": "MOVED"}, Reader(stage="MOVED"), True), ({"stage": "MOVED"}, Reader(stage="IN_USE"), False),
    ({}, Reader(dismissed=frozenset({"a"})), False), ({"kind": WARNING}, Reader(dismissed=frozenset({"a"})), True),
])  # fmt: skip
def test_whom_an_announcement_concerns(values: dict[str, object], reader: Reader, found: bool) -> None:
    assert concerns(announced(**values), reader) is found


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize("kind, shown, outage, found", [
    (INFORMATION, (DAY, DAY), (None, None), []),
    (INFORMATION, (DAY, date(2026, 11, 25)), (None, None), [("shown_to", "ORDER")]),
    (OUTAGE, (DAY, DAY), (None, at(26, 12)), [("outage_from", "NO_OUTAGE")]),
    (OUTAGE, (DAY, DAY), (at(26, 12), None), [("outage_to", "NO_OUTAGE")]),
    (OUTAGE, (DAY, DAY), (at(26, 12), at(26, 12)), [("outage_to", "OUTAGE_ORDER")]),
    (OUTAGE, (DAY, date(2026, 12, 20)), (at(1, 12), at(9, 12)), [("outage_to", "TOO_LONG")]),
    (OUTAGE, (DAY, DAY), (at(25, 12), at(26, 12)), [("outage_from", "NOT_SHOWN")]),
    (OUTAGE, (DAY, DAY), (at(26, 12), at(27, 12)), [("outage_from", "NOT_SHOWN")]),
    (OUTAGE, (DAY, DAY), (at(26, 12), at(26, 14)), []),
])  # fmt: skip
def test_what_does_not_fit_together(kind: str, shown: tuple[date, date], outage: tuple[datetime | None, datetime | None], found: list[tuple[str, str]]) -> None:
    assert list(broken_rules(kind, shown, outage)) == found


def test_what_was_dismissed_is_kept_while_it_is_there() -> None:
    assert still_kept(frozenset({"gone", "a"}), "b", frozenset({"a", "b", "c"})) == "a b"
