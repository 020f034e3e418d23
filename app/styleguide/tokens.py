"""The design tokens as the style sheet gives them, and the contrasts that are promised between colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

SHEET = Path(__file__).parents[1] / "static" / "tokens.css"
_TOKEN = re.compile(r"--([a-z0-9-]+): ([^;]+);")

# Least contrasts of WCAG 2.2 AA: of a text, and of what marks a control or its focus.
TEXT, MARK = 4.5, 3.0

USES: dict[str, Any] = {
    "page": _l("Background of the page"), "surface": _l("Cards, fields and the header"), "surface-2": _l("Heading row of a table"),
    "text": _l("Text"), "muted": _l("Helps and labels"), "line": _l("Lines between parts; never the only mark of anything"),
    "control": _l("Edges of fields"), "accent": _l("Links and buttons"), "accent-strong": _l("Links and buttons under the pointer"),
    "on-accent": _l("Text on a main button"), "accent-soft": _l("Background of what is chosen"),
    "danger": _l("Errors and what cannot be undone"), "danger-soft": _l("Background of errors"),
    "warning": _l("Warnings"), "warning-soft": _l("Background of warnings"),
    "success": _l("What succeeded"), "success-soft": _l("Background of what succeeded"),
    "info": _l("Information"), "info-soft": _l("Background of information"), "focus": _l("Frame of what has the focus"),
    "training": _l("Band of the training environment"), "on-training": _l("Text on that band"),
}  # fmt: skip

# What stands on what, and the contrast it must have.
PAIRS = (
    ("text", "page", TEXT), ("text", "surface", TEXT), ("text", "surface-2", TEXT), ("text", "accent-soft", TEXT),
    ("muted", "page", TEXT), ("muted", "surface", TEXT), ("muted", "surface-2", TEXT), ("accent", "page", TEXT), ("accent", "surface", TEXT), ("accent", "accent-soft", TEXT),
    ("accent-strong", "surface", TEXT), ("accent-strong", "accent-soft", TEXT), ("on-accent", "accent", TEXT), ("on-accent", "accent-strong", TEXT),
    ("danger", "surface", TEXT), ("danger", "danger-soft", TEXT), ("warning", "warning-soft", TEXT), ("success", "surface", TEXT),
    ("success", "success-soft", TEXT), ("info", "info-soft", TEXT), ("control", "page", MARK), ("control", "surface", MARK), ("focus", "page", MARK), ("focus", "surface", MARK),
    ("on-training", "training", TEXT),
)  # fmt: skip


@dataclass(frozen=True)
class Contrast:
    """The contrast of one token on another in both themes, and the least it may be."""

    above: str
    below: str
    light: float
    dark: float
    least: float


def tokens(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give the values of every token in the light theme, and of those that the dark theme changes."""
    light, _, rest = sheet.partition("@media screen and (prefers-color-scheme: dark)")
    return dict(_TOKEN.findall(light)), dict(_TOKEN.findall(rest.partition("@media print")[0]))


def _brightness(colour: str) -> float:
    """Give the relative luminance of `#rrggbb` as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((_brightness(first), _brightness(second)))
    return (high + 0.05) / (low + 0.05)


def contrasts(sheet: str) -> list[Contrast]:
    """Measure every promised pair in both themes."""
    light, dark = tokens(sheet)
    return [Contrast(above, below, contrast(light[above], light[below]), contrast(dark[above], dark[below]), least) for above, below, least in PAIRS]
