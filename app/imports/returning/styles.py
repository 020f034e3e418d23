"""How cells look: their own form, and by the worst finding a fill and a border, so that no mark rests on colour alone."""

from __future__ import annotations

from typing import Any

from app.imports.reading.codes import Tier
from app.imports.returning.marks import SHADOW

_FORMS: dict[str, dict[str, Any]] = {
    # Text stays text when it is corrected, so that a leading zero is kept and nothing is calculated.
    "text": {"num_format": "@"}, "head": {"num_format": "@", "bold": True}, "day": {"num_format": "d.m.yyyy"},
    "moment": {"num_format": "d.m.yyyy h:mm:ss"}, "clock": {"num_format": "h:mm:ss"}, "plain": {},
    "wrapped": {"text_wrap": True, "valign": "top", "num_format": "@"},
}  # fmt: skip
_MARKS: dict[str, dict[str, Any]] = {
    Tier.FILE.value: {"bg_color": "#F4A9A3", "border": 5}, Tier.ROW.value: {"bg_color": "#FAD2A0", "border": 2},
    Tier.WARNING.value: {"bg_color": "#FFF3B0", "border": 3}, SHADOW: {"bg_color": "#DCE6F2", "border": 4},
}  # fmt: skip


class Styles:
    """The formats of a workbook, each made when it is first needed."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._made: dict[tuple[str, str], Any] = {}

    def of(self, form: str, tier: str = "") -> Any:
        """Give the format of a cell; None where it needs none."""
        if (form, tier) not in self._made:
            asked = {**_FORMS[form], **_MARKS.get(tier, {})}
            self._made[form, tier] = self.book.add_format({**asked, **({"border_color": "#5A5A5A"} if tier else {})}) if asked else None
        return self._made[form, tier]
