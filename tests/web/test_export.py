"""Export: what is narrowed, in the reader's columns, without protected addresses; an event, a right and a limit."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.access.actor import system_scope
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from app.web import export
from tests.support.app import Browser

VANTAA = organisation_key("MUNICIPALITY", "092")


def taken(browser: Browser, query: str = "", form: str = "csv") -> Any:
    browser.get(f"/clients/list/{query}")
    return browser.post(f"/clients/export{query}", form=form)


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def clients(app: Flask, **values: Any) -> list[Any]:
    with app.app_context(), system_scope():
        return list(db.session.execute(select(Client.id, Client.family_name, Client.non_disclosure).filter_by(org_id=VANTAA, **values)))


def test_the_file_holds_what_the_list_is_narrowed_to(sqlite_app: Flask) -> None:
    bengt = Browser(sqlite_app).sign_in("bengt")
    found = rows(taken(bengt, "?f.status=INTAKE&psize=1"))
    expected = [row for row in clients(sqlite_app, status="INTAKE") if not row.non_disclosure]
    assert found[0][:2] == ["Namn", "Födelsedatum"]
    assert sorted(row[0].split(",")[0] for row in found[1:] if len(row) > 1) == sorted(row.family_name for row in expected)
    assert len(expected) > 1


def test_protected_clients_are_left_out_and_counted(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        key = db.session.scalar(select(Client.id).where(Client.org_id == VANTAA, Client.status == "GUIDANCE").order_by(Client.id))
        db.session.execute(text("UPDATE client SET non_disclosure = 1, family_name = 'Suojattu' WHERE id = :key"), {"key": key})
        db.session.commit()
    answer = taken(Browser(sqlite_app).sign_in("bengt"), "?f.status=GUIDANCE")
    hidden = sum(row.non_disclosure for row in clients(sqlite_app, status="GUIDANCE"))
    assert b"Suojattu" not in answer.data and rows(answer)[-1] == [f"Utelämnade på grund av spärrmarkering: {hidden}"]


def test_the_list_under_a_client_gives_that_clients_rows_alone(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        open_to_all = select(Client.id).where(Client.non_disclosure.is_(False))  # the test above protects one: its plans would be left out
        ours = select(IntegrationPlan.client_id).where(IntegrationPlan.org_id == VANTAA, IntegrationPlan.client_id.in_(open_to_all))
        key, *_others = db.session.scalars(ours.distinct().order_by(IntegrationPlan.client_id))
        days = {f"{row.drawn_up_date:%-d.%-m.%Y}" for row in db.session.scalars(select(IntegrationPlan).where(IntegrationPlan.client_id == key))}
    bengt = Browser(sqlite_app).sign_in("bengt")
    place = re.search(r'action="(/plans/export[^"]*)"', bengt.get(f"/plans/list/?client={key}").text)
    assert place
    assert {row[0] for row in rows(bengt.post(place.group(1), form="csv"))[1:]} == days and _others


def test_the_event_names_each_client_in_the_file(sqlite_app: Flask) -> None:
    found = rows(taken(Browser(sqlite_app).sign_in("bengt"), "?f.status=INTAKE"))
    with sqlite_app.app_context(), system_scope():
        event = db.session.scalar(select(AuditEvent).where(AuditEvent.name == "client:exported").order_by(AuditEvent.at.desc()))
        assert event
        named = db.session.scalars(select(AuditEventClient.client_id).where(AuditEventClient.event_id == event.id)).all()
    assert len(named) == len([row for row in found[1:] if len(row) > 1])


def test_a_workbook_holds_days_as_days_and_no_formula(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        key = db.session.scalar(select(Client.id).where(Client.org_id == VANTAA, Client.status == "INTAKE", Client.non_disclosure.is_(False)))
        db.session.execute(text("UPDATE client SET family_name = '=1+1', search_name = '=1+1' WHERE id = :key"), {"key": key})
        db.session.commit()
    bengt = Browser(sqlite_app).sign_in("bengt")
    assert any(row[0].startswith("'=1+1,") for row in rows(taken(bengt, "?f.status=INTAKE")) if row)
    answer = taken(bengt, "?f.status=INTAKE", "xlsx")
    sheet = ZipFile(BytesIO(answer.data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and sheet.count("<row ") > 2 and answer.headers["Content-Disposition"].endswith('.xlsx"')


def test_the_right_the_form_and_the_limit_are_kept(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    assert taken(aino).status_code == 403 and "/clients/export" not in aino.get("/clients/list/").text
    bengt = Browser(sqlite_app).sign_in("bengt")
    assert taken(bengt, form="pdf").status_code == 400
    monkeypatch.setattr(export, "ROWS_AT_MOST", 3)
    answer = taken(bengt)
    assert answer.status_code == 303 and "En fil rymmer högst 3 rader" in bengt.get(answer.headers["Location"]).text


def test_another_organisation_is_not_in_the_file(app: Flask) -> None:
    found = rows(taken(Browser(app).sign_in("bengt")))
    listed = Browser(app).sign_in("cecilia").get("/clients/list/?psize=100").text
    names = {row[0] for row in found[1:] if len(row) > 1}
    assert len(names) > 5 and not any(f">{name}<" in listed for name in names)
