"""The lead keeps the data of an ended relationship and lets them go; nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.clients.models import Client
from app.db.base import db
from app.obligations.models import ClientObligation
from app.organisations.models import organisation_key
from app.retention.queries import due_on
from tests.support.app import Browser, make_app, prepare

HOME = organisation_key("MUNICIPALITY", "092")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("hold"))
    prepare(app, 300)
    return app


@pytest.fixture
def closed(site: Flask) -> Iterator[str]:
    """Give a client of Vantaa whose relationship ended today."""
    with site.app_context(), system_scope():
        wanted = select(Client).where(Client.org_id == HOME, Client.merged_into_id.is_(None), Client.archived_on.is_(None), Client.relationship_ended.is_(None), Client.status.in_(("INTAKE", "GUIDANCE", "ASSESSMENT_DUE")))
        key = str(db.session.scalars(wanted.order_by(Client.id).limit(1)).one().id)
    bengt = Browser(site).sign_in("bengt")
    bengt.get(f"/clients/close/{key}")
    assert bengt.post(f"/clients/close/{key}", relationship_ended=f"{date.today()}", end_reason="GOALS_MET", onward_guidance="TE-palvelut").status_code == 303
    return key


def limits(site: Flask, key: str) -> list[str]:
    with site.app_context(), system_scope():
        return list(db.session.scalars(select(ClientObligation.state).where(ClientObligation.client_id == key, ClientObligation.rule == "R25")))


def is_to_go(site: Flask, key: str) -> bool:
    with site.app_context(), system_scope():
        day = date.today() + timedelta(days=5 * 366)
        return any(one.client_id == key and one.kept is None for piece in due_on(db.session, day) for one in piece)


def test_the_data_are_kept_and_let_go(site: Flask, closed: str) -> None:
    assert is_to_go(site, closed) and len(limits(site, closed)) == 1
    bengt = Browser(site).sign_in("bengt")
    page = bengt.get(f"/clients/show/{closed}").text
    assert f"/clients/hold/{closed}" in page and f"/clients/release/{closed}" not in page
    bengt.get(f"/clients/release/{closed}")
    assert bengt.post(f"/clients/release/{closed}").status_code == 422
    bengt.get(f"/clients/hold/{closed}")
    assert bengt.post(f"/clients/hold/{closed}").status_code == 422
    assert bengt.post(f"/clients/hold/{closed}", hold_reason="PENDING_MATTER").status_code == 303
    assert not is_to_go(site, closed) and limits(site, closed) == []
    page = bengt.get(f"/clients/show/{closed}?tab=basics").text
    assert "anhängigt ärende" in page and f"/clients/release/{closed}" in page and f"/clients/hold/{closed}" not in page
    bengt.get(f"/clients/hold/{closed}")
    assert "Uppgifterna bevaras redan." in bengt.post(f"/clients/hold/{closed}", hold_reason="STATUTORY_TASK").text
    bengt.get(f"/clients/release/{closed}")
    assert bengt.post(f"/clients/release/{closed}").status_code == 303
    assert is_to_go(site, closed) and len(limits(site, closed)) == 1
    with site.app_context(), system_scope():
        names = set(db.session.scalars(select(AuditEvent.name).where(AuditEvent.row_id == closed)))
    assert {"client:held", "client:released"} <= names


def test_a_new_beginning_ends_the_hold(site: Flask, closed: str) -> None:
    bengt = Browser(site).sign_in("bengt")
    bengt.get(f"/clients/hold/{closed}")
    assert bengt.post(f"/clients/hold/{closed}", hold_reason="STATUTORY_TASK").status_code == 303
    bengt.get(f"/clients/reopen/{closed}")
    assert bengt.post(f"/clients/reopen/{closed}", relationship_started=f"{date.today()}").status_code == 303
    with site.app_context(), system_scope():
        client = db.session.get_one(Client, closed)
        assert (client.hold_reason, client.relationship_ended) == (None, None)


def test_a_caseworker_keeps_nothing(site: Flask, closed: str) -> None:
    aino = Browser(site).sign_in("aino")
    assert aino.get(f"/clients/hold/{closed}").status_code == 403 and "/clients/hold/" not in aino.get(f"/clients/show/{closed}").text
