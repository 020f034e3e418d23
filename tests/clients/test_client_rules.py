"""A client's own facts: an identity or the reason for none, and full years of age."""

from __future__ import annotations

from datetime import date

import pytest

from app.clients.rules import age_on, broken_client_rules, broken_education_rules, has_identity


@pytest.mark.parametrize(
    ("code", "reason", "is_good"),
    [("010190-999X", None, True), (None, "NOT_REGISTERED", True), (None, None, False), ("", "", False), ("010190-999X", "NOT_REGISTERED", False)],
)
def test_an_identity_code_or_the_reason_for_none(code: str | None, reason: str | None, is_good: bool) -> None:
    assert has_identity(code, reason) is is_good


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2003-03-15", "2028-03-14", 24), ("2003-03-15", "2028-03-15", 25), ("2003-03-15", "2028-03-16", 25), ("2003-03-15", "2028-02-28", 24),
        ("2003-03-15", "2028-04-01", 25), ("2004-02-29", "2027-02-27", 22), ("2004-02-29", "2027-02-28", 23), ("2004-02-29", "2028-02-29", 24),
        ("2026-01-15", "2026-01-15", 0), ("2025-12-31", "2026-01-01", 0),
    ],
)  # fmt: skip
def test_full_years(born: str, on: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == age


TODAY = date(2026, 11, 26)
GOOD = {"identity_code": None, "no_identity_code_reason": "PENDING", "birth_date": TODAY, "interpreter_needed": True, "interpreter_language": "uk", "today": TODAY}


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"interpreter_needed": False, "interpreter_language": None}, []), ({"no_identity_code_reason": None}, [("no_identity_code_reason", "IDENTITY")]),
        ({"identity_code": "010190-999X"}, [("no_identity_code_reason", "IDENTITY")]), ({"birth_date": date(2026, 11, 27)}, [("birth_date", "BORN")]),
        ({"interpreter_language": None}, [("interpreter_language", "INTERPRETING")]),
    ],
)  # fmt: skip
def test_a_clients_own_data(change: dict[str, object], broken: list[tuple[str, str]]) -> None:
    assert broken_client_rules(**{**GOOD, **change}) == broken  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("year", "years", "broken"),
    [
        (None, None, []), (1930, 0, []), (2026, 30, []), (1929, None, [("end_year", "YEAR")]), (2027, None, [("end_year", "YEAR")]),
        (None, -1, [("years_of_schooling", "YEARS")]), (None, 31, [("years_of_schooling", "YEARS")]),
    ],
)  # fmt: skip
def test_the_years_of_an_education(year: int | None, years: int | None, broken: list[tuple[str, str]]) -> None:
    assert broken_education_rules(end_year=year, years_of_schooling=years, today=TODAY) == broken
