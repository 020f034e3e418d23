"""The chart of a table and what it says: drawn once for all who see the same, and kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.reports.charts.digests import digest_of, digest_of_table
from app.reports.charts.drawing import drawn
from app.reports.charts.kept import Drawing, keep, kept
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
    """Give the charts of many tables in their order; one statement reads all that are kept, and only the others are put together."""
    # Where there is nothing to draw of many figures, their words are kept all the same: they take as long to find.
    digests = [digest_of_table(table, language, own) for table in tables]
    worth = {digest for digest, table in zip(digests, tables, strict=True) if len(table.figures) > 1}
    return _charts(session, [(digest, partial(_picture, table, language, own)) for digest, table in zip(digests, tables, strict=True)], worth)


def drawn_pictures(session: Session, pictures: Sequence[Picture]) -> list[Chart]:
    """Give pictures as they are drawn, in their order; one statement reads all that are kept."""
    return _charts(session, [(digest_of(picture), partial(_drawing, picture)) for picture in pictures])


def _picture(table: Table, language: str, own: str | None) -> Drawing:
    with speaking(language):
        return _drawing(picture_of(table, language, own))


def _drawing(picture: Picture) -> Drawing:
    return Drawing(drawn(picture), picture.alt, picture.finding)


def _charts(session: Session, wanted: Sequence[tuple[str, Callable[[], Drawing]]], worth: Collection[str] = ()) -> list[Chart]:
    found = kept(session, [digest for digest, _draw in wanted])
    made = {digest: draw() for digest, draw in wanted if digest not in found}
    keep(session, {digest: drawing for digest, drawing in made.items() if drawing.svg or digest in worth})
    # What is drawn here holds no text as markup: `cleaned` writes each element itself.
    return [Chart(Markup(one.svg), one.alt, one.finding) for one in ({**found, **made}[digest] for digest, _draw in wanted)]  # noqa: S704
