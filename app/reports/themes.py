"""The themes that indicators are shown under, by the first figure of their ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from app.reports.catalogue.indicator import Indicator

THEMES: dict[str, Any] = {
    "0": _l("Clients and reach"), "1": _l("Assessments"), "2": _l("Plans"), "3": _l("Plans"), "4": _l("Services"), "5": _l("Services"), "6": _l("Outcomes"),
    "7": _l("Reception and compensation"), "8": _l("Children and young people"), "9": _l("Operation and quality"),
}  # fmt: skip


def by_theme(indicators: Iterable[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Give the indicators under the name of their theme, in the order of their ids."""
    found: dict[str, list[Indicator]] = {}
    for one in sorted(indicators, key=lambda one: one.id):
        found.setdefault(str(THEMES[one.id[1]]), []).append(one)
    return list(found.items())
