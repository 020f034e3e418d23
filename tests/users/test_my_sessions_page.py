"""Own sessions: each is seen with its device and right, one or all others are ended, and the ended browser is told why."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.db.types import new_id
from app.users.device import device_of
from app.users.queries import token_digest
from tests.support.app import Browser
from tests.support.sessions import forget_sessions, sessions

PLACE = "/my-sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"


def on(app: Flask, username: str, user_agent: str) -> Browser:
    browser = Browser(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = user_agent
    return browser.sign_in(username)


@pytest.fixture(autouse=True)
def own_sessions_only(sqlite_app: Flask) -> None:
    forget_sessions(sqlite_app, "aino", "bengt", "cecilia")


def ends(page: Any) -> list[str]:
    return re.findall(r'action="(/my-sessions/end/[0-9a-f-]{36})"', page.text)


def test_it_works(app: Flask) -> None:
    forget_sessions(app, "aino")
    first, second = on(app, "aino", FIREFOX), on(app, "aino", SAFARI)
    page = first.get(PLACE)
    devices = re.findall(r'<h2 id="session-\d">([^<]+)</h2>', page.text)
    assert devices == ["Firefox, Windows", "Safari, iPhone"] and page.text.count("Tämä istunto") == 1
    assert page.text.index("Tämä istunto") < page.text.index("Safari, iPhone")
    assert page.text.count(", Vantaa</dd>") == 2
    (end,) = ends(page)
    assert first.post(end).status_code == 303 and "1 istunto lopetettiin" in first.get(PLACE).text
    assert "/login/" in second.get("/clients/list/").location
    assert "Lopetit tämän istunnon toisella laitteella." in second.get("/login/").text
    assert first.get("/clients/list/").status_code == 200 and ends(first.get(PLACE)) == []


def test_all_others_end_at_once(app: Flask) -> None:
    forget_sessions(app, "bengt")
    bengt, others = on(app, "bengt", FIREFOX), [on(app, "bengt", EDGE) for _time in range(2)]
    bengt.get(PLACE)
    assert bengt.post(f"{PLACE}end-others").status_code == 303 and "2 sessioner avslutades" in bengt.get(PLACE).text
    for other in others:
        assert "/login/" in other.get("/clients/list/").location
        assert "Du avslutade den här sessionen på en annan enhet." in other.get("/login/").text
    assert len(sessions(app, "bengt")) == 1


def test_nobody_ends_a_session_of_somebody_else_or_the_one_in_use(sqlite_app: Flask) -> None:
    aino, bengt = on(sqlite_app, "aino", FIREFOX), on(sqlite_app, "bengt", FIREFOX)
    (his,), (hers,) = sessions(sqlite_app, "bengt"), sessions(sqlite_app, "aino")
    aino.get(PLACE)
    for key in (his.id, hers.id, new_id(), "x"):
        assert aino.client.post(f"{PLACE}end/{key}", data={"csrf_token": token(aino)}).status_code == 404
    assert bengt.get("/clients/list/").status_code == 200 == aino.get("/clients/list/").status_code


def token(browser: Browser) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(PLACE).text)
    assert found
    return found.group(1)


def test_neither_token_nor_digest_shows(sqlite_app: Flask) -> None:
    aino = on(sqlite_app, "aino", FIREFOX)
    on(sqlite_app, "aino", EDGE)
    with aino.client.session_transaction() as cookie:
        key = cookie["token"]
    page = aino.get(PLACE).text
    shown = {found.token_digest for found in sessions(sqlite_app, "aino")}
    assert token_digest(key) in shown and key not in page and not any(digest in page for digest in shown)


def test_it_stores_no_address_and_no_user_agent(sqlite_app: Flask) -> None:
    on(sqlite_app, "cecilia", FIREFOX)
    (found,) = sessions(sqlite_app, "cecilia")
    stored = {column.name: str(getattr(found, column.name)) for column in found.__table__.columns}
    assert stored["device"] == "Firefox, Windows" and not any("127.0.0.1" in value or "Gecko" in value for value in stored.values())


def test_it_records_the_event(sqlite_app: Flask) -> None:
    cecilia = on(sqlite_app, "cecilia", FIREFOX)
    on(sqlite_app, "cecilia", EDGE)
    cecilia.post(ends(cecilia.get(PLACE))[0])
    with sqlite_app.app_context(), system_scope():
        found = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "user_session:ended_elsewhere").order_by(AuditEvent.at.desc())).first()
        assert found and found.hits == 1 and found.row_id == str(found.user_id)


def test_signing_in_again_in_a_browser_ends_what_it_had(sqlite_app: Flask) -> None:
    aino = on(sqlite_app, "aino", FIREFOX)
    before = aino.client.get_cookie("koto_session")
    aino.sign_in("aino")
    assert before and len(sessions(sqlite_app, "aino")) == 1
    thief = Browser(sqlite_app)
    thief.client.set_cookie("koto_session", before.value)
    assert "/login/" in thief.get("/clients/list/").location


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [(FIREFOX, "Firefox, Windows"), (EDGE, "Edge, Windows"), (SAFARI, "Safari, iPhone"), ("", None), ("curl/8.5.0", None),
     ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36", "Chrome, Linux"),
     ("Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
      "Samsung Internet, Android"),
     ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari, macOS"),
     ("Mozilla/5.0 (Windows NT 10.0) <script>alert(1)</script>", "Windows")],
)  # fmt: skip
def test_a_device_is_named_coarsely(user_agent: str, device: str | None) -> None:
    assert device_of(user_agent) == device
