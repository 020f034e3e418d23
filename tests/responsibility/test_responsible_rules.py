"""Who is responsible follows from job search (681/2023 § 3) and from the municipality's decision (§ 8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.deadlines.facts import Event, Period
from app.responsibility.rules import SEARCHING, Responsible, broken_status_rules, job_search_events, responsible_periods

_DAY = timedelta(days=1)
SINCE, A, B, C = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 31), date(2026, 6, 1)
FROM_B = B + _DAY


@pytest.mark.parametrize(
    ("searches", "delegated", "expected"),
    [
        ([], None, [("MUNI", SINCE, None, "BEGINNING")]),
        ([Period(A, B)], None, [("MUNI", SINCE, A - _DAY, "BEGINNING"), ("EMPA_JOBSEEKER", A, B, "JOB_SEARCH_STARTED"), ("MUNI", FROM_B, None, "JOB_SEARCH_ENDED")]),
        ([Period(SINCE)], None, [("EMPA_JOBSEEKER", SINCE, None, "JOB_SEARCH_STARTED")]),
        ([Period(A, B), Period(FROM_B)], None, [("MUNI", SINCE, A - _DAY, "BEGINNING"), ("EMPA_JOBSEEKER", A, None, "JOB_SEARCH_STARTED")]),
        ([Period(FROM_B), Period(A, C)], None, [("MUNI", SINCE, A - _DAY, "BEGINNING"), ("EMPA_JOBSEEKER", A, None, "JOB_SEARCH_STARTED")]),
        ([Period(A), Period(B, C)], None, [("MUNI", SINCE, A - _DAY, "BEGINNING"), ("EMPA_JOBSEEKER", A, None, "JOB_SEARCH_STARTED")]),
        ([Period(A, A), Period(C)], None, [("MUNI", SINCE, A - _DAY, "BEGINNING"), ("EMPA_JOBSEEKER", A, A, "JOB_SEARCH_STARTED"),
                                           ("MUNI", A + _DAY, C - _DAY, "JOB_SEARCH_ENDED"), ("EMPA_JOBSEEKER", C, None, "JOB_SEARCH_STARTED")]),
        ([Period(SINCE, C)], Period(B), [("EMPA_JOBSEEKER", SINCE, C, "JOB_SEARCH_STARTED"), ("EMPA_DELEGATED", C + _DAY, None, "JOB_SEARCH_ENDED")]),
        ([], Period(SINCE), [("EMPA_DELEGATED", SINCE, None, "DELEGATED")]),
        ([], Period(A, B), [("MUNI", SINCE, A - _DAY, "BEGINNING"), ("EMPA_DELEGATED", A, B, "DELEGATED"), ("MUNI", FROM_B, None, "DELEGATION_ENDED")]),
        ([Period(A, B)], Period(SINCE), [("EMPA_DELEGATED", SINCE, A - _DAY, "DELEGATED"), ("EMPA_JOBSEEKER", A, B, "JOB_SEARCH_STARTED"),
                                          ("EMPA_DELEGATED", FROM_B, None, "JOB_SEARCH_ENDED")]),
    ],
)  # fmt: skip
def test_responsibility_follows(searches: list[Period], delegated: Period | None, expected: list[tuple[str, date, date | None, str]]) -> None:
    assert responsible_periods(SINCE, searches, delegated) == [Responsible(*row) for row in expected]


def test_a_search_ends_on_the_first_day_without_it_and_goes_on_when_another_follows() -> None:
    assert job_search_events([Period(A, B), Period(FROM_B, C)]) == [Event(type="JOB_SEARCH_STARTED", on=A), Event(type="JOB_SEARCH_ENDED", on=C + _DAY)]


def test_whoever_is_registered_as_a_jobseeker_searches() -> None:
    assert {"UNEMPLOYED_JS", "JOBSEEKER"} == SEARCHING


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        (A, A, []), (A, A - _DAY, [("ends_on", "END")]), (FROM_B, None, []), (B, None, [("starts_on", "OVERLAP")]), (SINCE, A, []), (SINCE, A + _DAY, [("starts_on", "OVERLAP")]),
        (SINCE, None, [("starts_on", "OVERLAP")]), (C, None, []), (C + _DAY, None, [("starts_on", "FUTURE")]),
    ],
)  # fmt: skip
def test_a_status_holds_alone(start: date, end: date | None, broken: list[tuple[str, str]]) -> None:
    assert broken_status_rules(starts_on=start, ends_on=end, others=[Period(A + _DAY, B)], today=C) == broken


def test_a_status_that_goes_on_leaves_no_room_after_it() -> None:
    assert [broken_status_rules(starts_on=day, ends_on=day, others=[Period(B)], today=C) for day in (A, B, C)] == [[], [("starts_on", "OVERLAP")], [("starts_on", "OVERLAP")]]
