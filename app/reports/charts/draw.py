"""The chart of a table and what it says: drawn once for all who see the same, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.reports.charts.drawing import digest_of, drawn
from app.reports.charts.kept import keep, kept
from app.reports.charts.picture import Picture, picture_of
from app.reports.figures import Table
from app.web.language import speaking


@dataclass(frozen=True)
class Chart:
    """A chart for a page or a document; `svg` is empty where there is nothing to compare, and `alt` is heard in its place."""

    svg: Markup
    alt: str
    finding: str


def chart_of(session: Session, table: Table, language: str, own: str | None = None) -> Chart:
    """Give the chart of a table that the gate gave; `own` is the code of the reader's own area, marked among others."""
    return charts_of(session, [table], language, own)[0]


def charts_of(session: Session, tables: Sequence[Table], language: str, own: str | None = None) -> list[Chart]:
    """Give the charts of many tables in their order; one statement reads all that are kept."""
    with speaking(language):
        pictures = [picture_of(table, language, own) for table in tables]
    return drawn_pictures(session, pictures)


def drawn_pictures(session: Session, pictures: Sequence[Picture]) -> list[Chart]:
    """Give pictures as they are drawn, in their order; one statement reads all that are kept."""
    digests = [digest_of(picture) for picture in pictures]
    found = kept(session, digests)
    made = {digest: drawn(picture) for digest, picture in zip(digests, pictures, strict=True) if digest not in found}
    keep(session, {digest: svg for digest, svg in made.items() if svg})
    # What is drawn here holds no text as markup: `cleaned` writes each element itself.
    return [
        Chart(Markup({**found, **made}[digest]), picture.alt, picture.finding)  # noqa: S704
        for digest, picture in zip(digests, pictures, strict=True)
    ]
