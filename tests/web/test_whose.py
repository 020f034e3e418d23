"""Every page of a record says whose it is, and leads back to where the record stands among the client's."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.db.base import db
from app.obligations.models import ClientObligation
from app.plans.models import IntegrationPlan
from tests.support.app import Browser
from tests.support.specimens import VANTAA

_WHOSE = re.compile(r'<p class="whose"><a href="([^"]+)">([^<]+)</a></p>')


@pytest.fixture
def plan(sqlite_app: Flask) -> tuple[str, str, str]:
    """Give the keys of a plan and of its client, and the client's name."""
    with sqlite_app.app_context(), system_scope():
        query = select(IntegrationPlan, Client).join(Client, Client.id == IntegrationPlan.client_id)
        found, client = db.session.execute(query.where(Client.org_id == VANTAA, IntegrationPlan.status == "IN_FORCE")).first()  # type: ignore[misc]
        return found.id, client.id, client.name


def test_a_list_of_all_tells_whose_each_row_is_and_a_list_of_one_client_says_it_once(sqlite_app: Flask, plan: tuple[str, str, str]) -> None:
    aino, (_key, client, name) = Browser(sqlite_app).sign_in("aino"), plan
    assert f">{name}</a>" in unescape(aino.get("/plans/list/?f.status=IN_FORCE&psize=100").text)
    page = unescape(aino.get(f"/plans/list/?client={client}").text)
    assert _WHOSE.findall(page) == [(f"/clients/show/{client}?tab=plan", name)] and 'data-label="Asiakas"' not in page


@pytest.mark.parametrize("path", ["/plans/show/{plan}", "/plans/history/{plan}", "/plans/interrupt/{plan}", "/plan-reviews/add?plan={plan}", "/plans/list/?client={client}"])
def test_the_way_back_leads_to_the_tab_of_the_record(sqlite_app: Flask, plan: tuple[str, str, str], path: str) -> None:
    key, client, name = plan
    page = Browser(sqlite_app).sign_in("aino").get(path.format(plan=key, client=client)).text
    assert _WHOSE.findall(unescape(page)) == [(f"/clients/show/{client}?tab=plan", name)]


def test_an_empty_form_that_names_the_client_is_an_event(sqlite_app: Flask, plan: tuple[str, str, str]) -> None:
    client = plan[1]
    page = Browser(sqlite_app).sign_in("aino").get(f"/notes/add?client={client}").text
    assert f'<a class="button" href="/clients/show/{client}?tab=entries">' in page
    with sqlite_app.app_context(), system_scope():
        query = select(AuditEventClient.client_id).join(AuditEvent, AuditEvent.id == AuditEventClient.event_id).where(AuditEvent.name == "note:opened")
        assert list(db.session.scalars(query.order_by(AuditEvent.at.desc()).limit(1))) == [client]


def test_an_open_time_limit_leads_to_where_it_is_met(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        mine = select(ClientObligation).where(ClientObligation.org_id == VANTAA)
        opened = db.session.scalars(mine.where(ClientObligation.rule == "R02", ClientObligation.state == "OPEN")).first()
        met = db.session.scalars(mine.where(ClientObligation.rule == "R02", ClientObligation.state == "MET")).first()
        assert opened and met
        places = [(row.id, f'href="/clients/show/{row.client_id}?tab=assessment">Arviointeihin') for row in (opened, met)]
    aino = Browser(sqlite_app).sign_in("aino")
    assert [place in aino.get(f"/obligations/show/{key}").text for key, place in places] == [True, False]
