"""Readings that the log's rules stop at, and the examinations that came of them: one new of each kind, one asked, one explained, one decided."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import g
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.audit.record import record_event
from app.clients.models import Client
from app.db.types import new_id
from app.deadlines.numbers import limit_after
from app.examinations.actions import ask_reader, decide_finding, explain_finding, take_finding
from app.examinations.models import LogFinding, LogRule
from app.examinations.run import run_rules
from app.organisations.models import organisation_key
from config import TIME_ZONE

_VANTAA, _AGENCY = organisation_key("MUNICIPALITY", "092"), organisation_key("NATIONAL_AGENCY", "KEHA")
_ZONE, _FEWEST, _MANY = ZoneInfo(TIME_ZONE), 5, 24
_RULES = {
    "OWN_RECORD": {}, "SAME_SURNAME_OR_ADDRESS": {}, "NO_TASK": {"days": 7}, "PROTECTED": {}, "NIGHT": {"from_hour": 6, "to_hour": 20},
    "VOLUME": {"most_clients": 20}, "ENDED_RIGHT": {}, "OTHER_MUNICIPALITY": {}, "SAMPLE_READERS": {"days": 7, "sample_size": 1},
}  # fmt: skip


def load_examinations(session: Session, on: date) -> None:
    """Make rules, readings of the last weeks and their examinations, once, and commit."""
    people = {user.username: user for user in session.scalars(select(User)).unique()}
    clients = list(session.scalars(select(Client).where(Client.org_id == _VANTAA).order_by(Client.id).limit(400)))
    if session.scalar(select(LogRule.id).limit(1)) or len(clients) < _FEWEST or "lotta" not in people or "rolf" not in people:
        return
    for kind, numbers in _RULES.items():
        session.add(LogRule(kind=kind, org_id=_VANTAA, owner_id=people["lotta"].id, created_by=people["lotta"].id, **numbers))
    session.add(LogRule(kind="NIGHT", org_id=_AGENCY, owner_id=people["rolf"].id, created_by=people["rolf"].id, **_RULES["NIGHT"]))
    session.flush()
    _read(session, people, clients, on)
    run_rules(session, on)
    _examine(session, people, on)
    session.commit()


def _read(session: Session, people: dict[str, User], clients: list[Client], on: date) -> None:
    aino = people["aino"]
    protected = next((client for client in clients if client.non_disclosure), clients[0])
    own = [client for client in clients if client.responsible_worker_id == aino.id] or clients
    others = [client for client in clients if client.responsible_worker_id not in (None, aino.id) and not client.non_disclosure]
    for username, days, clock, read in (
        ("aino", 3, time(22, 41), own[:1]), ("aino", 4, time(10, 12), [protected]), ("aino", 12, time(13, 5), others[:1]),
        ("bengt", 13, time(15, 30), others[1:2]), ("mikko.mattila", 5, time(9, 0), clients[:_MANY]), ("liisa.laine", 2, time(5, 20), others[2:4]),
    ):  # fmt: skip
        with _acting(people[username], "TEAM_LEAD" if username == "bengt" else "CASEWORKER"):
            at = datetime.combine(on - timedelta(days=days), clock, _ZONE)
            for number, client in enumerate(read):
                record_event(session, "client:read", client_ids=[client.id], row_id=client.id, at=at + timedelta(minutes=2 * number))


def _examine(session: Session, people: dict[str, User], on: date) -> None:
    lotta, aino, bengt = (people[name] for name in ("lotta", "aino", "bengt"))
    due = limit_after(on, "LOG_EXAMINATION")
    with _acting(lotta, "LOG_AUDITOR"):
        asked, unfounded, explained = (_finding(session, user, kind) for user, kind in ((aino, "NIGHT"), (aino, "PROTECTED"), (bengt, "NO_TASK")))
        if asked:
            ask_reader(session, asked, by=lotta.id, question="Mihin työtehtävään asiakkaan tietojen katselu illalla liittyi?", due_on=due)
        if unfounded:
            take_finding(session, unfounded, by=lotta.id)
            decide_finding(session, unfounded, by=lotta.id, outcome="UNFOUNDED", reason="Katselu liittyi asiakkaan alkuarviointiin.")
        if explained:
            ask_reader(session, explained, by=lotta.id, question="Mihin työtehtävään asiakkaan tietojen katselu liittyi?", due_on=due)
    if explained:
        with _acting(bengt, "TEAM_LEAD"):
            explain_finding(session, explained, explanation="Jag vikarierade för den ansvariga medarbetaren och förberedde uppföljningen av planen.")


def _finding(session: Session, user: User, kind: str) -> LogFinding | None:
    found = select(LogFinding).where(LogFinding.user_id == user.id, LogFinding.kind == kind, LogFinding.org_id == _VANTAA, LogFinding.state == "NEW")
    return session.scalars(found.order_by(LogFinding.day, LogFinding.id)).first()


@contextmanager
def _acting(user: User, role: str) -> Iterator[None]:
    """Write events as a person of Vantaa."""
    before = getattr(g, "actor", None)
    g.actor = Actor(user_id=user.id, name=f"{user.first_name} {user.last_name}", role=role, organisation_id=_VANTAA, organisation_code="092",
                    organisation_name="Vantaa", language="fi", grant_id=new_id(), sees_clients=role != "LOG_AUDITOR")  # fmt: skip
    try:
        yield
    finally:
        g.actor = before
