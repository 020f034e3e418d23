"""The report of a quarter as a PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from app.core.pdf import tagged_pdf
from app.reports.areas import Level
from app.reports.figures import Question, Viewer
from app.reports.out.events import criteria_of
from app.reports.paper.content import Report, report_of
from app.reports.periods import Length, Period, UnknownPeriodError, period_named
from app.web.language import speaking


@cache
def _css() -> str:
    return (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def quarterly(session: Session, viewer: Viewer, level: Level, area: str, period: Period, language: str) -> bytes:
    """Give the report of an area in fi or sv. Raises NotForViewerError.

    No transaction should be open meanwhile that others wait for: the first report of a process takes seconds.
    """
    with speaking(language):
        return tagged_pdf(report_html(report_of(session, viewer, level, area, period, language), language), _css())


def report_html(report: Report, language: str) -> str:
    """Give the page from which the PDF is made; nothing in it points outside itself."""
    # A command has no request, from which the values of every page are taken; the document needs none of them.
    document = current_app.jinja_env.get_template("koto/reports/paper.html")
    return document.render(report=report, language=language)


def quarter_named(name: str) -> Period:
    """Read `2026Q3`. Raises UnknownPeriodError for what is no quarter."""
    found = period_named(name)
    if found.length is not Length.QUARTER:
        raise UnknownPeriodError(name)
    return found


def printed(level: Level, area: str, period: Period, purpose: str) -> list[str]:
    """Give what the event `report:exported` holds of a printed report."""
    return criteria_of(Question("QUARTERLY", level, (period.id,), area), "pdf", purpose)
