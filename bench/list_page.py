"""What our list page costs beside a bare one on PostgreSQL: `python -m bench.list_page [CLIENTS]`, 100,000 unless told otherwise.

The bare page is Flask, SQLAlchemy and Jinja with keyset paging over the same rows: no person, no rights, no scope but a
condition, one language, no event. Both are asked in turn in the same run, so that only their ratio matters.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import Date, String, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import load_accounts
from app.organisations.models import organisation_key
from app.users.sync import sync_security
from bench.membership import filled_server
from tests.support.app import Browser, counted_statements

RUNS, WARM_UP, MOST = 200, 40, 3.0
VANTAA = organisation_key("MUNICIPALITY", "092")
_TEMPLATE = """<!DOCTYPE html><html lang="fi"><head><title>Asiakkaat</title></head><body><h1>Asiakkaat</h1><p>{{ count }}</p>
<table><thead><tr><th>Nimi</th><th>Syntymäaika</th><th>Kieli</th><th>Vaihe</th></tr></thead><tbody>
{% for row in rows %}<tr><th><a href="/clients/{{ row.id }}">{{ row.family_name }}, {{ row.given_names }}</a></th><td>{{ row.birth_date }}</td>
<td>{{ row.service_language }}</td><td>{{ row.status }}</td></tr>{% endfor %}</tbody></table>
{% if rows %}<a href="?after={{ rows[-1].id }}">Seuraava</a>{% endif %}</body></html>"""


class _Base(DeclarativeBase):
    pass


class BareClient(_Base):
    """The columns a list shows, without anything of ours on them."""

    __tablename__ = "client"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    org_id: Mapped[str] = mapped_column(String)
    family_name: Mapped[str] = mapped_column(String)
    given_names: Mapped[str] = mapped_column(String)
    search_name: Mapped[str] = mapped_column(String)
    birth_date: Mapped[date] = mapped_column(Date)
    service_language: Mapped[str] = mapped_column(String)
    status: Mapped[str] = mapped_column(String)


def bare_app(url: str) -> Flask:
    """Give the floor: one route, two statements."""
    app, engine = Flask("bare"), create_engine(url)

    @app.get("/clients")
    def clients() -> str:
        own = select(BareClient).where(BareClient.org_id == VANTAA)
        with Session(engine) as session:
            capped = select(BareClient.id).where(BareClient.org_id == VANTAA).limit(1001).subquery()
            count = session.scalar(select(func.count()).select_from(capped))
            rows = list(session.scalars(own.order_by(BareClient.search_name, BareClient.id).limit(26)))[:25]
            return render_template_string(_TEMPLATE, rows=rows, count=count)

    return app


def timed(*pages: Callable[[], Any], runs: int = RUNS) -> list[tuple[float, float]]:
    """Ask the pages in turn; gives the median and the 95th percentile of each in milliseconds."""
    times: list[list[float]] = [[] for _page in pages]
    for _run in range(WARM_UP + runs):
        for page, found in zip(pages, times, strict=True):
            start = perf_counter()
            page()
            found.append((perf_counter() - start) * 1000)
    return [(median(found[WARM_UP:]), sorted(found[WARM_UP:])[int(runs * 0.95)]) for found in times]


def main(clients: int = 100_000) -> int:
    """Fill, ask both pages in turn, print; 1 when ours costs more than `MOST` times the bare one."""
    with tempfile.TemporaryDirectory() as folder, filled_server(Path(folder), clients) as (owner, web):
        with owner.app_context(), system_scope():
            sync_security(owner)
            load_accounts(db.session)
        floor = bare_app(owner.config["SQLALCHEMY_DATABASE_URI"]).test_client()
        aino = Browser(web).sign_in("aino")
        if floor.get("/clients").text.count("<tr>") != aino.get("/clients/list/").text.count('name="rowid"') + 1:
            raise AssertionError("the two pages do not show the same rows")
        with counted_statements(web) as statements:
            aino.get("/clients/list/")
        # As the service does after its start (`app/web/gunicorn.py`).
        gc.collect()
        gc.freeze()
        (bare, bare_95), (ours, ours_95) = timed(lambda: floor.get("/clients"), lambda: aino.get("/clients/list/"))
    print(f"{date.today()}, {clients} clients, 20,000 of the reader's organisation, median and 95th percentile of {RUNS} runs in turn\n")
    print("| page | statements | median ms | p95 ms | times the bare page |\n|---|---|---|---|---|")
    print(f"| bare | 2 | {bare:.1f} | {bare_95:.1f} | 1 |")
    print(f"| ours | {len(statements)} | {ours:.1f} | {ours_95:.1f} | {ours / bare:.1f} |")
    return int(ours / bare > MOST)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
