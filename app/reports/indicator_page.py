"""What the page of an indicator shows, put together for its template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.statute import in_words
from app.reports.areas import AsOf, Level
from app.reports.asked import LEVELS, Asked, own_place
from app.reports.board import Line, beside, value_beside, year_before
from app.reports.catalogue.indicator import Indicator
from app.reports.charts.draw import chart_of
from app.reports.dimensions import CROSS, DIMENSIONS
from app.reports.figures import Question, Table, Viewer
from app.reports.many import many

from app.reports.persons.asked import cell_addresses
from app.reports.pages import Known, basis_shown, large_figure, period_choices
from app.reports.periods import Closed
from app.reports.shown import areas_text, change_text, direction_text, number_text, period_text
from app.reports.tables import figures_table, kinds_beside
from app.reports.values import area_name, areas_by_name
from app.web.language import current_language
from app.web.table import table as table_of


def indicator_page(session: Session, viewer: Viewer, indicator: Indicator, asked: Asked, known: Known, closed: Sequence[Closed] | None = None) -> dict[str, Any]:
    """Give an indicator as asked: a large figure of one area with what stands beside it, the table, the choices and the definition."""
    language = current_language()
    held = beside(asked.level, asked.area) if asked.area and not asked.by else {}
    periods = tuple(dict.fromkeys(one.id for one in (asked.period, asked.period.previous, year_before(asked.period))))
    shown, has_line = asked.question(indicator), bool(asked.area and not asked.by)
    questions = {
        "shown": shown,
        # What the page rests on is that of the period asked, not of a whole series.
        "basis": Question(indicator.id, asked.level, (asked.period.id,), asked.area, as_of=asked.as_of) if len(shown.periods) > 1 else shown,
        **({"own": Question(indicator.id, asked.level, periods, asked.area, as_of=asked.as_of)} if has_line else {}),
        **{kind: Question(indicator.id, where, (asked.period.id,), which) for kind, (where, which) in held.items()},
    }
    found = dict(zip(questions, many(session, viewer, [*questions.values()], [questions["basis"]], closed), strict=True))
    line = _line(indicator, asked, found) if has_line else None
    table, basis = found["shown"], found["basis"]
    rows = figures_table(table, cell_addresses(viewer, table))
    where = area_name(asked.level, asked.area, language, shown.areas_on) if asked.area else _all_of(asked.level)
    return {
        "title": indicator.text("name", language), "lead": " · ".join(filter(None, (where, period_text(asked.period), _of_then(shown)))), "about": indicator.text("definition", language),
        "errors": asked.errors, "figure": large_figure(line, "") if line else None, "beside": _beside(line, where) if line else None,
        "chart": chart_of(session, table, language, own_place(viewer)[1]),
        "table": rows, "leads_to_clients": any(row.url for row in rows["rows"]), "has_hidden": any(one.is_hidden for one in table.figures), "is_untold": table.is_untold, "facts": facts_of(indicator, table.sources),
        "caution": indicator.text("caution", language), **_choices(viewer, indicator, asked, known),
        **basis_shown(basis.cut_off, basis.completeness, is_open=bool(basis.open_periods and basis.figures)),
    }  # fmt: skip


def _of_then(shown: Question) -> str:
    return _("areas %(of_day)s", of_day=areas_text(shown)) if shown.as_of is AsOf.THEN and areas_text(shown) else ""


def _all_of(level: Level) -> str:
    return _("All areas beside each other: %(level)s", level=LEVELS[level])


def _line(indicator: Indicator, asked: Asked, found: dict[str, Table]) -> Line:
    by_period = {one.period: one for one in found["own"].figures}
    now, before, year_ago = (by_period.get(one.id) for one in (asked.period, asked.period.previous, year_before(asked.period)))
    area = asked.area or ""
    values = {kind: value_beside(kind, area, indicator, found[kind]) for kind in beside(asked.level, area)}
    return Line(indicator=indicator, now=now, before=before, year_ago=year_ago, beside=values)


def _beside(line: Line, where: str) -> dict[str, Any]:
    """Give the changes and what the figure can be held against, as a short table."""
    named = kinds_beside()
    rows: list[tuple[str | None, list[Any]]] = [
        (None, [_("Change from a year ago"), change_text(line.indicator, line.now, line.year_ago)]),
        *((None, [named[kind], number_text(line.indicator, value)]) for kind, value in line.beside.items()),
    ]
    return table_of({"what": _("Beside the figure"), "value": where}, rows)


def facts_of(indicator: Indicator, sources: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Give what defines an indicator, as label and text, and the registers it was brought in from."""
    language = current_language()
    parts = (
        (_("Definition"), indicator.text("definition", language)), (_("What is counted"), indicator.text("numerator", language)),
        (_("Out of"), indicator.text("denominator", language)), (_("Read it so"), direction_text(indicator)), (_("Section of the act"), in_words(indicator.basis)), (_("Source"), ", ".join(sources)),
        (_("Indicator and version of its definition"), f"{indicator.id} · {indicator.version}"),
    )  # fmt: skip
    return [{"label": label, "text": text} for label, text in parts if text]


def _choices(viewer: Viewer, indicator: Indicator, asked: Asked, known: Known) -> dict[str, Any]:
    """Give the choices of the page: links between levels, and the selects of areas, breakdowns and periods."""
    language = current_language()
    own_level, own = own_place(viewer)
    kept: dict[str, Any] = {
        "period": asked.first.id if asked.first else asked.period.id,
        "to": asked.period.id if asked.first else None,
        "by": CROSS.join(asked.by) or None,
        "areas": "then" if asked.as_of is AsOf.THEN else None,
    }

    def address(level: Level) -> str:
        return url_for("ReportView.show", indicator=indicator.id, level=level, area=own if level is own_level else "", **kept)

    on = min(asked.period.ends_on, date.today()) if asked.as_of is AsOf.THEN else None
    areas = areas_by_name(asked.level, language, on)
    pairs: list[tuple[tuple[str, ...], str]] = [((key,), DIMENSIONS[key].name_in(language)) for key in indicator.dimensions]
    pairs += [
        (two, _("%(one)s and %(other)s", one=DIMENSIONS[two[0]].name_in(language), other=DIMENSIONS[two[1]].name_in(language)))
        for two in indicator.crossings
    ]
    return {
        "levels": [(text, address(level), level is asked.level) for level, text in LEVELS.items()], "level": asked.level, "area": asked.area or "",
        "areas": [("", _("all beside each other")), *areas] if asked.level is not Level.COUNTRY else [], "by": kept["by"] or "",
        "days": [("now", _("as they are today")), ("then", _("as they were at the end of the period"))] if asked.level is not Level.COUNTRY else [],
        "as_of": asked.as_of.lower(),
        "breakdowns": [("", _("not broken down")), *((CROSS.join(keys), text) for keys, text in pairs)],
        "periods": period_choices(known, asked.first or asked.period), "ends": [("", _("not chosen")), *period_choices(known, asked.period)],
        "period": kept["period"], "to": kept["to"] or "",
    }  # fmt: skip
