"""What the page of a ready-made view shows, put together for its template; and what every page says of what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import format_datetime, format_percent
from flask_babel import gettext as _

from app.reports.areas import Level
from app.reports.asked import LEVELS
from app.reports.board import PARTS, Board, Line, beside, parts_of
from app.reports.catalogue.indicator import Indicator
from app.reports.periods import Length, Period
from app.reports.ready_made import ReadyMade
from app.reports.shown import change_text, figure_text, period_text
from app.reports.tables import lines_table, note_of, parts_table
from app.reports.themes import by_theme
from app.reports.values import area_name
from app.web.language import current_language

# Below this share of whole records a page says so.
COMPLETE = 0.9
Known = Sequence[tuple[Period, bool]]


def board_page(wanted: ReadyMade, board: Board, level: Level, area: str, period: Period, known: Known) -> dict[str, Any]:
    """Give what a ready-made view shows: its first indicators large, all in a table a theme, and the parts of the area."""

    def address(one: Indicator) -> str:
        return url_for("ReportView.show", indicator=one.id, level=level, area=area, period=period.id)

    language, kinds = current_language(), [*beside(level, area)]
    by_id = {one.indicator.id: one for one in board.lines}
    first = [by_id[key] for key in wanted.first if key in by_id]
    names = {code: area_name(PARTS[level], code, language) for code in parts_of(level, area)}
    return {
        "title": wanted.title, "lead": f"{area_name(level, area, language)} · {period_text(period)}", "about": wanted.lead,
        "figures": [large_figure(one, address(one.indicator)) for one in first],
        "themes": [(theme, lines_table([by_id[one.id] for one in ones], kinds, address)) for theme, ones in by_theme(line.indicator for line in board.lines if line.has_figures)],
        "without": [(one.indicator.text("name", language), address(one.indicator)) for one in board.lines if not one.has_figures],
        "parts_shown": parts_table(board, [one.indicator for one in first], names) if names else None, "parts_title": LEVELS[PARTS[level]] if names else None,
        "periods": period_choices(known, period, wanted.length), "period": period.id,
        **basis_shown(board.cut_off, board.completeness, is_open=board.is_open),
    }  # fmt: skip


def large_figure(line: Line, url: str) -> dict[str, Any]:
    """Give an indicator as a large figure with how it changed and what to note."""
    change = change_text(line.indicator, line.now, line.before)
    return {
        "value": figure_text(line.indicator, line.now) or "–", "label": line.indicator.text("name", current_language()), "url": url,
        "note": _("From the period before: %(change)s", change=change) if change else "", "caution": note_of(line),
    }  # fmt: skip


def period_choices(known: Known, chosen: Period, length: Length | None = None) -> list[tuple[str, str]]:
    """Give the periods to choose from, the latest first; an open one says so, and the chosen one is among them."""
    found = [(period, is_closed) for period, is_closed in known if length in (None, period.length)]
    if chosen not in [period for period, _is_closed in found]:
        found.insert(0, (chosen, True))
    return [
        (period.id, period_text(period) if is_closed else _("%(period)s, still open", period=period_text(period))) for period, is_closed in found
    ]  # fmt: skip


def basis_shown(cut_off: datetime | None, completeness: float | None, *, is_open: bool) -> dict[str, Any]:
    """Give what a page rests on: when it was counted, how whole the records are, and whether the figures may still change."""
    return {
        "cut_off": format_datetime(cut_off, "short") if cut_off else None, "completeness": format_percent(completeness) if completeness is not None else None,
        "is_incomplete": completeness is not None and completeness < COMPLETE, "is_open": is_open,
    }  # fmt: skip
