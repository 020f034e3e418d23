"""Independent calculation of assessments, from the words of their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.reports.periods import Period
from tests.reports.oracle.dimensions import day_in_finland, dims_of, first_permit, standing_assessments
from tests.reports.oracle.people import is_open, is_within, persons
from tests.reports.oracle.register import Oracle, Register, Row, Seen

Cases = Iterator[tuple[Row, Row]]
_LEVELS = {"A1": "A1", "A2": "A2", "B1": "B1"}


def _started(register: Register, period: Period, day: date) -> Cases:
    for client in persons(register):
        rows = [row for row in standing_assessments(register, client, day) if is_within(row["started_on"], period, day)]
        if rows:
            yield client, rows[-1]


def _completed(register: Register, period: Period, day: date) -> Cases:
    for client in persons(register):
        rows = [
            row
            for row in register.of("assessment", client["id"])
            if row["status"] == "COMPLETED" and is_within(row["completed_on"], period, day)
        ]
        if rows:
            yield client, sorted(rows, key=lambda row: (row["completed_on"], row["id"]))[-1]


def _starts(register: Register, period: Period, day: date) -> Iterable[Seen]:
    return [Seen(client["org_id"], dims_of(register, client, day)) for client, _row in _started(register, period, day)]


def _completions(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _completed(register, period, day):
        yield Seen(client["org_id"], {**dims_of(register, client, day), "ASSESSMENT_OUTCOME": row["outcome"]})


def _waiting(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _started(register, period, day):
        since = row["known_on"]
        if since is None:
            standing = standing_assessments(register, client, day)
            earlier = [one["started_on"] for one in standing[: standing.index(row)]]
            contacts = [
                one["handled_on"]
                for one in register.of("initial_contact", client["id"])
                if one["outcome"] == "ASSESSMENT" and one["handled_on"]
            ]
            before = [one for one in contacts if one <= row["started_on"] and all(one > start for start in earlier)]
            since = sorted(before)[-1] if before else None
        if since is not None:
            yield Seen(client["org_id"], dims_of(register, client, day), amount=row["started_on"].toordinal() - since.toordinal())


def _lengths(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _completed(register, period, day):
        if row["skipped_reason"] is None:
            length = row["completed_on"].toordinal() - row["started_on"].toordinal()
            yield Seen(client["org_id"], dims_of(register, client, day), amount=length)


def _early(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _started(register, period, day):
        permit = first_permit(register, client, day)
        is_early = permit is not None and (row["started_on"] - permit["granted_date"]).days <= 365
        yield Seen(client["org_id"], dims_of(register, client, day), int(is_early), 1)


def _with_county(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _completed(register, period, day):
        invitations = [
            one for one in register.of("participation", client["id"]) if one["matter"] == "ASSESSMENT" and one["assessment_id"] == row["id"]
        ]
        took_part = any(one["accepted_at"] is not None and day_in_finland(one["accepted_at"]) <= day for one in invitations)
        yield Seen(client["org_id"], dims_of(register, client, day), int(took_part), 1)


def _need(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _completed(register, period, day):
        yield Seen(client["org_id"], dims_of(register, client, day), 1 if row["outcome"] == "PLAN" else 0, 1)


def _profile(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, row in _completed(register, period, day):
        if row["skipped_reason"] is None:
            yield Seen(client["org_id"], {**dims_of(register, client, day), "FI_SV_LEVEL": _level(register, client, day)})


def _level(register: Register, client: Row, day: date) -> str:
    skills = [row for row in register.of("language_skill", client["id"]) if row["language"] in ("fi", "sv") and row["part"] == "OVERALL"]
    known = sorted(row["level"] for row in skills if row["level"] != "X" and (row["established_on"] or day) <= day)
    tested = [level for level in known if level != "ALLE_A1.1"]
    if not known:
        return "UNKNOWN"
    return _LEVELS.get(tested[-1].split(".")[0], "B2-") if tested else "BELOW"


def _near(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        if not is_open(register, client, day) or client["trafficking_victim"] or standing_assessments(register, client, day):
            continue
        permit = first_permit(register, client, day)
        if (
            permit is not None
            and _is_ground_known(register, client, day)
            and day <= _years_on(permit["granted_date"], 3) < _half_a_year_on(day)
        ):
            yield Seen(client["org_id"], dims_of(register, client, day))


def _is_ground_known(register: Register, client: Row, day: date) -> bool:
    handled = [
        row["handled_on"] for row in register.of("initial_contact", client["id"]) if row["outcome"] == "ASSESSMENT" and row["handled_on"]
    ]
    recorded = [row["known_on"] for row in register.of("assessment", client["id"]) if row["known_on"]]
    return client["status"] == "ASSESSMENT_DUE" or any(one <= day for one in (*handled, *recorded))


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def _half_a_year_on(day: date) -> date:
    """Go to the same number of the sixth month on, or to that month's last day."""
    first = date(day.year + (day.month + 5) // 12, (day.month + 5) % 12 + 1, 1)
    found = first + timedelta(days=day.day - 1)
    while found.month != first.month:
        found -= timedelta(days=1)
    return found


ORACLES: dict[str, Oracle] = {
    "I10": _starts, "I11": _completions, "I12": _waiting, "I13": _lengths, "I14": _early, "I15": _with_county, "I16": _need, "I17": _profile,
    "I18": _near,
}  # fmt: skip
