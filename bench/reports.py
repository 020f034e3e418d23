"""What figures cost on PostgreSQL: `python -m bench.reports [CLIENTS]`.

The night's snapshot of what runs and an increment after a day's changes, against one read of the client table from end to end; and a
question at the gate over all municipalities, against the bare statement for the same facts.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.reports.areas import Level
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Question, Viewer, figures
from app.reports.models import ReportFact
from app.reports.periods import Length, period_of
from app.reports.snapshot.closing import close
from app.reports.snapshot.digest import digests
from app.reports.snapshot.night import open_periods
from app.reports.snapshot.run import snapshot
from bench.membership import filled_server

CLIENTS, CHANGED, RUNS, WARM_UP = 100_000, 10, 30, 5
_SCAN = text("SELECT count(*), sum(length(client::text)) FROM client")


def seconds(work: Callable[[], Any]) -> float:
    """Give how long a piece of work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def middle(work: Callable[[], Any]) -> float:
    """Give the median of some runs in seconds, after a few that do not count."""
    return median([seconds(work) for _run in range(WARM_UP + RUNS)][WARM_UP:])


def change_some(session: Session) -> None:
    """Change one client in each of some municipalities, as a day in a small part of the country would."""
    keys = session.scalars(select(func.min(Client.id)).group_by(Client.org_id).order_by(Client.org_id).limit(CHANGED)).all()
    session.execute(update(Client).where(Client.id.in_(keys)).values(gender="1").execution_options(synchronize_session=False))
    session.commit()


def written(session: Session, today: date) -> list[tuple[str, float]]:
    """Time the snapshots."""
    periods = open_periods(session, today, 15)
    rows = [("read of every client", middle(lambda: session.execute(_SCAN).all())), ("digest of all records", middle(lambda: digests(session)))]
    rows.append((f"the night: {' '.join(period.id for period in periods)}", seconds(lambda: snapshot(session, periods, today))))
    change_some(session)
    rows.append((f"increment, {CHANGED} municipalities changed", seconds(lambda: snapshot(session, periods, today))))
    rows.append(("increment, nothing changed", seconds(lambda: snapshot(session, periods, today))))
    return rows


def asked(session: Session, today: date) -> list[tuple[str, float]]:
    """Time a question of the national agency over all municipalities, and the bare statement."""
    period = period_of(today, Length.QUARTER).previous
    snapshot(session, period, today)
    close(session, period, today)
    session.commit()
    fact, viewer = ReportFact, Viewer(Audience.NATIONAL)
    bare = select(fact.organisation_id, fact.value, fact.numerator).where(fact.indicator == "I01", fact.period_id == period.id, fact.dimension == "AGE_GROUP")
    question = Question("I01", Level.MUNICIPALITY, (period.id,), by=("AGE_GROUP",))
    return [
        ("bare statement", middle(lambda: session.execute(bare).all())),
        ("a question at the gate", middle(lambda: figures(session, viewer, question))),
    ]


def main() -> None:
    """Fill, measure and print the table."""
    clients, today = int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS, date.today()
    with tempfile.TemporaryDirectory() as folder, filled_server(Path(folder), clients) as (owner, _web), owner.app_context(), system_scope():
        session: Any = db.session
        tables = [written(session, today), asked(session, today)]
    print(f"{today}, {clients} clients\n\n| what | seconds | times the first |\n|---|---|---|")
    for rows in tables:
        for name, took in rows:
            print(f"| {name} | {took:.3f} | {took / rows[0][1]:.1f} |")


if __name__ == "__main__":
    main()
