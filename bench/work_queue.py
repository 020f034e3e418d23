"""What a page of the work queue costs beside the list of clients: a team of 20,000 clients in 100,000, on PostgreSQL: `python -m bench.work_queue`.

Each client has three obligations, one of them late for every tenth; a worker has 400 clients. The list of clients is asked in turn in
the same run, so that only the ratio matters.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from datetime import date
from pathlib import Path

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, text

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import load_accounts
from app.organisations.models import organisation_key
from app.users.sync import sync_security
from bench.list_page import timed
from bench.membership import filled_server
from tests.support.app import Browser, counted_statements

CLIENTS, MOST_STATEMENTS = 100_000, 8
_WORKERS = """
UPDATE client SET responsible_worker_id = :worker
WHERE id IN (SELECT id FROM client WHERE org_id = :org ORDER BY id LIMIT 400)"""
_FILL = """
INSERT INTO client_obligation (id, client_id, org_id, worker_id, rule, kind, state, due_on, owner, section, start_type, start_on, in_queue, reasons, derived_on)
SELECT gen_random_uuid()::text, c.id, c.org_id, c.responsible_worker_id, r.rule, r.kind, 'OPEN',
    CURRENT_DATE + (('x' || left(md5(c.id || r.rule), 6))::bit(24)::int % 300) - 30, 'CASEWORKER_MUNICIPALITY', '681/2023', r.start,
    CURRENT_DATE - 100, true, '[]', CURRENT_DATE
FROM client c, (VALUES ('R02', 'SOFT', 'PERSON_KNOWN'), ('R06', 'HARD', 'PLAN_DRAWN_UP'), ('R07', 'HARD', 'PLAN_DRAWN_UP')) AS r (rule, kind, start)"""


def main() -> int:
    """Fill, ask the pages in turn, print; 1 when a page sends more than `MOST_STATEMENTS` statements."""
    with tempfile.TemporaryDirectory() as folder, filled_server(Path(folder), CLIENTS) as (owner, web):
        with owner.app_context(), system_scope():
            sync_security(owner)
            load_accounts(db.session)
            worker = db.session.scalar(select(User.id).where(User.username == "aino"))
            db.session.execute(text(_WORKERS), {"worker": worker, "org": organisation_key("MUNICIPALITY", "092")})
            db.session.execute(text(_FILL))
            db.session.commit()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE client, client_obligation"))
        aino = Browser(web).sign_in("aino")
        pages = {
            "clients": "/clients/list/",
            "queue of the team": "/work-queue/list/",
            "queue of a worker": "/work-queue/list/?f.worker_id=me",
        }
        statements = {}
        for name, address in pages.items():
            if aino.get(address).status_code != 200:
                raise AssertionError(name)
            with counted_statements(web) as found:
                aino.get(address)
            statements[name] = len(found)
        gc.collect()
        gc.freeze()
        times = timed(*(lambda address=address: aino.get(address) for address in pages.values()))  # type: ignore[misc]
    print(f"{date.today()}, {CLIENTS} clients, 20,000 of the team, three obligations each, median and 95th percentile of runs in turn\n")
    print("| page | statements | median ms | p95 ms | times the list of clients |\n|---|---|---|---|---|")
    for name, (middle, high) in zip(pages, times, strict=True):
        print(f"| {name} | {statements[name]} | {middle:.1f} | {high:.1f} | {middle / times[0][0]:.1f} |")
    return int(max(statements.values()) > MOST_STATEMENTS)


if __name__ == "__main__":
    sys.exit(main())
