"""A world whose log is written by the tests: readings at moments of their choice, rules of their own, days nobody else uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app import create_app
from app.access.actor import Actor, system_scope
from app.access.membership import ClientMembership
from app.audit.access import audit_engine
from app.audit.record import record_event
from app.clients.models import Client
from app.core.folding import folded
from app.db.base import db
from app.db.types import new_id, now
from app.demo.accounts import DEMO_PASSWORD
from app.examinations.models import LogFinding, LogFindingReading, LogRule
from app.examinations.run import run_rules
from app.organisations.models import organisation_key
from app.users.models import AccessGrant, UserProfile
from config import load_settings
from tests.support.app import Browser, make_app, prepare

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
AGENCY = organisation_key("NATIONAL_AGENCY", "KEHA")
HELSINKI = ZoneInfo("Europe/Helsinki")
# Beside the cast: a second examiner of Vantaa, one of Porvoo, and a caseworker with a rare name.
MORE = (("leo", "Leo Lahti", "LOG_AUDITOR", VANTAA, "fi"), ("petra", "Petra Palm", "LOG_AUDITOR", PORVOO, "sv"),
        ("outi", "Outi Öhström", "CASEWORKER", VANTAA, "sv"))  # fmt: skip


class World:
    """An application and what tests do behind its pages; `owner` may see and write all."""

    def __init__(self, app: Flask, owner: Flask) -> None:
        self.app, self.owner, self._day = app, owner, date(2026, 2, 1)
        with self.session() as session:
            self.people = {user.username: user.id for user in session.scalars(select(User)).unique()}
            _bring_to_vantaa(session)
            found = list(session.scalars(select(Client).where(Client.org_id == VANTAA).order_by(Client.id)))
            self.clients = [client.id for client in found if not client.non_disclosure]
            self.foreign = session.scalars(select(Client.id).where(Client.org_id == PORVOO).order_by(Client.id)).first()

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.owner.app_context(), system_scope():
            yield db.session
            db.session.commit()

    def day(self) -> date:
        """Give a day with an empty fortnight on both sides of it."""
        self._day += timedelta(days=30)
        return self._day

    def browser(self, username: str) -> Browser:
        return Browser(self.app).sign_in(username)

    def read(self, username: str, client: str | None, day: date, clock: str = "10:00", name: str = "client:read", *, organisation: str = VANTAA,
             role: str = "CASEWORKER") -> datetime:  # fmt: skip
        """Write an event as a person at a moment of Finland."""
        at = datetime.combine(day, time.fromisoformat(clock), HELSINKI)
        with self.app.app_context(), system_scope():
            g.actor = Actor(user_id=self.people[username], name=username, role=role, organisation_id=organisation, organisation_code="", organisation_name="",
                            language="fi", grant_id=new_id(), sees_clients=True)  # fmt: skip
            record_event(db.session, name, client_ids=[client] if client else [], row_id=client, at=at)
            db.session.commit()
        return at

    def change(self, client: str, **values: Any) -> None:
        """Change a client behind its pages."""
        with self.session() as session:
            row = session.get_one(Client, client)
            for name, value in values.items():
                setattr(row, name, value)
            row.search_name = folded(row.family_name, row.given_names)

    def rule(self, kind: str, *, organisation: str = VANTAA, owner: str = "lotta", **numbers: Any) -> str:
        """Make the one rule that is in use, and give its key."""
        with self.session() as session:
            for row in session.scalars(select(LogRule)).unique():
                row.is_active = False
            rule = LogRule(kind=kind, org_id=organisation, owner_id=self.people[owner], **{"look_back_days": 1, **numbers})
            session.add(rule)
            session.flush()
            return rule.id

    def run(self, on: date) -> dict[str, int]:
        """Run as the command does."""
        with self.app.app_context(), system_scope(), Session(audit_engine()) as session:
            return run_rules(session, on)

    def findings(self, rule_id: str) -> list[tuple[str, date, list[str | None]]]:
        """Give (reader, day, clients of the readings) of a rule's findings."""
        names = {key: name for name, key in self.people.items()}
        with self.session() as session:
            found = session.scalars(select(LogFinding).where(LogFinding.rule_id == rule_id).order_by(LogFinding.day, LogFinding.user_id)).unique()
            return [(names[row.user_id], row.day, self._clients(session, row.id)) for row in found]

    def _clients(self, session: Session, key: str) -> list[str | None]:
        return list(session.scalars(select(LogFindingReading.client_id).where(LogFindingReading.finding_id == key).order_by(LogFindingReading.at)))

    def finding(self, username: str, **values: Any) -> str:
        """Make a finding of a person through a rule and a reading, and give its key."""
        day = self.day()
        rule = self.rule("PROTECTED", **values)
        client = self.clients[0]
        self.change(client, non_disclosure=True)
        self.read(username, client, day)
        self.run(day + timedelta(days=1))
        self.change(client, non_disclosure=False)
        with self.session() as session:
            return session.scalars(select(LogFinding.id).where(LogFinding.rule_id == rule)).one()

    def row(self, key: str) -> LogFinding:
        with self.session() as session:
            found = session.get_one(LogFinding, key)
            session.refresh(found)
            session.expunge(found)
            return found


def _bring_to_vantaa(session: Session) -> None:
    """Make Vantaa the controller of enough clients, whoever was."""
    keys = list(session.scalars(select(Client.id).where(Client.org_id.not_in([VANTAA, PORVOO]), Client.non_disclosure.is_(False)).order_by(Client.id).limit(12)))
    session.execute(update(Client).where(Client.id.in_(keys)).values(org_id=VANTAA))
    session.execute(update(ClientMembership).where(ClientMembership.client_id.in_(keys)).values(organisation_id=VANTAA, valid_from=date(2020, 1, 1)))
    session.commit()


def _people() -> None:
    for username, name, role, organisation, language in MORE:
        given, family = name.split()
        user = User(username=username, first_name=given, last_name=family, email=f"{username}@demo.invalid", active=True, password=generate_password_hash(DEMO_PASSWORD))
        db.session.add(user)
        db.session.flush()
        db.session.add(UserProfile(user_id=user.id, language=language, is_local=True))
        db.session.add(AccessGrant(user_id=user.id, organisation_id=organisation, role=role, basis="B1", valid_from=date(2026, 1, 1), opened_at=now()))
    for profile in db.session.scalars(select(UserProfile)):
        profile.email = f"{profile.user_id}@example.fi"
    db.session.commit()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The application on each database; on PostgreSQL one role serves and another keeps the log."""
    folder, env = tmp_path_factory.mktemp("examinations"), {}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        name = server.new_database()
        env = {"KOTO_DATABASE_URL": server.url("koto_web", name), "KOTO_AUDIT_DATABASE_URL": server.url("koto_log", name)}
    owner = make_app(folder, server.url("koto_owner", name) if env else None)
    prepare(owner, 40)
    with owner.app_context(), system_scope():
        _people()
    app = create_app(load_settings({"KOTO_INSTANCE_DIR": str(folder), **env}), RATELIMIT_ENABLED=False) if env else owner
    return World(app, owner)
