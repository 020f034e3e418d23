"""A picture drawn by Vega-Lite within this process, without the network."""

from __future__ import annotations

from app.reports.charts.picture import Picture
from app.reports.charts.reading import Kind
from app.reports.charts.svg import cleaned


def drawn(picture: Picture) -> str:
    """Give the picture for a wide column and for a telephone; the page's style sheet shows one of them. Nothing for a single figure."""
    if picture.kind is Kind.NOTHING or not picture.marks:
        return ""
    return "".join(_sized(picture, is_narrow=is_narrow) for is_narrow in (False, True))


def _sized(picture: Picture, *, is_narrow: bool) -> str:
    # Loaded by the first drawing of a process: most commands and moves of data draw nothing, and the two take 50 MB.
    import vl_convert

    from app.reports.charts.specs import specification

    # No address at all may be asked; the specification holds its data.
    made = vl_convert.vegalite_to_svg(specification(picture, is_narrow=is_narrow), allowed_base_urls=[])
    return cleaned(made, title=picture.title, alt=picture.alt, size="chart-narrow" if is_narrow else "chart-wide")
