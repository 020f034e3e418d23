"""Drawings that are kept: read with the page's session, written by one of their own once the page is made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import structlog
from flask import Response, after_this_request, has_request_context
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.types import now
from app.reports.charts.models import ReportChart

# About 20 kB each.
MOST_KEPT = 3000

log = structlog.get_logger()


class Drawing(NamedTuple):
    """What is kept: the drawing in both its sizes, what is heard in its place, and what it finds."""

    svg: str
    alt: str
    finding: str


def kept(session: Session, digests: Collection[str]) -> dict[str, Drawing]:
    """Give the drawings that are kept, by their digest, from one statement."""
    row = ReportChart
    wanted = select(row.digest, row.svg, row.alt, row.finding).where(row.digest.in_(sorted(set(digests))))
    return {digest: Drawing(*rest) for digest, *rest in session.connection().execute(wanted).all()}


def keep(session: Session, made: Mapping[str, Drawing]) -> None:
    """Keep drawings: within a request after its page is made, since the page's own transaction may hold the only right to write."""
    if not made:
        return
    engine = session.get_bind().engine
    if not has_request_context():
        _write(engine, made)
        return

    @after_this_request
    def write(response: Response) -> Response:
        _write(engine, made)
        return response


def _write(engine: Engine, made: Mapping[str, Drawing]) -> None:
    """Write what nobody else has written meanwhile, and take the oldest away; a drawing that cannot be kept is drawn again."""
    try:
        with Session(engine) as session:
            there = kept(session, made)
            rows = [{"digest": digest, **drawing._asdict(), "drawn_at": now()} for digest, drawing in made.items() if digest not in there]
            if rows:
                session.execute(insert(ReportChart), rows)
                sweep(session)
                session.commit()
    except DBAPIError as fault:
        log.warning("charts not kept", charts=len(made), fault=type(fault).__name__)


def sweep(session: Session, most: int = MOST_KEPT) -> None:
    """Take away all but the latest drawings."""
    oldest = session.scalar(select(ReportChart.drawn_at).order_by(ReportChart.drawn_at.desc()).offset(most - 1).limit(1))
    if oldest is not None:
        session.execute(delete(ReportChart).where(ReportChart.drawn_at < oldest))
