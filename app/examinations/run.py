"""Go through the log by the rules of each organisation and write down what they find.

A run takes whole days that have not been gone through, so that it may be run as often as one likes: the same rule, reader
and day make one finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, case, column, insert, select, table, update
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import new_id, now
from app.deadlines.numbers import limit_after
from app.examinations import rules as r
from app.examinations.models import LogFinding, LogFindingEvent, LogFindingReading, LogRule
from app.examinations.rules import Reading
from app.examinations.selection import Moments, Rights, Tasks, readings, rights, same_addresses, tasks
from app.organisations.models import Organisation
from config import TIME_ZONE

_rule, _finding, _organisation = LogRule.__table__, LogFinding.__table__, Organisation.__table__
# A run is no change of the rule by anybody: the mapped table would stamp one.
_progress = table("log_rule", column("id"), column("examined_to", Date))
ZONE = ZoneInfo(TIME_ZONE)
Key = tuple[str, int, date]


@dataclass
class _Work:
    """A rule, the days it goes through, and the readings it has stopped at by reader and day."""

    row: Any
    days: tuple[date, date]
    hits: dict[tuple[int, date], list[Reading]] = field(default_factory=lambda: defaultdict(list))

    def stops_at(self, reading: Reading, found_tasks: Tasks, found_rights: Rights) -> bool:
        """Tell whether the rule wants this reading; of volume and samples every opening, to be judged together."""
        row = self.row
        if row.kind == "ENDED_RIGHT":
            return r.is_without_right(reading.at, found_rights.get((reading.user_id, reading.role, reading.organisation_id), ()), ZONE)
        if not reading.is_opening:
            return False
        match row.kind:
            case "OWN_RECORD":
                return r.is_own_record(reading)
            case "SAME_SURNAME_OR_ADDRESS":
                return r.is_kin(reading)
            case "NO_TASK":
                own = reading.controller_id == reading.organisation_id
                return own and r.is_without_task(reading, found_tasks.get((reading.user_id, str(reading.client_id)), ()), row.days)
            case "PROTECTED":
                return reading.is_protected
            case "NIGHT":
                return r.is_at_night(reading.at, ZONE, from_hour=row.from_hour, to_hour=row.to_hour)
            case "OTHER_MUNICIPALITY":
                return r.is_of_others(reading, with_shared=row.with_shared)
        return True

    def take(self, reading: Reading) -> None:
        day = r.day_of(reading.at, ZONE)
        if self.days[0] <= day <= self.days[1]:
            self.hits[reading.user_id, r.period_of(day, self.row.days) if self.row.kind == "SAMPLE_READERS" else day].append(reading)

    def found(self) -> Iterable[tuple[Key, list[Reading], str | None]]:
        """Give (key, readings, seed of the draw) of each finding."""
        kind, row = self.row.kind, self.row
        if kind in r.SAMPLES:
            yield from self._drawn()
            return
        for (user_id, day), hits in self.hits.items():
            if kind != "VOLUME" or r.is_volume(hits, row.most_clients):
                yield (row.id, user_id, day), hits, None

    def _drawn(self) -> Iterable[tuple[Key, list[Reading], str]]:
        by_period: dict[date, dict[tuple[int, date], list[Reading]]] = defaultdict(dict)
        for (user_id, day), hits in self.hits.items():
            by_period[r.period_of(day, self.row.days)][user_id, day] = hits
        for period, groups in sorted(by_period.items()):
            seed = f"{self.row.seed}:{period}"
            readers = self.row.kind == "SAMPLE_READERS"
            keys = (str(user_id) if readers else hit.event_id for (user_id, _day), hits in groups.items() for hit in hits)
            chosen = set(r.drawn(keys, self.row.sample_size, seed))
            for (user_id, day), hits in groups.items():
                kept = [hit for hit in hits if (str(user_id) if readers else hit.event_id) in chosen]
                if kept:
                    yield (self.row.id, user_id, day), kept, seed


def run_rules(session: Session, on: date) -> dict[str, int]:
    """Go through what is new up to the day before `on`; gives how many findings each kind of rule made, and commits."""
    work = _due(session, on)
    made: Counter[str] = Counter({one.row.kind: 0 for one in work})
    if work:
        period = _moments(min(one.days[0] for one in work), max(one.days[1] for one in work))
        _stop(session, work, period)
        made += _kept(session, work, on)
        last = case({one.row.id: one.days[1] for one in work}, value=_progress.c.id)
        session.execute(update(_progress).where(_progress.c.id.in_([one.row.id for one in work])).values(examined_to=last))
        record_event(session, "log:examined", purpose="LOG_REVIEW")
    session.commit()
    return {kind: made[kind] for kind in sorted({one.row.kind for one in work})}


def _due(session: Session, on: date) -> list[_Work]:
    """Give the active rules with days to go through, and keep other runs from them."""
    query = select(_rule, _organisation.c.kind.label("organisation_kind")).join(_organisation, _organisation.c.id == _rule.c.org_id)
    found = []
    for row in session.execute(query.where(_rule.c.is_active).order_by(_rule.c.id).with_for_update(of=_rule)):
        days = r.days_to_examine(row.kind, on, examined_to=row.examined_to, look_back=row.look_back_days, days=row.days)
        if days:
            found.append(_Work(row, days))
    return found


def _moments(first: date, last: date) -> Moments:
    return datetime.combine(first, time(), ZONE), datetime.combine(last + timedelta(days=1), time(), ZONE)


def _stop(session: Session, work: list[_Work], period: Moments) -> None:
    """Let each rule look at each reading of its organisation's people, of its clients, or, for the agency, of all."""
    kinds = {one.row.kind for one in work}
    near = max((one.row.days for one in work if one.row.kind == "NO_TASK"), default=0)
    found_tasks: Tasks = tasks(session, period, near) if "NO_TASK" in kinds else {}
    found_rights: Rights = rights(session) if "ENDED_RIGHT" in kinds else {}
    by_reader: dict[str | None, list[_Work]] = defaultdict(list)
    by_client: dict[str | None, list[_Work]] = defaultdict(list)
    everywhere: list[_Work] = []
    for one in work:
        if one.row.organisation_kind == "NATIONAL_AGENCY":
            everywhere.append(one)
        else:
            (by_client if one.row.kind == "OTHER_MUNICIPALITY" else by_reader)[one.row.org_id].append(one)
    neighbours = same_addresses(session) if "SAME_SURNAME_OR_ADDRESS" in kinds else set()
    for reading in readings(session, period, neighbours):
        for one in (*by_reader[reading.organisation_id], *by_client[reading.controller_id], *everywhere):
            if one.stops_at(reading, found_tasks, found_rights):
                one.take(reading)


def _kept(session: Session, work: list[_Work], on: date) -> Counter[str]:
    """Write the findings that are not there yet."""
    first, last = min(one.days[0] for one in work), max(one.days[1] for one in work)
    query = select(_finding.c.rule_id, _finding.c.user_id, _finding.c.day).where(_finding.c.rule_id.in_([one.row.id for one in work]))
    known = {tuple(row) for row in session.execute(query.where(_finding.c.day >= first, _finding.c.day <= last))}
    findings, rows, events, made = [], [], [], Counter[str]()
    for one in work:
        for key, hits, seed in one.found():
            if key in known:
                continue
            finding = _finding_row(one.row, key, hits, seed, on)
            findings.append(finding)
            rows += [{"id": new_id(), "finding_id": finding["id"], "event_id": hit.event_id, "at": hit.at, "name": hit.name,
                      "client_id": hit.client_id, "controller_id": hit.controller_id} for hit in hits]  # fmt: skip
            events.append({"id": new_id(), "finding_id": finding["id"], "what": "FOUND", "at": now(), "by_user_id": None})
            made[one.row.kind] += 1
    for rows_of, values in ((_finding, findings), (LogFindingReading.__table__, rows), (LogFindingEvent.__table__, events)):
        if values:
            session.execute(insert(rows_of), values)
    return made


def _finding_row(rule: Any, key: Key, hits: list[Reading], seed: str | None, on: date) -> dict[str, Any]:
    _rule_id, user_id, day = key
    first = min(hits, key=lambda hit: (hit.at, hit.event_id))
    controllers = [hit.controller_id for hit in hits if hit.controller_id]
    concerns = controllers[0] if controllers else first.organisation_id or rule.org_id
    return {
        "id": new_id(), "rule_id": rule.id, "kind": rule.kind, "org_id": rule.org_id, "concerns_id": concerns, "user_id": user_id,
        "reader_org_id": first.organisation_id, "day": day, "readings": len({hit.event_id for hit in hits}),
        "clients": len({hit.client_id for hit in hits if hit.client_id}), "seed": seed, "state": "NEW", "found_on": on,
        "due_on": limit_after(on, "LOG_EXAMINATION"), "version": 1,
    }  # fmt: skip
