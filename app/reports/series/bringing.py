"""Bring a file of another register in: all of it or nothing, in place of what was there of the same indicators and periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import now
from app.reports.models import ReportSeries
from app.reports.series.checking import Checked, check
from app.reports.series.delimited import read_table
from app.reports.series.json_stat import read_dataset
from app.reports.series.rows import MOST_BYTES, Finding, Row, UnreadableError

LONGEST_SOURCE = 200
_COLUMNS = ("indicator", "period_id", "level", "area", "dimension", "value")


@dataclass(frozen=True)
class Brought:
    """What came of a file; with findings nothing was brought."""

    figures: int
    left_out: int
    findings: tuple[Finding, ...]


def bring_series(session: Session, content: bytes, source: str, **beside: str) -> Brought:
    """Check a file and write its figures with their source and an event, and commit; `beside` are cells that every row lacks."""
    found = checked(content, source, **beside)
    if found.findings:
        return Brought(0, 0, tuple(found.findings))
    _replace(session, found, source.strip())
    session.commit()
    return Brought(len(found.cells), found.left_out, ())


def checked(content: bytes, source: str, **beside: str) -> Checked:
    """Give what a file would bring, or what stops it; writes nothing."""
    try:
        found = check(_filled(_read(content), beside))
    except UnreadableError as error:
        found = Checked(findings=[error.finding])
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        found.findings.insert(0, Finding("SOURCE", column="source"))
    return found


def _read(content: bytes) -> Iterator[Row]:
    if len(content) > MOST_BYTES:
        raise UnreadableError("TOO_LARGE", most=str(MOST_BYTES // 1_000_000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("NOT_TEXT") from error
    return read_dataset(text) if text.lstrip().startswith("{") else read_table(text)


def _filled(rows: Iterable[Row], beside: dict[str, str]) -> Iterator[Row]:
    given = {column: cell for column, cell in beside.items() if cell}
    for row in rows:
        yield Row(row.number, {**given, **{column: cell for column, cell in row.cells.items() if cell or column not in given}})


def _replace(session: Session, found: Checked, source: str) -> None:
    periods: dict[str, set[str]] = {}
    for indicator, period, *_rest in found.cells:
        periods.setdefault(indicator, set()).add(period)
    for indicator, names in periods.items():
        session.execute(delete(ReportSeries).where(ReportSeries.indicator == indicator, ReportSeries.period_id.in_(sorted(names))))
    moment = now()
    rows: list[dict[str, Any]] = [
        {**dict(zip(_COLUMNS, key, strict=True)), "figure": figure, "source": source, "brought_in_at": moment}
        for key, figure in found.cells.items()
    ]
    if rows:
        session.execute(insert(ReportSeries), rows)
    for indicator, names in sorted(periods.items()):
        hits = sum(key[0] == indicator for key in found.cells)
        record_event(
            session, "report_series:brought_in", criteria=[f"indicator:{indicator}", *(f"period:{name}" for name in names)], hits=hits, purpose="STATISTICS"
        )


def withdraw(session: Session, indicator: str, period: str) -> int:
    """Take the figures of an indicator and a period away with an event, and commit; gives how many, 0 where there were none."""
    row = ReportSeries
    gone = session.execute(delete(row).where(row.indicator == indicator, row.period_id == period)).rowcount  # type: ignore[attr-defined]
    if gone:
        record_event(session, "report_series:withdrawn", criteria=[f"indicator:{indicator}", f"period:{period}"], hits=gone, purpose="STATISTICS")
        session.commit()
    return int(gone)
