"""Independent calculation of the work, of rights, findings, disclosures and adoption, from the words of the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.deadlines.counting import due_after
from app.reports.periods import Period
from tests.reports.oracle.dimensions import day_in_finland, dims_of
from tests.reports.oracle.people import is_open, persons
from tests.reports.oracle.register import Oracle, Register, Row, Seen


def _open(register: Register, day: date) -> list[Row]:
    return [client for client in persons(register) if is_open(register, client, day)]


def _queue(register: Register, day: date) -> list[Row]:
    return [row for row in register.rows("client_obligation") if row["in_queue"] and not (row["warn_on"] and row["warn_on"] > day)]


def _load(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    clients = [(row["org_id"], row["responsible_worker_id"]) for row in _open(register, day)]
    queue = [
        ((row["org_id"], row["worker_id"]), row["due_on"]) for row in _queue(register, day) if row["due_on"] - day <= timedelta(days=30)
    ]
    for worker in {key for key in (*clients, *(key for key, _due in queue)) if key[1] is not None}:
        days = [due for key, due in queue if key == worker]
        yield Seen(worker[0], amount=clients.count(worker), only=("",))
        late = sum(due < day for due in days)
        yield Seen(worker[0], {"WORK_LOAD": "LATE"}, amount=late, only=("WORK_LOAD",))
        yield Seen(worker[0], {"WORK_LOAD": "DUE"}, amount=len(days) - late, only=("WORK_LOAD",))


def _tasks(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    known = {client["id"]: client for client in persons(register)}
    for row in _queue(register, day):
        left = row["due_on"].toordinal() - day.toordinal()
        if left <= 90 and row["client_id"] in known:
            due = "LATE" if left < 0 else "7" if left <= 7 else "30" if left <= 30 else "90"
            client = known[row["client_id"]]
            yield Seen(row["org_id"], {**dims_of(register, client, day), "RULE": row["rule"].split(":")[0], "DUE_IN": due})


def _to_be_deleted(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for client in persons(register):
        if client["relationship_ended"] and client["relationship_ended"] <= day:
            left = (due_after(client["relationship_ended"], "R25") - day).days
            yield Seen(client["org_id"], {"RETENTION": client["hold_reason"] or ("DUE" if left <= 0 else "YEAR" if left <= 365 else "LATER")})
    for row in register.rows("client_deletion"):
        if period.starts_on <= row["deleted_on"] <= day:
            for _client in range(row["clients"]):
                yield Seen(row["org_id"], {"RETENTION": "DELETED"})


def _in_force(register: Register, day: date) -> list[tuple[str, str, Row]]:
    """Give the rights in force with who granted them and the kind of the holder's organisation."""
    kinds = {row["id"]: row["kind"] for row in register.rows("organisation")}
    found = []
    for row in register.rows("access_grant"):
        is_opened = row["opened_at"] is not None and day_in_finland(row["opened_at"]) <= day
        is_ended = row["ended_at"] is not None and day_in_finland(row["ended_at"]) <= day
        if is_opened and not is_ended and row["valid_from"] <= day <= (row["valid_to"] or date.max):
            found.append((row["grantor_id"] or row["organisation_id"], kinds[row["organisation_id"]], row))
    return [one for one in found if kinds[one[0]] == "MUNICIPALITY"]


def _rights(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    for home, kind, row in _in_force(register, day):
        yield Seen(
            home, {"GRANT_BASIS": row["basis"], "RIGHT_HOLDER": kind, "ROLE": row["role"]}, only=("", "GRANT_BASIS", "RIGHT_HOLDER", "ROLE")
        )
        is_unused = day.toordinal() - (row["last_used_on"] or row["valid_from"]).toordinal() > 90
        yield Seen(home, {"RIGHT_STATE": "UNUSED" if is_unused else "IN_USE"}, only=("RIGHT_STATE",))
        if row["valid_to"] and row["valid_to"].toordinal() - day.toordinal() <= 28:
            yield Seen(home, {"RIGHT_STATE": "EXPIRES"}, only=("RIGHT_STATE",))


def _findings(register: Register, period: Period, day: date) -> Iterator[Seen]:
    for row in register.rows("log_finding"):
        if period.starts_on <= row["found_on"] <= day:
            decided = day_in_finland(row["decided_at"]) if row["decided_at"] else date.max
            values_of = {
                "LOG_RULE": row["kind"],
                "FINDING_STAGE": "DECIDED" if decided <= day else "OPEN",
                "FINDING_REPORTED": "YES" if row["reported_by_id"] else "NO",
            }
            yield Seen(row["concerns_id"], values_of, amount=(min(decided, day) - row["found_on"]).days)


def _disclosures(register: Register, period: Period, day: date) -> Iterator[Seen]:
    kinds = {row["id"]: row["kind"] for row in register.rows("organisation")}
    homes = {row["id"]: row["org_id"] for row in register.rows("client")}

    def seen(home: str, receiver: str, ground: str) -> Seen:
        return Seen(home, {"RECEIVER": receiver, "DISCLOSURE_GROUND": ground})

    def counts(when: date | None) -> bool:
        return when is not None and period.starts_on <= when <= day

    for row in register.rows("participation"):
        if row["accepted_at"] and counts(day_in_finland(row["accepted_at"])):
            yield seen(row["org_id"], "WELLBEING_COUNTY", "86.2")
    for row in register.rows("client_membership"):
        if row["purpose"] == "INTEGRATION_SERVICE" and not row["is_owner"] and counts(row["valid_from"]):
            yield seen(homes[row["client_id"]], kinds[row["organisation_id"]], "94")
    for row in register.rows("transfer_request"):
        if row["status"] == "COMPLETED" and counts(row["ended_on"]):
            yield seen(row["from_id"], "MUNICIPALITY", "86.4")
    for row in register.rows("integration_plan"):
        if counts(row["kela_told_on"]):
            yield seen(row["org_id"], "KELA", "88.1")


def _adoption(register: Register, _period: Period, day: date) -> Iterator[Seen]:
    users = {home for home, kind, _row in _in_force(register, day) if kind == "MUNICIPALITY"}
    clients = {client["org_id"] for client in _open(register, day)}
    for home in users | clients:
        yield Seen(home, numerator=1 if home in users and home in clients else 0, only=("",))
        for value, homes in (("USERS", users), ("CLIENTS", clients)):
            if home in homes:
                yield Seen(home, {"ADOPTION": value}, only=("ADOPTION",))


def _protected(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    return [Seen(client["org_id"]) for client in _open(register, day) if client["non_disclosure"]]


ORACLES: dict[str, Oracle] = {
    "I90": _load, "I91": _tasks, "I94": _to_be_deleted, "I95": _rights, "I96": _findings, "I97": _disclosures, "I98": _adoption, "I99": _protected,
}  # fmt: skip
