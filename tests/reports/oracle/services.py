"""Independent calculation of services and of children, person by person from the words of the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from app.codes.lists import values
from app.reports.periods import Period
from tests.reports.oracle.dimensions import dims_of, full_years
from tests.reports.oracle.people import is_open, persons
from tests.reports.oracle.plans import plan_on, plans_of
from tests.reports.oracle.register import Oracle, Register, Row, Seen

TRAINING = {"INT_TRAINING", "INT_TRAINING_LMT", "INT_TRAINING_SELF"}
SCALE = ["ALLE_A1.1", "A1.1", "A1.2", "A1.3", "A2.1", "A2.2", "B1.1", "B1.2", "B2.1", "B2.2", "C1.1", "C1.2", "C2.1", "C2.2"]
PARTS = ("LISTENING", "READING", "SPEAKING", "WRITING")
PERSON = ("", "RESPONSIBLE", "EDUCATION", "MOTHER_TONGUE")


def lived(register: Register, client: Row, day: date) -> list[Row]:
    """Give what became of each service the client had begun by the day, the first begun first, with the service's own columns."""
    plans = {row["id"]: row for row in register.of("integration_plan", client["id"])}
    services = {row["id"]: row for row in register.of("planned_service", client["id"]) if plans[row["plan_id"]]["status"] != "ANNULLED"}
    found = []
    for row in register.of("service_participation", client["id"]):
        service = services.get(row["planned_service_id"])
        if service is not None and row["started_on"] is not None and row["started_on"] <= day:
            end = row["ended_on"]
            if end is None and service["status"] in ("COMPLETED", "DISCONTINUED"):
                end = max(row["started_on"], service["ends_on"] or row["started_on"])
            found.append({**row, "kind": service["service_type"], "status": service["status"], "until": end})
    return sorted(found, key=lambda row: (row["started_on"], str(row["planned_service_id"])))


def in_period(register: Register, client: Row, period: Period, day: date) -> list[Row]:
    return [row for row in lived(register, client, day) if row["until"] is None or row["until"] >= period.starts_on]


def begun_in(register: Register, client: Row, first: date, last: date, day: date) -> list[Row]:
    return [row for row in lived(register, client, day) if first <= row["started_on"] <= last]


def ended_as(row: Row, status: str, first: date, last: date) -> bool:
    return row["status"] == status and row["until"] is not None and first <= row["until"] <= last


def held_a_plan(register: Register, client: Row, first: date, last: date) -> bool:
    """A plan was the client's on one of the days: asked of the first day and of each on which one began."""
    days = {
        first,
        *(day for plan in plans_of(register, client) for day in (plan["valid_from"], plan["agreed_on"]) if day and first <= day <= last),
    }
    return any(plan_on(register, client, day) is not None for day in days)


def _participants(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        found = in_period(register, client, period, day)
        if found:
            yield Seen(client["org_id"], dims_of(register, client, day), only=PERSON)
        for kind in {row["kind"] for row in found}:
            yield Seen(client["org_id"], {"SERVICE_TYPE": kind}, only=("SERVICE_TYPE",))


def _waiting(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        found = [
            row
            for row in begun_in(register, client, period.starts_on, day, day)
            if row["referred_on"] and row["referred_on"] <= row["started_on"]
        ]
        waits = [(row["kind"], row["started_on"].toordinal() - row["referred_on"].toordinal()) for row in found]
        for _kind, days in waits[:1]:
            yield Seen(client["org_id"], amount=days, only=("",))
        for kind in {kind for kind, _days in waits}:
            yield Seen(
                client["org_id"], {"SERVICE_TYPE": kind}, amount=next(days for one, days in waits if one == kind), only=("SERVICE_TYPE",)
            )


def _beginners(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        has_begun = any(row["kind"] in TRAINING for row in begun_in(register, client, period.starts_on, day, day))
        if has_begun or held_a_plan(register, client, period.starts_on, day):
            yield Seen(client["org_id"], dims_of(register, client, day), numerator=1 if has_begun else 0, denominator=1)


def _completions(register: Register, period: Period, day: date) -> Iterator[Seen]:
    year = period.starts_on.year - 1
    first, last = date(year, period.starts_on.month, 1), date(year, period.ends_on.month, 28)
    while (last + timedelta(days=1)).month == last.month:
        last += timedelta(days=1)
    for client in persons(register):
        cohort = [row for row in begun_in(register, client, first, last, day) if row["kind"] in TRAINING]
        if cohort:
            is_done = any(ended_as(row, "COMPLETED", first, day) for row in cohort)
            yield Seen(client["org_id"], dims_of(register, client, day), numerator=1 if is_done else 0, denominator=1)


def _last_test(register: Register, client: Row, period: Period, day: date) -> Row | None:
    found = [row for row in register.of("language_test_result", client["id"])
             if row["test"] == "FINAL_TEST" and period.starts_on <= row["tested_on"] <= day]  # fmt: skip
    return max(found, key=lambda row: (row["tested_on"], str(row["id"])), default=None)


def _results(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        test = _last_test(register, client, period, day)
        if test is None:
            continue
        levels = {part: test[part.lower()] for part in PARTS}
        reached = {part: level[0] in "BC" for part, level in levels.items() if level != "X"}
        values_of = {**dims_of(register, client, day), "TEST_LANGUAGE": test["language"]}
        is_reached = sum(reached.values()) == 4
        yield Seen(client["org_id"], values_of, numerator=1 if is_reached else 0, denominator=1, only=(*PERSON, "TEST_LANGUAGE"))
        for part, has_reached in reached.items():
            yield Seen(client["org_id"], {"TEST_PART": part}, numerator=1 if has_reached else 0, denominator=1, only=("TEST_PART",))


def _progress(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        test = _last_test(register, client, period, day)
        if test is None:
            continue
        trainings = [row for row in lived(register, client, test["tested_on"]) if row["kind"] in TRAINING]
        start = trainings[-1]["starting_level"] if trainings else None
        if start not in SCALE:
            tested = [row for row in register.of("language_skill", client["id"])
                      if row["basis"] == "START_TEST" and row["part"] == "OVERALL" and row["language"] == test["language"]
                      and row["established_on"] and row["established_on"] <= test["tested_on"] and row["level"] in SCALE]  # fmt: skip
            start = max(tested, key=lambda row: (row["established_on"], str(row["id"])))["level"] if tested else None
        ends = [SCALE.index(test[part.lower()]) for part in PARTS if test[part.lower()] in SCALE]
        if start in SCALE and ends:
            kind = trainings[-1]["kind"] if trainings else "UNKNOWN"
            yield Seen(
                client["org_id"],
                {**dims_of(register, client, day), "SERVICE_TYPE": kind},
                amount=sum(ends) // len(ends) - SCALE.index(start),
            )


def _orientations(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        if plan_on(register, client, day) is None:
            continue
        taken = [row for row in lived(register, client, day) if row["kind"] == "ORIENTATION"]
        done = [row for row in taken if ended_as(row, "COMPLETED", date.min, day) and _hours(register, row, day) >= 70]
        language = (done or taken)[0 if done else -1]["language"] if taken else "NONE"
        values_of = {**dims_of(register, client, day), "ORIENTATION_LANGUAGE": language or "UNKNOWN"}
        yield Seen(client["org_id"], values_of, numerator=1 if done else 0, denominator=1)


def _hours(register: Register, taken: Row, day: date) -> Decimal:
    rows = register.of("service_hours", taken["client_id"])
    return sum(
        (row["hours_attended"] for row in rows if row["planned_service_id"] == taken["planned_service_id"] and row["to_on"] <= day),
        Decimal(0),
    )


def _discontinued(register: Register, period: Period, day: date) -> Iterator[Seen]:
    whole: dict[str, int] = {}
    for client in persons(register):
        found, home = in_period(register, client, period, day), client["org_id"]
        ended = [row for row in found if ended_as(row, "DISCONTINUED", period.starts_on, day)]
        if found:
            whole[home] = whole.get(home, 0) + 1
            yield Seen(home, numerator=1 if ended else 0, denominator=1, only=("",))
        for kind in {row["kind"] for row in found}:
            is_ended = any(row["kind"] == kind for row in ended)
            yield Seen(home, {"SERVICE_TYPE": kind}, numerator=1 if is_ended else 0, denominator=1, only=("SERVICE_TYPE",))
        for reason in {row["end_reason"] for row in ended} - {None}:
            yield Seen(home, {"DISCONTINUE_REASON": reason}, only=("DISCONTINUE_REASON",))
    for home, count in whole.items():
        for value in values("HINDRANCE"):
            yield Seen(home, {"DISCONTINUE_REASON": value.code}, numerator=0, denominator=count, only=("DISCONTINUE_REASON",))


def _swedish(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        if plan_on(register, client, day) is not None:
            yield Seen(client["org_id"], numerator=1 if client["service_language"] == "sv" else 0, denominator=1)


def _missed(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        for row in register.of("appointment", client["id"]):
            if period.starts_on <= row["held_on"] <= day and row["status"] != "BOOKED":
                is_missed = row["status"] in ("NO_SHOW", "FEE_PROPOSED", "FEE_WAIVED")
                euros = int(row["fee_amount"] + Decimal("0.5")) if row["status"] == "FEE_PROPOSED" else None
                yield Seen(
                    client["org_id"], {"APPOINTMENT_PURPOSE": row["purpose"]}, numerator=1 if is_missed else 0, denominator=1, amount=euros
                )


def young(register: Register, day: date) -> Iterator[tuple[Row, int]]:
    """Give who came without a guardian and is under 23, with the age."""
    for client in persons(register):
        stood = [row for row in register.of("assessment", client["id"]) if row["status"] != "CANCELLED"]
        further = [row for row in register.of("assessment_ground", client["id"]) if row["assessment_id"] in {one["id"] for one in stood}]
        is_alone = register.of("representative", client["id"]) or any(row["ground"] == "A6" for row in (*stood, *further))
        if is_alone and is_open(register, client, day) and full_years(client["birth_date"], day) < 23:
            yield client, full_years(client["birth_date"], day)


def _without_guardian(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    ages = [
        "0-6",
        "0-6",
        "0-6",
        "0-6",
        "0-6",
        "0-6",
        "0-6",
        "7-12",
        "7-12",
        "7-12",
        "7-12",
        "7-12",
        "7-12",
        "13-15",
        "13-15",
        "13-15",
        "16-17",
        "16-17",
        "18-20",
        "18-20",
        "18-20",
        "21-22",
        "21-22",
    ]
    return [Seen(client["org_id"], {"YOUTH_AGE": ages[years]}) for client, years in young(register, day)]


def _appointing(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        decided = [row for row in register.of("representative", client["id"])
                   if row["decided_on"] and period.starts_on <= row["decided_on"] <= day and row["known_on"] and row["known_on"] <= row["decided_on"]]  # fmt: skip
        if decided:
            first = min(decided, key=lambda row: (row["decided_on"], row["known_on"]))
            yield Seen(client["org_id"], amount=first["decided_on"].toordinal() - first["known_on"].toordinal())


def _turning(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    for client, _years in young(register, day):
        # On the same-numbered day a year or half a year ahead, or on the last one of that month, the person is 23.
        ahead = [months for months in (6, 12) if full_years(client["birth_date"], _ahead(day, months)) >= 23]
        if ahead:
            yield Seen(client["org_id"], {"MONTHS_AHEAD": str(ahead[0])})


def _ahead(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month, number = day.year + month // 12, month % 12 + 1, day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


ORACLES: dict[str, Oracle] = {
    "I40": _participants, "I41": _waiting, "I42": _beginners, "I43": _completions, "I44": _results, "I45": _progress, "I46": _orientations,
    "I47": _discontinued, "I49": _swedish, "I50": _missed, "I80": _without_guardian, "I81": _appointing, "I82": _turning,
}  # fmt: skip
