"""`/metrics` tells its own machine and whoever has the token how the service fares, nobody else, and names no person and no row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as families
from sqlalchemy import delete, insert

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import new_id, now
from app.jobs.access import owner_engine
from app.jobs.models import DutyRun, Job
from app.mail.models import OutgoingMail
from app.organisations.models import organisation_key
from app.web.metrics import GAUGES
from tests.support.app import Browser, counted_statements, make_app, prepare
from tests.support.postgres import Postgres

TOKEN = "a-token-of-the-tests-0123456789abcdef"
AWAY = "192.0.2.7"
VANTAA = organisation_key("MUNICIPALITY", "092")
Samples = dict[tuple[str, ...], float]


def samples(text: str) -> Samples:
    """Give the samples by their name with the values of their labels in the order of the labels' names."""
    found = [sample for family in families(text) for sample in family.samples]
    return {(sample.name, *(value for _name, value in sorted(sample.labels.items()))): sample.value for sample in found}


def told(app: Flask) -> Samples:
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    return samples(answer.text)


def asked(app: Flask, address: str | None = AWAY, **headers: str) -> int:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get("/metrics", headers=names, environ_overrides={"REMOTE_ADDR": address}).status_code


@pytest.fixture
def with_token(sqlite_app: Flask) -> Iterator[Flask]:
    settings = sqlite_app.config["KOTO"]
    sqlite_app.config["KOTO"] = replace(settings, metrics_token=TOKEN)
    yield sqlite_app
    sqlite_app.config["KOTO"] = settings


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_it_is_told_to_its_own_machine(sqlite_app: Flask, address: str) -> None:
    assert asked(sqlite_app, address) == 200


@pytest.mark.parametrize("address", [AWAY, "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "", "x", None])
def test_it_is_told_to_nobody_else(with_token: Flask, address: str | None) -> None:
    assert asked(with_token, address) == 404 and asked(with_token, address, Authorization=f"Bearer {TOKEN}") == 200


@pytest.mark.parametrize("sent", ["", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", "Bearer", "Bearer ", "Bearer é", "Bearer None"])
def test_another_token_opens_nothing(with_token: Flask, sqlite_app: Flask, sent: str) -> None:
    assert asked(with_token, Authorization=sent) == 404


def test_without_a_token_in_the_settings_none_opens_it(sqlite_app: Flask) -> None:
    assert sqlite_app.config["KOTO"].metrics_token is None
    assert {asked(sqlite_app, Authorization=f"Bearer {sent}") for sent in (TOKEN, "", "None")} == {404}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Forwarded_For": AWAY}, 404), ({"X_Forwarded_For": f"127.0.0.1, {AWAY}"}, 404), ({"X_Forwarded_For": f"{AWAY}, 127.0.0.1"}, 404),
        ({"X_Forwarded_For": "unknown"}, 404), ({"X_Real_IP": AWAY}, 404), ({"Forwarded": f"for={AWAY}"}, 404), ({"X_Forwarded_For": "127.0.0.1"}, 200),
    ],
)  # fmt: skip
def test_what_a_proxy_of_this_machine_brings_from_outside_is_not_of_this_machine(sqlite_app: Flask, headers: dict[str, str], status: int) -> None:
    assert asked(sqlite_app, "127.0.0.1", **headers) == status


def test_behind_a_trusted_proxy_the_address_it_names_decides(tmp_path: Path) -> None:
    app = make_app(tmp_path, settings={"KOTO_TRUSTED_PROXIES": "1", "KOTO_METRICS_TOKEN": TOKEN})
    assert [asked(app, "127.0.0.1", X_Forwarded_For=address) for address in (AWAY, f"127.0.0.1, {AWAY}", "127.0.0.1")] == [404, 404, 200]
    assert asked(app, "127.0.0.1", X_Forwarded_For=AWAY, Authorization=f"Bearer {TOKEN}") == 200 and asked(app, "127.0.0.1") == 200


def test_only_others_are_limited(tmp_path: Path) -> None:
    app = make_app(tmp_path, settings={"KOTO_OPEN_RATE_LIMIT": "2 per minute", "KOTO_METRICS_TOKEN": TOKEN}, RATELIMIT_ENABLED=True)
    assert [asked(app, Authorization=f"Bearer {TOKEN}") for _time in range(3)] == [200, 200, 429]
    assert {asked(app, "127.0.0.1") for _time in range(4)} == {200}


def test_counts_grow_with_each_answer(app: Flask) -> None:
    before, aino = told(app), Browser(app).sign_in("aino")
    aino.get("/clients/list/")
    aino.get("/clients/show/00000000-0000-4000-8000-000000000000")
    aino.get("/no-such-page")
    aino.client.open("/clients/list/", method="BREW")
    after = told(app)
    grown = {key: after[key] - before.get(key, 0) for key in after if key[0] in ("koto_requests_total", "koto_request_duration_seconds_count")}
    assert grown["koto_requests_total", "ClientView.list", "GET", "2xx"] == 1 and grown["koto_requests_total", "ClientView.show", "GET", "4xx"] == 1
    assert grown["koto_requests_total", "none", "GET", "4xx"] == 1 and grown["koto_requests_total", "none", "OTHER", "4xx"] == 1
    assert grown["koto_requests_total", "SignInView.login", "POST", "3xx"] == 1
    assert grown["koto_request_duration_seconds_count", "ClientView.list"] == 1 and after["koto_request_duration_seconds_sum", "ClientView.list"] > 0
    assert grown["koto_requests_total", "metrics.told", "GET", "2xx"] == 1


def test_an_answer_of_a_fault_is_counted(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Any:
        raise RuntimeError("Aino Virtanen")

    monkeypatch.setitem(sqlite_app.view_functions, "health.healthz", fail)
    before = told(sqlite_app).get(("koto_requests_total", "health.healthz", "GET", "5xx"), 0)
    assert sqlite_app.test_client().get("/healthz").status_code == 500
    assert told(sqlite_app)["koto_requests_total", "health.healthz", "GET", "5xx"] == before + 1


def test_no_label_holds_a_key_a_name_or_an_address(app: Flask) -> None:
    aino = Browser(app).sign_in("aino")
    page = aino.get("/clients/list/")
    for key in re.findall(r"/clients/show/([0-9a-f-]{36})", page.text)[:3]:
        aino.get(f"/clients/show/{key}")
    aino.get("/aino/092?name=aino")
    text = app.test_client().get("/metrics").text
    found = {value for family in families(text) for sample in family.samples for value in sample.labels.values()}
    assert {"ClientView.show", "GET", "2xx"} <= found
    assert not [value for value in found if re.search(r"[0-9a-f]{8}-|/|@|aino|\b092\b|Vantaa", value, re.I)]
    names = {name for family in families(text) for sample in family.samples for name in sample.labels}
    assert names <= {"endpoint", "method", "status", "le", "kind", "state"}


def test_nobody_is_looked_up_by_the_cookie_and_nothing_else_than_the_numbers_is_asked(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    with counted_statements(sqlite_app) as statements:
        answer = aino.client.get("/metrics")
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(statements) == 3 and not re.search("audit_event|user_session|ab_user", " ".join(statements))


@pytest.fixture(params=["sqlite", "postgresql"])
def waiting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application, on PostgreSQL of the serving role, with jobs of an organisation and of the system, and letters."""
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.new_database()
        urls = postgres.url("koto_web", database), {"KOTO_OWNER_DATABASE_URL": postgres.url("koto_owner", database)}
        owner = make_app(tmp_path, postgres.url("koto_owner", database))
    else:
        urls, owner = (None, {}), make_app(tmp_path)
    prepare(owner, 20)
    with owner.app_context(), system_scope():
        db.session.execute(delete(Job))
        db.session.execute(delete(OutgoingMail))
        for state, org in (("QUEUED", VANTAA), ("QUEUED", None), ("FAILED", None), ("DONE", None), ("RUNNING", None)):
            db.session.execute(insert(Job).values(id=new_id(), kind="import:commit", subject_id=new_id(), state=state, org_id=org))
        for state in ("QUEUED", "QUEUED", "SENT", "FAILED"):
            db.session.execute(insert(OutgoingMail).values(id=new_id(), kind="test", language="fi", state=state))
        db.session.commit()
    yield make_app(tmp_path, urls[0], urls[1])


def test_it_tells_what_waits_and_how_old_the_figures_are(waiting: Flask) -> None:
    found = told(waiting)
    assert (found["koto_jobs", "import:commit", "waiting"], found["koto_jobs", "import:commit", "failed"]) == (2, 1)
    assert found["koto_jobs", "import:undo", "waiting"] == 0 and found["koto_letters_waiting",] == 2
    assert found["koto_database_up",] == 1 and 0 < now().timestamp() - found["koto_start_time_seconds",] < 600
    assert ("koto_figures_age_seconds",) not in found
    with waiting.app_context(), system_scope():
        moment = now() - timedelta(hours=30)
        with owner_engine().connect() as connection:
            connection.execute(insert(DutyRun).values(name="figures", slot_at=moment, started_at=moment, finished_at=moment, succeeded_at=moment))
            connection.commit()
    assert 30 * 3600 <= told(waiting)["koto_figures_age_seconds",] < 30 * 3600 + 60


def test_without_the_owner_s_address_jobs_are_not_told_rather_than_told_wrongly(postgres_app: Flask) -> None:
    found = told(postgres_app)
    assert not [key for key in found if key[0] == "koto_jobs"] and ("koto_letters_waiting",) in found


def test_the_rest_is_told_while_the_database_is_down(tmp_path: Path) -> None:
    app = make_app(tmp_path, "postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    app.test_client().get("/healthz")
    found = told(app)
    assert found["koto_database_up",] == 0 and found["koto_requests_total", "health.healthz", "GET", "2xx"] == 1 and ("koto_start_time_seconds",) in found
    assert ("koto_letters_waiting",) not in found


def test_the_numbers_of_the_database_are_those_of_the_wiring(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_app.extensions, GAUGES, ())
    assert ("koto_database_up",) in told(sqlite_app) and ("koto_letters_waiting",) not in told(sqlite_app)
