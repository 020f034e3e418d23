"""What each rule looks for in a reading, which days it goes through, and what an examiner may do when. Pure functions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.folding import folded

SAMPLES = ("SAMPLE_EVENTS", "SAMPLE_READERS")
# Kind → the numbers it works with; all of them are asked for and none beside them.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "OWN_RECORD": (), "SAME_SURNAME_OR_ADDRESS": (), "NO_TASK": ("days",), "PROTECTED": (), "NIGHT": ("from_hour", "to_hour"),
    "VOLUME": ("most_clients",), "ENDED_RIGHT": (), "OTHER_MUNICIPALITY": (), "SAMPLE_EVENTS": ("days", "sample_size"),
    "SAMPLE_READERS": ("days", "sample_size"),
}  # fmt: skip
LEAST_AND_MOST: Mapping[str, tuple[int, int]] = {
    "look_back_days": (1, 366), "days": (1, 92), "most_clients": (1, 10_000), "from_hour": (0, 23), "to_hour": (1, 24), "sample_size": (1, 100),
}  # fmt: skip
# What the log tells of its own keeping is no client's data.
_OF_THE_LOG = frozenset({"log", "finding", "log_rule"})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An event and one client it touched, None where it touched none or was a list; with what the rules ask of both."""

    event_id: str
    at: datetime
    name: str
    user_id: int
    role: str | None = None
    organisation_id: str | None = None
    client_id: str | None = None
    reader_given: str = ""
    reader_family: str = ""
    client_family: str | None = None
    client_given: str | None = None
    client_call: str | None = None
    is_protected: bool = False
    responsible_id: int | None = None
    controller_id: str | None = None
    is_shared: bool = False
    is_same_address: bool = False

    @property
    def is_opening(self) -> bool:
        """Tell whether the data of one client were looked at or changed, rather than seen in a list."""
        return self.client_id is not None and self.name.split(":")[0] not in _OF_THE_LOG


@dataclass(frozen=True, kw_only=True)
class Right:
    """A right as far as the log asks: when it could be acted by."""

    valid_from: date
    valid_to: date | None
    opened_at: datetime | None
    ended_at: datetime | None


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


# -- what a rule looks for -------------------------------------------------------------------------


def is_same_surname(reading: Reading) -> bool:
    """Tell whether reader and client have the same family name, whatever its marks and case."""
    return bool(reading.client_family) and folded(reading.client_family) == folded(reading.reader_family)


def is_own_record(reading: Reading) -> bool:
    """Tell whether the client bears the reader's name; an account holds neither a birth date nor an identity code to compare."""
    names = {*folded(reading.client_given).split(), folded(reading.client_call)}
    return is_same_surname(reading) and bool(reading.reader_given) and (
        folded(reading.reader_given) in names or folded(reading.reader_given) == folded(reading.client_given))  # fmt: skip


def is_kin(reading: Reading) -> bool:
    """Tell whether the client, not the reader's own record, has the reader's family name or the address of that record."""
    return not is_own_record(reading) and (is_same_surname(reading) or reading.is_same_address)


def is_without_task(reading: Reading, tasks: Sequence[datetime], days: int) -> bool:
    """Tell whether neither responsibility nor work on the client within `days` of the reading explains it; `tasks` are the reader's."""
    near = timedelta(days=days)
    return reading.responsible_id != reading.user_id and not any(abs(task - reading.at) <= near for task in tasks)


def is_at_night(at: datetime, zone: ZoneInfo, *, from_hour: int, to_hour: int) -> bool:
    """Tell whether a moment is outside the hours that begin at `from_hour` and end before `to_hour`."""
    return not from_hour <= at.astimezone(zone).hour < to_hour


def is_volume(readings: Iterable[Reading], most_clients: int) -> bool:
    """Tell whether one reader's readings of a day are of more different clients than the limit."""
    return len({reading.client_id for reading in readings}) > most_clients


def was_in_force(right: Right, at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a right could be acted by at a moment (§§ 80–81)."""
    day = day_of(at, zone)
    within = right.valid_from <= day and (right.valid_to is None or day <= right.valid_to)
    return within and right.opened_at is not None and right.opened_at <= at and (right.ended_at is None or at < right.ended_at)


def is_without_right(at: datetime, rights: Iterable[Right], zone: ZoneInfo) -> bool:
    """Tell whether none of a person's rights in the role and organisation they acted in was in force."""
    return not any(was_in_force(right, at, zone) for right in rights)


def is_of_others(reading: Reading, *, with_shared: bool) -> bool:
    """Tell whether the client's controller is another than the reader's organisation; a share in force explains it unless `with_shared`."""
    return reading.controller_id is not None and reading.controller_id != reading.organisation_id and (with_shared or not reading.is_shared)


# -- samples ---------------------------------------------------------------------------------------


def period_of(day: date, days: int) -> date:
    """Give the first day of the period of `days` that a day is in; periods of seven days begin on Mondays."""
    return date.fromordinal((day.toordinal() - 1) // days * days + 1)


def drawn(keys: Iterable[str], number: int, seed: str) -> list[str]:
    """Draw `number` of the keys: the same ones for the same seed, in whatever order the keys come."""
    return sorted(set(keys), key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())[:number]


def days_to_examine(kind: str, on: date, *, examined_to: date | None, look_back: int, days: int | None) -> tuple[date, date] | None:
    """Give the first and the last whole day that a run of the day `on` goes through, None when there is nothing new.

    What NO_TASK looks for can still come `days` later, so it waits for that. The last day gone through is gone
    through again, for events that were on their way; a sample takes whole periods.
    """
    if kind in SAMPLES and days:
        end = period_of(on, days) - timedelta(days=1)
        first = examined_to + timedelta(days=1) if examined_to else period_of(min(end, on - timedelta(days=look_back)), days)
        return (first, end) if first <= end else None
    last = on - timedelta(days=1 + (days or 0 if kind == "NO_TASK" else 0))
    if examined_to is not None and examined_to >= last:
        return None
    return examined_to or last - timedelta(days=look_back - 1), last


# -- the rule's own form ---------------------------------------------------------------------------


def broken_rule(kind: str, values: Mapping[str, int | None]) -> Iterator[tuple[str, str]]:
    """Give (field, reason) of each number that is missing or out of bounds."""
    for name in ("look_back_days", *NEEDS[kind]):
        value, (least, most) = values.get(name), LEAST_AND_MOST[name]
        if value is None:
            yield name, "MISSING"
        elif not least <= value <= most:
            yield name, "BOUNDS"
    first, last = values.get("from_hour"), values.get("to_hour")
    if kind == "NIGHT" and first is not None and last is not None and first >= last:
        yield "to_hour", "ORDER"


# -- the examination -------------------------------------------------------------------------------

OPEN = ("NEW", "EXAMINED", "ASKED", "EXPLAINED")


def may_take(state: str) -> bool:
    return state in OPEN


def may_ask(state: str) -> bool:
    return state in ("NEW", "EXAMINED")


def may_explain(state: str) -> bool:
    return state == "ASKED"


def may_decide(state: str) -> bool:
    return state in OPEN


def may_report(state: str, *, is_agency: bool, is_own: bool, concerns_another: bool) -> bool:
    """Tell whether the national agency may hand a finding over to the municipality concerned (§ 79.3)."""
    return is_agency and is_own and concerns_another and state in ("NEW", "EXAMINED")


def must_hear_first(outcome: str, state: str, *, due_on: date, today: date) -> bool:
    """Tell whether the reader must be heard before an outcome against them: they have explained, or their time to has passed."""
    return outcome != "UNFOUNDED" and state != "EXPLAINED" and not (state == "ASKED" and due_on < today)


def share_of_unfounded(unfounded: int, decided: int) -> int | None:
    """Give the share of decided findings that were unfounded, in whole per cent; None while nothing is decided."""
    return round(100 * unfounded / decided) if decided else None
