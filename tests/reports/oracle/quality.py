"""Independent calculation of completeness, person by person, from the words of the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.reports.periods import Period
from tests.reports.oracle.dimensions import dims_of, standing_assessments
from tests.reports.oracle.people import is_open, persons
from tests.reports.oracle.plans import plan_on
from tests.reports.oracle.register import Oracle, Register, Row, Seen


def _valid_plans(register: Register, client: Row, day: date) -> list[Row]:
    found = plan_on(register, client, day)
    return [found] if found else []


def _fields(register: Register, client: Row, day: date) -> dict[str, bool]:
    key = client["id"]
    plans = _valid_plans(register, client, day)
    told = {
        "FIRST_PERMIT": any(row["kind"] != "OTHER" and row["granted_date"] <= day for row in register.of("residence_basis", key)),
        "IDENTITY": bool(client["identity_code"] or client["no_identity_code_reason"]),
        "CITIZENSHIP": bool(client["citizenship"]),
        "MOTHER_TONGUE": bool(client["mother_tongue"]),
        "EDUCATION": any(row["level"] != "9" for row in register.of("education_record", key)),
    }
    return {**told, "PLAN_DATES": any(row["agreed_on"] for row in plans)} if plans else told


def _data(register: Register, client: Row, day: date) -> dict[str, bool]:
    key = client["id"]
    plans = {row["id"] for row in _valid_plans(register, client, day)}
    told = {
        "K73-1": bool(client["identity_code"] or client["no_identity_code_reason"]),
        "K73-2": client["non_disclosure"] or any(client[name] for name in ("phone", "email", "street_address")),
        "K73-3": any(row["granted_date"] <= day for row in register.of("residence_basis", key)),
        "K73-4": not client["interpreter_needed"] or client["interpreter_language"] is not None,
        "K73-5": any(register.of(table, key) for table in ("education_record", "work_record", "language_skill")),
    }
    if plans:
        told["K73-6"] = any(row["plan_id"] in plans for row in register.of("goal", key))
        told["K73-7"] = any(row["plan_id"] in plans for row in register.of("planned_service", key))
    return told


def _is_under(register: Register, client: Row, day: date) -> bool:
    is_reviewed = any(row["reviewed_on"] <= day for row in register.of("plan_review", client["id"]))
    return bool(is_reviewed or _valid_plans(register, client, day) or standing_assessments(register, client, day))


def _seen(register: Register, client: Row, day: date, dimension: str, told: dict[str, bool]) -> Iterator[Seen]:
    dims = dims_of(register, client, day)
    yield Seen(client["org_id"], dims, int(all(told.values())), 1, only=("", "RESPONSIBLE"))
    for name, is_there in told.items():
        yield Seen(client["org_id"], {dimension: name}, int(bool(is_there)), 1, only=(dimension,))


def _completeness(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        if is_open(register, client, day):
            yield from _seen(register, client, day, "FIELD", _fields(register, client, day))


def _duty(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        if is_open(register, client, day) and _is_under(register, client, day):
            yield from _seen(register, client, day, "DATA73", _data(register, client, day))


ORACLES: dict[str, Oracle] = {"I92": _completeness, "I93": _duty}
