"""Vega's drawing made fit for a page: what is not needed is left out, colours become classes, and nothing points anywhere."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from app.reports.charts.inks import CLASSES

SVG = "http://www.w3.org/2000/svg"
# Neither styles, links, scripts, identifiers nor words of another language about what a part is.
_ELEMENTS = {"svg", "g", "path", "line", "rect", "text", "tspan"}
_ATTRIBUTES = {
    "d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "viewBox", "fill", "stroke", "stroke-width", "stroke-dasharray",
    "fill-opacity", "stroke-opacity", "opacity", "text-anchor", "font-size", "font-weight", "font-style",
}  # fmt: skip
_FONTS = "Noto Sans, DejaVu Sans, sans-serif"
# A colour or a text may name an address as `url(…)`; what moves and turns a part names none.
_CALL = re.compile(r"(?<!translate)(?<!rotate)(?<!scale)\(")
_EMPTY_PATH = re.compile(r"M0,0h0v0h0Z$")


class NotADrawingError(ValueError):
    """A text that is no picture."""


def cleaned(drawn: str, *, title: str, alt: str, size: str) -> str:
    """Give a drawing as part of a page, with its name and the text in its place; `size` is the class that tells for which width it is."""
    root = ElementTree.fromstring(drawn)  # noqa: S314  The text comes from our own drawing of plain values.
    if root.tag != f"{{{SVG}}}svg":
        raise NotADrawingError(root.tag)
    made = _copied(root)
    made.attrib.pop("width", None)
    made.attrib.pop("height", None)
    made.attrib.update({"xmlns": SVG, "class": f"chart {size}", "role": "img", "focusable": "false", "font-family": _FONTS})
    for name, text in (("desc", alt), ("title", title)):
        element = ElementTree.Element(name)
        element.text = text
        made.insert(0, element)
    return ElementTree.tostring(made, encoding="unicode")


def _copied(element: ElementTree.Element) -> ElementTree.Element:
    kept_of_it = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES and not _CALL.search(value)}
    made = ElementTree.Element(_name(element), kept_of_it)
    inks = [f"ink-{CLASSES[value]}-{name}" for name in ("fill", "stroke") if (value := element.get(name)) in CLASSES]
    if inks:
        made.set("class", " ".join(inks))
    made.text = element.text
    for child in element:
        if _name(child) in _ELEMENTS and not _EMPTY_PATH.match(child.get("d", "")):
            kept = _copied(child)
            if len(kept) or kept.text or _name(child) not in ("g", "text"):
                made.append(kept)
    return made


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
