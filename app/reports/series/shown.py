"""Tables of the pages of figures of other registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for
from flask_babel import format_datetime, format_decimal
from flask_babel import gettext as _

from app.reports.asked import LEVELS
from app.reports.areas import Level
from app.reports.catalogue.all import INDICATORS
from app.reports.periods import period_named
from app.reports.series.checking import Checked
from app.reports.series.files import Brought
from app.reports.series.labels import sentence_of
from app.reports.series.rows import Finding
from app.reports.shown import period_text
from app.web.language import current_language
from app.web.table import table

# So many faults are enough to mend by; the same fault often goes through a file.
MOST_FAULTS = 200


def _name(indicator: str) -> str:
    return f"{indicator} {INDICATORS[indicator].text('name', current_language())}"


def brought_table(found: Sequence[Brought], *, can_withdraw: bool) -> dict[str, Any]:
    """Give what is brought; a row leads to taking it away."""
    names = {"name": _("Indicator"), "period": _("Period"), "source": _("Source"), "when": _("Brought in"), "number": _("Figures")}
    return table(names, [
        (url_for("ReportSeriesView.withdraw", indicator=one.indicator, period=one.period) if can_withdraw else None,
         [_name(one.indicator), period_text(period_named(one.period)), one.source, format_datetime(one.brought_in_at, "short"), format_decimal(one.figures)])
        for one in found
    ])  # fmt: skip


def faults_table(found: Sequence[Finding]) -> dict[str, Any]:
    """Give what stops a file, row by row."""
    names = {"row": _("Row"), "column": _("Column"), "reason": _("What is wrong"), "cure": _("What to do")}
    shown = table(names, [(None, [one.row or _("the whole file"), one.column, *sentence_of(one)]) for one in found[:MOST_FAULTS]])
    # The headings of a file are of no language.
    shown["columns"] = [column._replace(lang="zxx") if column.name == "column" else column for column in shown["columns"]]
    return shown


def preview_table(found: Checked, there: Collection[tuple[str, str]]) -> dict[str, Any]:
    """Give what a file would bring by indicator, period and level, and whether that takes the place of something."""
    counts: Counter[tuple[str, str, str]] = Counter(key[:3] for key in found.cells)
    names = {"name": _("Indicator"), "period": _("Period"), "level": _("Level"), "number": _("Figures"), "instead": _("Takes the place of")}
    return table(names, [
        (None, [_name(indicator), period_text(period_named(period)), LEVELS[Level(level)], format_decimal(number),
                _("what was brought before") if (indicator, period) in there else "–"])
        for (indicator, period, level), number in sorted(counts.items())
    ])  # fmt: skip
