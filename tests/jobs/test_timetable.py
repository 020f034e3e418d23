"""The clock of the duties in Finland's time, and how long without a word a worker counts as late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.duties import DUTIES_OF_THE_CLOCK
from app.jobs.state import LATE, is_late
from app.jobs.timetable import HELSINKI, Daily, Every


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "moment", "due"),
    [
        (Every(1), "2026-11-26 10:28:59", "2026-11-26 10:28"),
        (Every(5), "2026-11-26 10:29:59", "2026-11-26 10:25"),
        (Every(5), "2026-11-26 10:30:00", "2026-11-26 10:30"),
        # Two hours behind Finland in winter, three in summer.
        (Daily(6, 30), "2026-11-26 04:30:00", "2026-11-26 04:30"),
        (Daily(6, 30), "2026-11-26 04:29:59", "2026-11-25 04:30"),
        (Daily(6, 30), "2026-07-01 03:30:00", "2026-07-01 03:30"),
        # The day of Finland begins before that of Greenwich ends.
        (Daily(0, 10), "2026-11-25 22:10:00", "2026-11-25 22:10"),
        # The nights of the changes, on 29 March and 25 October.
        (Daily(2, 30), "2026-03-29 00:30:00", "2026-03-29 00:30"),
        (Daily(6, 30), "2026-03-29 03:30:00", "2026-03-29 03:30"),
        (Daily(6, 30), "2026-10-25 04:29:59", "2026-10-24 03:30"),
        (Daily(6, 30), "2026-10-25 04:30:00", "2026-10-25 04:30"),
    ],
)
def test_the_latest_time_a_duty_was_due(when: Every | Daily, moment: str, due: str) -> None:
    assert when.latest(utc(moment)) == utc(due)


@pytest.mark.parametrize("duty", DUTIES_OF_THE_CLOCK, ids=lambda duty: duty.name)
def test_each_duty_is_due_once_a_day_or_in_each_of_its_minutes_all_year(duty: object) -> None:
    when = duty.when  # type: ignore[attr-defined]
    step = timedelta(hours=1) if isinstance(when, Daily) else timedelta(minutes=when.minutes)
    begins = utc("2026-03-01 00:00:00") if isinstance(when, Daily) else utc("2026-10-24 20:00:00")
    days = 365 if isinstance(when, Daily) else 1
    seen = {when.latest(begins + step * at) for at in range(int(timedelta(days=days) / step))}
    if isinstance(when, Every):
        assert len(seen) == timedelta(days=1) / step and 60 % when.minutes == 0
        return
    assert {(due.astimezone(HELSINKI).hour, due.astimezone(HELSINKI).minute) for due in seen} == {(when.hour, when.minute)}
    assert 365 <= len(seen) <= 366 and len({due.astimezone(HELSINKI).date() for due in seen}) == len(seen)
    # Some days lack this hour and one has it twice.
    assert when.hour != 3


def test_no_two_duties_of_the_night_begin_together() -> None:
    nightly = [(duty.when.hour, duty.when.minute) for duty in DUTIES_OF_THE_CLOCK if isinstance(duty.when, Daily)]
    assert len(nightly) > 4 and len(set(nightly)) == len(nightly)


def test_a_worker_is_late_after_three_minutes_of_silence() -> None:
    moment = utc("2026-11-26 10:00:00")
    assert is_late(None, moment) and is_late(moment - LATE - timedelta(seconds=1), moment) and not is_late(moment - LATE, moment)
