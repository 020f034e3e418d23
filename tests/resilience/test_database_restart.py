"""PostgreSQL stops and comes back: pages say so meanwhile, and the first request after it works."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.web import gunicorn
from tests.support.app import make_app
from tests.support.postgres import Postgres
from tests.support.server import until
from tests.support.site import IN_DOUBT, NOT_SAVED, UNAVAILABLE, Entry, Site, assert_told, saved_again
from tests.support.visitor import Visitor

# Enough requests to reach both workers.
SEVERAL = range(8)


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_the_very_first_request_after_a_restart_works(on_postgres: Site, outage: Postgres, mode: str) -> None:
    visitor = on_postgres.visitor()
    assert {visitor.get("/clients/list/").status for _each in SEVERAL} == {200}
    outage.halt(mode)
    outage.wake()
    assert [visitor.get("/clients/list/").status for _each in SEVERAL] == [200] * len(SEVERAL)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_outage_is_told_in_the_reader_s_language_and_ends_by_itself(on_postgres: Site, outage: Postgres, language: str) -> None:
    visitor = on_postgres.visitor(language)
    outage.halt()
    for path in ("/", "/clients/list/", "/clients/add", "/login/", "/nothing-here"):
        assert_told(visitor.get(path), language)
    program = visitor.get("/api/v1/clients/")
    assert (program.status, program.headers["Content-Type"]) == (503, "application/json")
    assert UNAVAILABLE[language] in json.loads(program.text)["message"]
    assert (visitor.get("/healthz").status, visitor.get("/readyz").status) == (200, 503)
    outage.wake()
    assert (visitor.get("/readyz").status, visitor.get("/clients/list/").status) == (200, 200)


def test_a_server_started_during_an_outage_serves_after_it(on_postgres: Site, outage: Postgres, tmp_path: Path) -> None:
    outage.halt()
    started = make_app(tmp_path, on_postgres.server.settings["KOTO_DATABASE_URL"]).test_client()
    answers = ["/healthz", "/readyz", "/login/"]
    assert [started.get(path).status_code for path in answers] == [200, 503, 503]
    outage.wake()
    assert [started.get(path).status_code for path in answers] == [200] * 3


def test_a_database_host_that_does_not_answer_at_all_is_told_before_the_worker_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app = make_app(tmp_path, f"postgresql+psycopg://koto_web@127.0.0.1:{silent.getsockname()[1]}/koto")
        started = time.monotonic()
        assert app.test_client().get("/login/").status_code == 503
    assert time.monotonic() - started < gunicorn.timeout / 2


def test_a_form_without_its_token_is_refused_with_our_page_during_an_outage(on_postgres: Site, outage: Postgres) -> None:
    visitor = on_postgres.visitor()
    outage.halt()
    refused = visitor.post("/clients/add", family_name="x")
    assert refused.status == 400
    assert '<html lang="fi"' in refused.text


def test_no_password_and_nothing_that_a_foreign_page_sent_is_written_into_the_page(on_postgres: Site, outage: Postgres) -> None:
    visitor, stranger = on_postgres.visitor(), Visitor(on_postgres.server.address)
    hidden = stranger.get("/login/").hidden_fields
    outage.halt()
    for refused in (stranger.post("/login/", **hidden, username="aino", password="salaista"), visitor.post("/nothing-here", name="salaista")):
        assert refused.status == 503
        assert "salaista" not in refused.text
        assert refused.hidden_fields == {}


def test_every_answer_around_a_restart_is_a_page_or_the_told_outage(on_postgres: Site, outage: Postgres) -> None:
    visitors, seen, is_over = [on_postgres.visitor() for _each in range(3)], Counter[int](), threading.Event()

    def read_on(visitor: Visitor) -> None:
        while not is_over.is_set():
            seen[visitor.get("/clients/list/").status] += 1

    readers = [threading.Thread(target=read_on, args=[visitor]) for visitor in visitors]
    for reader in readers:
        reader.start()
    for mode in ("immediate", "fast"):
        before = seen[200], seen[503]
        until(lambda: seen[200] > before[0] + 5)
        outage.halt(mode)
        until(lambda: seen[503] > before[1] + 5)
        outage.wake()
    is_over.set()
    for reader in readers:
        reader.join()
    assert set(seen) == {200, 503}
    assert [visitor.get("/clients/list/").status for visitor in visitors] == [200] * 3


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_was_typed_before_an_outage_is_saved_once_after_it(on_postgres: Site, outage: Postgres, language: str) -> None:
    visitor, before = on_postgres.visitor(language), on_postgres.numbers()
    form = Entry(visitor)
    outage.halt()
    refused = form.save("Kirjoitettu <katkon> aikana")
    assert_told(refused, language)
    assert NOT_SAVED[language] in refused.text
    assert "/lang/" not in refused.text, "a link that leaves the page would lose what was typed"
    refused = saved_again(visitor, refused)
    assert_told(refused, language)
    outage.wake()
    assert on_postgres.numbers() == before
    kept = saved_again(visitor, refused)
    assert kept.status == 303
    assert on_postgres.numbers() == {name: count + 1 for name, count in before.items()}
    assert "Kirjoitettu &lt;katkon&gt; aikana" in visitor.get(kept.headers["Location"]).text


def test_a_change_that_a_crash_interrupts_is_not_half_saved(on_postgres: Site, outage: Postgres) -> None:
    visitor, before = on_postgres.visitor(), on_postgres.numbers()
    with on_postgres.entry_being_saved(visitor, "Kesken jäänyt") as (request, _port):
        outage.halt("immediate")
        refused = request.result(10)
    assert_told(refused, "fi")
    assert NOT_SAVED["fi"] in refused.text
    outage.wake()
    assert on_postgres.numbers() == before
    assert saved_again(visitor, refused).status == 303
    assert on_postgres.numbers() == {name: count + 1 for name, count in before.items()}


@pytest.fixture
def slow_commits(outage: Postgres) -> Iterator[Postgres]:
    """A PostgreSQL that keeps a change, then waits for a standby that does not exist before it says so."""
    with outage.admin() as admin:
        admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        admin.execute("SELECT pg_reload_conf()")
    yield outage
    with outage.admin() as admin:
        admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
        admin.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_change_that_may_have_been_saved_is_not_told_as_unsaved(
    on_postgres: Site, request: pytest.FixtureRequest, language: str
) -> None:
    form, before = Entry(on_postgres.visitor(language)), on_postgres.numbers()
    database: Postgres = request.getfixturevalue("slow_commits")
    with ThreadPoolExecutor(1) as pool:
        saving = pool.submit(form.save, "Epävarma")
        on_postgres.waiting_port()
        database.halt("immediate")
        refused = saving.result(10)
    database.wake()
    assert on_postgres.numbers() == {name: count + 1 for name, count in before.items()}
    assert_told(refused, language)
    assert IN_DOUBT[language] in refused.text
    assert NOT_SAVED[language] not in refused.text
