"""Whom an entry concerns and when it is unread, by examples."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.news.rules import Entry, concerns, is_unread

TODAY = date(2026, 11, 26)
TEXTS = {"fi": ("Uutta", "Teksti"), "sv": ("Nytt", "Text")}


def entry(**values: object) -> Entry:
    return Entry(**{"told_on": date(2026, 11, 1), "texts": TEXTS, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("values, role, found", [
    ({}, "CASEWORKER", True),
    ({"roles": frozenset({"CASEWORKER"})}, "CASEWORKER", True),
    ({"roles": frozenset({"TEAM_LEAD"})}, "CASEWORKER", False),
    ({"told_on": TODAY}, "CASEWORKER", True),
    ({"told_on": date(2026, 11, 27)}, "CASEWORKER", False),
    ({"function": "plans"}, "CASEWORKER", True),
    ({"function": "reports"}, "CASEWORKER", False),
])  # fmt: skip
def test_whom_an_entry_concerns(values: dict[str, object], role: str, found: bool) -> None:
    assert concerns(entry(**values), role, TODAY, lambda key: key == "plans") is found


@pytest.mark.parametrize("values, seen_at, found", [
    ({"told_on": date(2026, 8, 29)}, None, True),
    ({"told_on": date(2026, 8, 28)}, None, False),
    ({}, datetime(2026, 10, 31, 12, tzinfo=UTC), True),
    ({}, datetime(2026, 11, 1, 12, tzinfo=UTC), False),
    ({"written_at": datetime(2026, 11, 1, 13, tzinfo=UTC)}, datetime(2026, 11, 1, 12, tzinfo=UTC), True),
    ({"written_at": datetime(2026, 11, 1, 12, tzinfo=UTC)}, datetime(2026, 11, 1, 12, tzinfo=UTC), False),
])  # fmt: skip
def test_an_entry_is_unread_when_it_came_after_the_last_look(values: dict[str, object], seen_at: datetime | None, found: bool) -> None:
    assert is_unread(entry(**values), seen_at, TODAY) is found
