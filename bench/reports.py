"""What figures cost on PostgreSQL: `python -m bench.reports [CLIENTS]`.

The night's snapshot of what runs and an increment after a day's changes, against one read of the client table from end to end and of all
records; closing a quarter; and pages of figures against bare ones that run the same statements for facts (`bench.report_pages`).
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import func, literal_column, select, text, update
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.reports.models import ReportFact, ReportHidden
from app.reports.periods import Length, period_of
from app.reports.snapshot.closing import close
from app.reports.snapshot.digest import counted_tables, digests
from app.reports.snapshot.night import open_periods
from app.reports.snapshot.run import snapshot
from bench.country import country
from bench.report_pages import pages

CLIENTS, CHANGED, RUNS = 1_000_000, 10, 3
_SCAN = text("SELECT count(*), sum(length(client::text)) FROM client")


def seconds(work: Callable[[], Any]) -> float:
    """Give how long a piece of work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def middle(work: Callable[[], Any]) -> float:
    """Give the median of some runs in seconds."""
    return median(seconds(work) for _run in range(RUNS))


def read_all(session: Session) -> None:
    """Read every record that figures may rest on, from end to end."""
    for table in {table.name: table for table, _owner in counted_tables()}.values():
        whole = func.sum(func.length(literal_column(f"{table.name}::text")))
        session.execute(select(func.count(), whole).select_from(table)).all()


def change_some(session: Session, *, largest: bool) -> None:
    """Change one client in each of some municipalities: those with the fewest clients, or with the most."""
    many = func.count().desc() if largest else func.count()
    keys = session.scalars(select(func.min(Client.id)).group_by(Client.org_id).order_by(many, Client.org_id).limit(CHANGED)).all()
    session.execute(update(Client).where(Client.id.in_(keys)).values(version=Client.version + 1).execution_options(synchronize_session=False))
    session.commit()


def written(session: Session, today: date) -> Iterator[tuple[str, float]]:
    """Time the snapshots of what runs."""
    periods = open_periods(session, today, 15)
    yield "read of every client", middle(lambda: session.execute(_SCAN).all())
    yield "read of every record", middle(lambda: read_all(session))
    yield "digest of every record", seconds(lambda: digests(session))
    yield f"the night: {', '.join(period.id for period in periods)}", seconds(lambda: snapshot(session, periods, today))
    for largest in (False, True):
        change_some(session, largest=largest)
        name = f"increment, a client changed in the {CHANGED} {'largest' if largest else 'smallest'} municipalities"
        yield name, seconds(lambda: snapshot(session, periods, today))
    yield "increment, nothing changed", seconds(lambda: snapshot(session, periods, today))


def closed(session: Session, today: date) -> Iterator[tuple[str, float]]:
    """Time the last quarter that is over: its facts, and what others may see of them."""
    last = period_of(today, Length.QUARTER).previous
    yield f"the facts of {last.id}", seconds(lambda: snapshot(session, last, today))
    yield f"closing {last.id}", seconds(lambda: close(session, last, today))
    session.commit()


def main() -> int:
    """Fill, measure and print; 1 when a page takes more statements or time than it may."""
    clients, today = int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS, date.today()
    with tempfile.TemporaryDirectory() as folder, country(Path(folder), clients) as (owner, web):
        print(f"{today}, {clients} clients\n\n| what | seconds | times the first |\n|---|---|---|", flush=True)
        with owner.app_context(), system_scope():
            session: Any = db.session
            first = 0.0
            for name, took in chain(written(session, today), closed(session, today)):
                first = first or took
                print(f"| {name} | {took:.3f} | {took / first:.1f} |", flush=True)
            facts, hidden = (session.scalar(select(func.count()).select_from(one)) for one in (ReportFact, ReportHidden))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"\n{facts} facts, {hidden} cells hidden, at most {most} MB of memory\n")
        lines, keeps = pages(web)
    print("| page | statements | bare ms | ours ms | ours p95 ms | times the bare page |\n|---|---|---|---|---|---|", *lines, sep="\n")
    return int(not keeps)


if __name__ == "__main__":
    sys.exit(main())
