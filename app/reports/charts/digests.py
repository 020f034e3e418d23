"""What tells one kept drawing from another: a digest of everything that is shown, and of the release that draws and words it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.codes.edition import current_edition
from app.reports.areas import kind_on
from app.reports.charts.picture import Picture
from app.reports.figures import Table

_APP = Path(__file__).parents[2]
# What draws, what words, and what names areas and values.
_SOURCES = ((_APP / "reports", "*.py"), (_APP / "codes", "*.py"), (_APP / "codes", "*.csv"), (_APP.parent / "translations", "*.mo"))


def digest_of(picture: Picture) -> str:
    """Give the digest of a picture."""
    return _digest(repr(picture))


def digest_of_table(table: Table, language: str, own: str | None) -> str:
    """Give the digest of a table's picture, without putting the picture together."""
    question, indicator = table.question, table.indicator
    figures = [
        (one.area, one.period, one.values, one.is_hidden, one.numerator, one.denominator, one.median, one.ninth, one.mean, one.value) for one in table.figures
    ]
    return _digest(repr((
        figures, question, kind_on(question.level, question.areas_on), question.areas_on, sorted(table.open_periods), sorted(table.definitions.items()),
        indicator.text("name", language), indicator.measure, indicator.unit, indicator.direction, language, own, current_edition().number,
    )))  # fmt: skip


def _digest(shown: str) -> str:
    return hashlib.sha256(_release() + shown.encode()).hexdigest()


@cache
def _release() -> bytes:
    here = hashlib.sha256()
    for path in _files():
        here.update(path.read_bytes())
    return here.digest()


def _files() -> Iterator[Path]:
    for folder, names in _SOURCES:
        yield from sorted(folder.rglob(names))
