"""What the row scope costs with a million clients on PostgreSQL: `python -m bench.membership`.

Times the page of clients, the capped count and one client by key, as the serving role with loader criteria and row-level
security, against keys read bare by the owner of the tables; prints the plan of what is slower than `SLOW_MS`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import sqlalchemy
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, event, func, select, text

from app.access.actor import Scope, acting_scope, system_scope
from app.access.wall import arm
from app.clients.models import Client
from app.db.base import db
from app.organisations.load import load_organisations
from app.organisations.models import organisation_key
from app.web.interface import COUNT_CAP
from tests.support.app import MIGRATIONS, make_app
from tests.support.postgres import Postgres

CLIENTS, RUNS, WARM_UP, SLOW_MS = 1_000_000, 30, 12, 50.0
SIZES = {"092": 20_000, "638": 2_000}  # the other municipalities share the rest evenly

_FILL = """
WITH rest AS (SELECT array_agg(id ORDER BY code) AS ids FROM organisation WHERE kind = :kind AND code NOT IN ('092', '638')),
made AS (
    SELECT n, md5(n::text) AS mark, CASE WHEN n % :each_large = 0 THEN :large WHEN n % :each_small = 1 THEN :small
        ELSE ids[1 + n % cardinality(ids)] END AS org FROM generate_series(1, :clients) n, rest)
INSERT INTO client (id, no_identity_code_reason, family_name, given_names, search_name, birth_date, citizenship, mother_tongue,
    service_language, interpreter_needed, non_disclosure, home_municipality_id, status, employment_status, trafficking_victim,
    relationship_started, created_at, changed_at, version, org_id)
SELECT gen_random_uuid()::text, 'PENDING', left(mark, 8), right(mark, 8), left(mark, 8) || ' ' || right(mark, 8),
    DATE '1950-01-01' + (n * 7 % 25000)::int, 'UA', 'uk', 'fi', false, false, org, 'INTAKE', 'NOT_JOBSEEKER', false,
    DATE '2025-01-01' + (n % 500)::int, now(), now(), 1, org FROM made"""
_FILL_MEMBERSHIPS = """
INSERT INTO client_membership (id, organisation_id, client_id, is_owner, purpose, valid_from)
SELECT gen_random_uuid()::text, org_id, id, true, 'CONTROLLER', relationship_started - 500 FROM client"""
_BARE_PAGE = text("SELECT id FROM client WHERE org_id = :org ORDER BY search_name, id LIMIT 26")
_BARE_COUNT = text("SELECT count(*) FROM (SELECT id FROM client WHERE org_id = :org LIMIT :cap) AS c").bindparams(cap=COUNT_CAP + 1)
_BARE_ONE = text("SELECT id FROM client WHERE id = :id")


@contextmanager
def filled_server(folder: Path, clients: int = CLIENTS) -> Iterator[tuple[Flask, Flask]]:
    """Give applications of the owner and of the serving role over a migrated database with every client in it."""
    server = Postgres()
    server.start()
    try:
        name = server.new_database()
        owner, web = (make_app(folder, server.url(role, name)) for role in ("koto_owner", "koto_web"))
        with owner.app_context(), system_scope():
            upgrade(directory=MIGRATIONS)
            load_organisations(db.session)
            keys = {"large": organisation_key("MUNICIPALITY", "092"), "small": organisation_key("MUNICIPALITY", "638")}
            every = {"each_large": clients // SIZES["092"], "each_small": clients // SIZES["638"]}
            db.session.execute(text(_FILL), {"kind": "MUNICIPALITY", "clients": clients, **keys, **every})
            db.session.execute(text(_FILL_MEMBERSHIPS))
            db.session.commit()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE client, client_membership, organisation"))
        yield owner, web
    finally:
        server.stop()


def read(query: Any, values: dict[str, Any] | None = None) -> list[Any]:
    """Run a statement in the session of the application in force."""
    return list(db.session.execute(query, values).scalars())


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Give the median and the longest time of `RUNS` runs in milliseconds, after enough runs for a prepared plan."""
    times = []
    for _ in range(WARM_UP + RUNS):
        db.session.expunge_all()
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times[WARM_UP:]), max(times)


def plan_of(work: Callable[[], Any], connection: Connection) -> str:
    """Give the plan of the one statement that `work` sends."""
    sent: list[tuple[str, Any]] = []
    event.listen(connection, "before_cursor_execute", lambda *sending: sent.append(sending[2:4]))
    work()
    statement, parameters = sent[0]
    return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters))


def measured(owner: Flask, web: Flask, code: str) -> list[tuple[str, tuple[float, float], str]]:
    """Time each read bare and scoped for one organisation: name, times, and the name of its floor."""
    org, other = (organisation_key("MUNICIPALITY", each) for each in (code, "638" if code == "092" else "092"))
    with owner.app_context(), system_scope():
        own, foreign = (read(_BARE_PAGE, {"org": key})[0] for key in (org, other))
        floors = (("bare page", _BARE_PAGE, {"org": org}), ("bare count", _BARE_COUNT, {"org": org}), ("bare one", _BARE_ONE, {"id": own}))
        found = [(name, timed(partial(read, query, values)), "") for name, query, values in floors]
        db.session.rollback()
    capped = select(Client.id).limit(COUNT_CAP + 1).subquery()
    reads: list[tuple[str, Any, int, str]] = [
        ("scoped page", select(Client).order_by(Client.search_name, Client.id).limit(26), 26, "bare page"),
        ("scoped count", select(func.count()).select_from(capped), 1, "bare count"),
        ("one client, own", select(Client).where(Client.id == own), 1, "bare one"),
        ("one client, foreign", select(Client).where(Client.id == foreign), 0, "bare one"),
    ]
    with web.app_context(), acting_scope(Scope(org)):
        arm(db.session)
        for name, query, rows, floor in reads:
            work = partial(read, query)
            if len(work()) != rows:
                raise AssertionError(f"{name}: not the rows expected")
            found.append((name, timed(work), floor))
            if found[-1][1][0] > SLOW_MS:
                print(f"slow: {name}, {code}\n{plan_of(work, db.session.connection())}\n", file=sys.stderr)
        db.session.rollback()
    return found


def main() -> None:
    """Fill, measure and print the table."""
    with tempfile.TemporaryDirectory() as folder, filled_server(Path(folder)) as (owner, web):
        with owner.app_context():
            version = read(text("SHOW server_version"))[0]
        print(f"{date.today()}, PostgreSQL {version}, SQLAlchemy {sqlalchemy.__version__}, {CLIENTS} clients, median of {RUNS} runs\n")
        print("| clients | read | median ms | longest ms | times its floor |\n|---|---|---|---|---|")
        for code, size in SIZES.items():
            rows = measured(owner, web, code)
            floors = {name: times[0] for name, times, _floor in rows}
            for name, (middle, longest), floor in rows:
                ratio = f"{middle / floors[floor]:.1f}" if floor else "1"
                print(f"| {size} | {name} | {middle:.2f} | {longest:.2f} | {ratio} |")


if __name__ == "__main__":
    main()
