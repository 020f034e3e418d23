"""The reminder on a client: written, changed and removed from the client's page, for the team that serves the client only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.db.base import db
from app.demo.sharing import COUNTY, PROVIDER_KEY
from app.users.models import AccessGrant, User
from tests.support.app import Browser
from tests.support.plan_form import VANTAA, in_vantaa, new_client

TEXT = "Soita vasta iltapäivällä"


def day(days: int) -> date:
    return date.today() + timedelta(days=days)


def shown(on: date) -> str:
    return f"{on.day}.{on.month}.{on.year}"


def write(browser: Browser, client: str, content: str = TEXT, due_on: str = "") -> Any:
    browser.get(f"/reminders/add?client={client}")
    return browser.post(f"/reminders/add?client={client}", content=content, due_on=due_on)


def reminder_on(page: Any) -> str:
    """Give the reminder's part of a client's page as text, nothing when there is none."""
    found = re.search(r'<section class="[^"]*" aria-labelledby="reminder-title">.*?</section>', page.text, re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found.group(0)))) if found else ""


def place(page: Any, deed: str) -> str:
    found = re.search(rf'"(/reminders/{deed}/[0-9a-f-]{{36}})"', page.text)
    assert found
    return found.group(1)


@pytest.fixture
def client(app: Flask) -> str:
    return new_client(app)


@pytest.fixture
def shared(sqlite_app: Flask) -> Iterator[str]:
    """The client whose plan the county takes part in, shared with the provider too, with a late reminder."""
    with sqlite_app.app_context(), system_scope():
        key = str(db.session.scalar(select(ClientMembership.client_id).where(ClientMembership.organisation_id == COUNTY)))
        db.session.execute(delete(ClientReminder).where(ClientReminder.client_id == key))
        reminder = ClientReminder(client_id=key, org_id=VANTAA, content=TEXT, due_on=day(-2000))
        share = ClientMembership(client_id=key, organisation_id=PROVIDER_KEY, is_owner=False, purpose="INTEGRATION_SERVICE", valid_from=day(-1))
        db.session.add_all([reminder, share])
        db.session.commit()
        share_key = share.id
    yield key
    with sqlite_app.app_context(), system_scope():
        db.session.execute(delete(ClientReminder).where(ClientReminder.client_id == key))
        db.session.execute(delete(ClientMembership).where(ClientMembership.id == share_key))
        db.session.commit()


@pytest.fixture
def intake(sqlite_app: Flask) -> Iterator[Browser]:
    """Eeva as an intake worker of the same municipality."""

    def give(role: str) -> None:
        with sqlite_app.app_context(), system_scope():
            eeva = select(User.id).where(User.username == "eeva").scalar_subquery()
            db.session.execute(update(AccessGrant).where(AccessGrant.user_id == eeva).values(role=role))
            db.session.commit()

    give("INTAKE_WORKER")
    yield Browser(sqlite_app).sign_in("eeva")
    give("ACCESS_ADMIN")


def test_it_works_from_the_clients_page(app: Flask, aino: Browser, client: str) -> None:
    page = aino.get(f"/clients/show/{client}")
    assert reminder_on(page) == "" and f'href="/reminders/add?client={client}">Kirjoita muistilappu<' in page.text
    answer = write(aino, client, due_on=day(3).isoformat())
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/clients/show/{client}")
    page = aino.get(f"/clients/show/{client}?tab=basics")
    assert TEXT in reminder_on(page) and shown(day(3)) in reminder_on(page) and "Myöhässä" not in reminder_on(page)
    assert f"Kirjoittanut Aino Aarnio {shown(day(0))}" in reminder_on(page) and "/reminders/add" not in page.text

    bengt = Browser(app).sign_in("bengt")
    edit = place(bengt.get(f"/clients/show/{client}"), "edit")
    assert f'href="/clients/show/{client}"' in bengt.get(edit).text.partition("<main")[2], "leaving the form leads back to the client"
    answer = bengt.post(edit, content="Ring före nio", due_on="")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/clients/show/{client}")
    text = reminder_on(aino.get(f"/clients/show/{client}"))
    assert "Ring före nio" in text and TEXT not in text and "Bengt Berg" in text and shown(day(3)) not in text

    answer = aino.post(place(aino.page, "delete"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/clients/show/{client}")
    page = bengt.get(f"/clients/show/{client}")
    assert reminder_on(page) == "" and "Skriv en minneslapp" in page.text


def test_it_stands_above_everything_else_of_the_client(aino: Browser, client: str) -> None:
    write(aino, client)
    main = aino.get(f"/clients/show/{client}").text.partition("<main")[2]
    assert main.index("<h1>") < main.index('id="reminder-title"') < main.index('class="glance"')


def test_there_is_one_for_each_client(app: Flask, aino: Browser, client: str) -> None:
    bengt = Browser(app).sign_in("bengt")
    bengt.get(f"/reminders/add?client={client}")
    assert write(aino, client).status_code == 303
    assert bengt.post(f"/reminders/add?client={client}", content="Toinen").status_code == 409
    assert aino.get(f"/reminders/add?client={client}").status_code == 409
    with in_vantaa(app) as session:
        assert list(session.scalars(select(ClientReminder.content).where(ClientReminder.client_id == client))) == [TEXT]


def test_it_refuses_other_organisation(aino: Browser, cecilia: Browser, client: str) -> None:
    write(aino, client)
    page = aino.get(f"/clients/show/{client}")
    assert cecilia.get(f"/clients/show/{client}").status_code == 404 and cecilia.get(f"/reminders/add?client={client}").status_code == 404
    for deed in ("show", "edit"):
        assert cecilia.get(place(page, "edit").replace("edit", deed)).status_code == 404
    cecilia.get("/clients/list/")
    assert cecilia.post(place(page, "delete")).status_code == 404
    assert TEXT in reminder_on(aino.get(f"/clients/show/{client}"))


@pytest.mark.parametrize("person", ["veera", "pekka", "eeva"])
def test_it_refuses_wrong_role(sqlite_app: Flask, shared: str, intake: Browser, person: str) -> None:
    bengt = Browser(sqlite_app).sign_in("bengt").get(f"/clients/show/{shared}")
    assert "Försenad" in reminder_on(bengt)
    other = intake if person == "eeva" else Browser(sqlite_app).sign_in(person)
    page = other.get(f"/clients/show/{shared}")
    assert page.status_code == 200 and TEXT not in page.text and "reminder" not in page.text
    for path in ("/reminders/list/", f"/reminders/add?client={shared}", place(bengt, "edit"), place(bengt, "edit").replace("edit", "show")):
        assert other.get(path).status_code == 403, path
    other.get("/")
    assert other.post(place(bengt, "delete")).status_code == 403


@pytest.mark.parametrize("person", ["veera", "pekka", "eeva"])
def test_its_day_is_told_to_no_other_role(sqlite_app: Flask, shared: str, intake: Browser, person: str) -> None:
    line = f'href="/clients/show/{shared}"'
    assert line in Browser(sqlite_app).sign_in("bengt").get("/?whose=all").text
    other = intake if person == "eeva" else Browser(sqlite_app).sign_in(person)
    page = other.get("/?whose=all").text
    assert line not in page and "Muistilappu" not in page


def test_it_records_the_event(sqlite_app: Flask) -> None:
    aino, client = Browser(sqlite_app).sign_in("aino"), new_client(sqlite_app)
    write(aino, client)
    edit = place(aino.get(f"/clients/show/{client}"), "edit")
    aino.get(edit)
    aino.post(edit, content=TEXT, due_on=day(1).isoformat())
    aino.get(f"/clients/show/{client}")
    aino.post(edit.replace("edit", "delete"))
    with sqlite_app.app_context(), system_scope():
        found = db.session.execute(
            select(AuditEvent.name, AuditEvent.fields).join(AuditEventClient, AuditEventClient.event_id == AuditEvent.id)
            .where(AuditEventClient.client_id == client, AuditEvent.name.startswith("reminder:")).order_by(AuditEvent.at)
        ).all()  # fmt: skip
    assert [name for name, _fields in found] == ["reminder:opened", "reminder:added", "reminder:opened", "reminder:changed", "reminder:deleted"]
    assert "due_on" in found[3][1] and TEXT not in str(found)


@pytest.mark.parametrize(
    ("content", "due_on", "fi", "sv"),
    [
        ("", "", "Täytä tämä kenttä", "Fyll i det här fältet"), ("   ", "", "Täytä tämä kenttä", "Fyll i det här fältet"),
        ("x" * 301, "", "300", "300"), ("Säilyvä", day(-1).isoformat(), "Päivä on jo mennyt", "Dagen har redan gått"),
        ("Säilyvä", "31.12.", "päivämäärä", "datum"),
    ],
)  # fmt: skip
def test_bad_input_is_explained(sqlite_app: Flask, content: str, due_on: str, fi: str, sv: str) -> None:
    client = new_client(sqlite_app)
    for person, sentence in (("aino", fi), ("bengt", sv)):
        page = write(Browser(sqlite_app).sign_in(person), client, content, due_on)
        summary = re.search(r'class="error-summary".*?</div>', page.text, re.S)
        assert page.status_code == 422 and summary and sentence in summary.group(0) and content.strip() in page.text


@pytest.mark.parametrize(("person", "read", "health"), [("aino", "oikeus lukea se", "terveystietoja"), ("bengt", "rätt att läsa den", "hälsouppgifter")])
def test_the_form_says_whose_eyes_it_is_for(sqlite_app: Flask, person: str, read: str, health: str) -> None:
    page = Browser(sqlite_app).sign_in(person).get(f"/reminders/add?client={new_client(sqlite_app)}")
    assert read in page.text and health in page.text and 'maxlength="300"' in page.text


def test_the_text_of_a_late_one_can_be_changed(sqlite_app: Flask, shared: str) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    edit = place(aino.get(f"/clients/show/{shared}"), "edit")
    aino.get(edit)
    assert aino.post(edit, content="Yhä", due_on=day(-2000).isoformat()).status_code == 303
    aino.get(edit)
    assert aino.post(edit, content="Yhä", due_on=day(-2).isoformat()).status_code == 422


def test_its_day_is_due_for_the_responsible_worker(app: Flask, aino: Browser, client: str) -> None:
    write(aino, client, due_on=day(30).isoformat())
    with in_vantaa(app) as session:
        me = session.scalar(select(User.id).where(User.username == "aino"))
        session.execute(update(Client).where(Client.id == client).values(responsible_worker_id=me))
        session.commit()
    bengt, line = Browser(app).sign_in("bengt"), rf'<a href="/clients/show/{client}">Rivinen, Riina</a>.*?>Muistilappu<.*?>{shown(day(30))}<'
    assert re.search(line, aino.get("/").text, re.S) and client not in bengt.get("/").text
    edit = place(aino.get(f"/clients/show/{client}"), "edit")
    aino.get(edit)
    aino.post(edit, content=TEXT, due_on=day(31).isoformat())
    assert client not in aino.get("/").text
