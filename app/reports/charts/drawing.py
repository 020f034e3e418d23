"""A picture drawn by Vega-Lite within this process, without the network."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import vl_convert

from app.reports.charts.picture import Picture
from app.reports.charts.reading import Kind
from app.reports.charts.specs import specification
from app.reports.charts.svg import cleaned


@cache
def _way_of_drawing() -> bytes:
    """Give what changes when pictures are drawn in another way, so that a new release keeps none of the old ones."""
    here = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        here.update(path.read_bytes())
    return here.digest()


def digest_of(picture: Picture) -> str:
    """Give the digest of everything that a picture shows and of how it is drawn."""
    return hashlib.sha256(_way_of_drawing() + repr(picture).encode()).hexdigest()


def drawn(picture: Picture) -> str:
    """Give the picture for a wide column and for a telephone; the page's style sheet shows one of them. Nothing for a single figure."""
    if picture.kind is Kind.NOTHING or not picture.marks:
        return ""
    return "".join(_sized(picture, is_narrow=is_narrow) for is_narrow in (False, True))


def _sized(picture: Picture, *, is_narrow: bool) -> str:
    # No address at all may be asked; the specification holds its data.
    made = vl_convert.vegalite_to_svg(specification(picture, is_narrow=is_narrow), allowed_base_urls=[])
    return cleaned(made, title=picture.title, alt=picture.alt, size="chart-narrow" if is_narrow else "chart-wide")
