"""Open figures, for everybody without signing in: whole years of what anyone may read, hidden cells left out by the gate.

The language stands in the address, so that a page is the same for whoever asks and can be kept along the way.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.db.base import db
from app.reports.areas import COUNTRY, Level, area_of
from app.reports.asked import LEVELS
from app.reports.board import board_of
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator
from app.reports.charts.draw import chart_of
from app.reports.figures import Question, Table
from app.reports.many import many
from app.reports.indicator_page import facts_of

from app.reports.open.tables import FOLDERS
from app.reports.pages import basis_shown, large_figure
from app.reports.periods import Length, Period
from app.reports.queries import latest_of, periods_for, written_periods
from app.reports.shown import period_text
from app.reports.tables import figures_table
from app.reports.viewers import EVERYBODY
from app.web.language import LANGUAGES, current_language
from app.web.layout import LanguageLink

# How many years a page shows, and for how many seconds it may be kept.
YEARS, KEPT = 10, 3600

public_figures = Blueprint("public_figures", __name__, url_prefix="/reports/public")


@public_figures.url_value_preprocessor
def speak_as_addressed(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Speak the language of the address, whatever the reader has chosen elsewhere."""
    language = (values or {}).get("language")
    if language in LANGUAGES:
        g.spoken = language


@public_figures.after_request
def may_be_kept(response: Response) -> Response:
    """Let a page be kept along the way; not one that was asked with a cookie, which may come back with the answer."""
    if response.status_code == 200 and not request.cookies:
        g.kept_for = KEPT
    return response


@public_figures.get("/")
def choose() -> Any:
    return redirect(url_for("public_figures.listed", language=current_language()), 302)


@public_figures.get("/<language>/")
def listed(language: str) -> Any:
    """Show the open indicators of the country in the latest whole year."""
    years, shown = _years(language), [one for one in INDICATORS.values() if one.is_open]
    board = board_of(db.session, EVERYBODY, shown, Level.COUNTRY, COUNTRY, years[0]) if shown else None
    lines = board.lines if board else ()
    figures = [large_figure(one, url_for("public_figures.shown", language=language, indicator=one.indicator.id)) for one in lines]
    basis = basis_shown(board.cut_off, board.completeness, is_open=False) if board else basis_shown(None, None, is_open=False)
    return _page("koto/report_open_list.html", title=_("Open figures of integration"), lead=f"{LEVELS[Level.COUNTRY]} · {period_text(years[0])}", figures=figures, **basis)


@public_figures.get("/<language>/<indicator>")
def shown(language: str, indicator: str) -> Any:
    """Show an open indicator over the years of the country or an area, or of all areas of a level in a year."""
    years, found = _years(language), INDICATORS.get(indicator)
    if found is None or not found.is_open:
        abort(404)
    level, year = request.args.get("level", Level.COUNTRY), request.args.get("period", years[0].id)
    chosen = next((one for one in years if one.id == year), None)
    if level not in Level.__members__ or chosen is None:
        abort(404)
    return _page("koto/report_open.html", **_indicator(found, Level(level), chosen, years))


def _indicator(indicator: Indicator, level: Level, year: Period, years: list[Period]) -> dict[str, Any]:
    language = current_language()
    is_country = level is Level.COUNTRY
    periods = tuple(one.id for one in reversed(years)) if is_country else (year.id,)
    questions = [Question(indicator.id, level, periods, COUNTRY if is_country else None), Question(indicator.id, level, (year.id,), COUNTRY if is_country else None)]
    found, basis = many(db.session, EVERYBODY, questions, questions[1:])

    def address(to: Level) -> str:
        return url_for("public_figures.shown", language=language, indicator=indicator.id, level=to, period=year.id)

    return {
        "title": indicator.text("name", language), "lead": f"{LEVELS[level]} · {period_text(year)}", "about": indicator.text("definition", language),
        "levels": [(text, address(to), to is level) for to, text in LEVELS.items() if area_of(to)], "level": level,
        "periods": [] if is_country else [(one.id, period_text(one)) for one in years], "period": year.id,
        "chart": chart_of(db.session, found, language), "table": figures_table(found), "has_hidden": any(one.is_hidden for one in found.figures), "is_untold": found.is_untold, "facts": facts_of(indicator),
        "files": _files(found, level, language), "caution": indicator.text("caution", language), **basis_shown(basis.cut_off, basis.completeness, is_open=False),
    }  # fmt: skip


def _files(found: Table, level: Level, language: str) -> list[tuple[str, str]]:
    """Give the addresses of the whole table of a level, every year of it, as files for everybody; none before there is a figure."""
    folder = next(name for name, one in FOLDERS.items() if one is level)
    names = {"xlsx": _("Workbook (xlsx)"), "csv": "CSV", "json-stat": "JSON-stat"}
    return [(text, url_for("open_figures.table", language=language, folder=folder, name=f"{found.indicator.id}.{form}")) for form, text in names.items() if found.figures]


def _years(language: str) -> list[Period]:
    """Give the closed years, the latest first; 404 for an address in no language of ours."""
    if language not in LANGUAGES:
        abort(404)
    known = [(period, is_closed) for period, is_closed in periods_for(written_periods(db.session), EVERYBODY) if period.length is Length.YEAR]
    return [period for period, _is_closed in known][:YEARS] or [latest_of([], Length.YEAR, date.today())]


def _page(template: str, **shown: Any) -> str:
    """Draw a page that is the same for everybody: no person, no navigation, the languages by address."""
    kept: dict[str, Any] = {**(request.view_args or {}), **{name: request.args[name] for name in ("level", "period") if name in request.args}}
    links = [
        LanguageLink(code, name, code == current_language(), url_for(str(request.endpoint), **{**kept, "language": code}))
        for code, name in LANGUAGES.items()
    ]  # fmt: skip
    return render_template(template, languages=links, actor=None, navigation=[], may_search=False, session_ends=None, **shown)
