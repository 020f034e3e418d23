"""Pages of reports: the ready-made views, and each indicator over time, broken down and beside other areas."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.db.base import db
from app.organisations.places import is_code_of_place
from app.reports.asked import asked_of, own_place
from app.reports.board import board_of
from app.reports.catalogue.all import INDICATORS
from app.reports.figures import NotForViewerError, Viewer
from app.reports.indicator_page import indicator_page
from app.reports.out.links import ways_out
from app.reports.pages import board_page
from app.reports.periods import Length, Period, UnknownPeriodError, period_named
from app.reports.queries import closed_of, latest_of, periods_for, written_periods
from app.reports.quality.views import ReportQualityView
from app.reports.ready_made import READY_MADE, views_for
from app.reports.series.views import ReportSeriesView
from app.reports.themes import by_theme
from app.reports.viewers import viewer_here
from app.web.language import current_language


class ReportView(BaseView):  # type: ignore[misc]
    """Everything here comes through the gate of figures and names nobody; no event is left of reading it (`docs/adr/0043`)."""

    route_base = "/reports"
    default_view = "list"
    list_title, show_title = _l("Reports"), _l("Report")
    is_in_navigation = True
    base_permissions = ["can_list", "can_show"]

    @expose("/")
    @has_access
    def list(self) -> Any:
        """Show the ready-made views and every indicator that the reader may see."""
        viewer, language = _viewer(), current_language()
        readable = [one for one in INDICATORS.values() if viewer.audience in one.audiences]
        themes = [
            (
                theme,
                [
                    (url_for("ReportView.show", indicator=one.id), one.text("name", language), one.text("definition", language))
                    for one in ones
                ],
            )
            for theme, ones in by_theme(readable)
        ]
        views = [(url_for("ReportView.view", name=one.name), one.title, one.lead) for one in views_for(viewer.audience)]
        return self.render_template("koto/report_list.html", title=self.list_title, views=views, themes=themes, beside=self._beside(),
                                    is_in_place=is_code_of_place((current_actor() or abort(403)).organisation_code))  # fmt: skip

    @expose("/view/<name>")
    @has_access
    @permission_name("show")
    def view(self, name: str) -> Any:
        """Show a ready-made view of the reader's own area in a period."""
        viewer = _viewer()
        wanted = READY_MADE.get(name)
        if wanted is None or viewer.audience not in wanted.audiences:
            abort(404)
        written = written_periods(db.session)
        known = periods_for(written, viewer)
        period, is_wrong = _period_asked(latest_of(known, wanted.length, date.today()))
        level, area = own_place(viewer)
        board = board_of(db.session, viewer, wanted.shown_to(viewer.audience), level, area, period, wanted.first, closed_of(written))
        html = self.render_template("koto/report_view.html", **board_page(wanted, board, level, area, period, known), is_wrong=is_wrong, paper_url=self._paper(period), **ways_out())
        return html, 422 if is_wrong else 200

    @expose("/show/<indicator>")
    @has_access
    def show(self, indicator: str) -> Any:
        """Show an indicator as the address asks."""
        viewer = _viewer()
        found = INDICATORS.get(indicator)
        if found is None or viewer.audience not in found.audiences:
            abort(404)
        written = written_periods(db.session)
        known = periods_for(written, viewer)
        asked = asked_of(request.args, viewer, found, latest_of(known, Length.QUARTER, date.today()))
        html = self.render_template("koto/report_show.html", **indicator_page(db.session, viewer, found, asked, known, closed_of(written)), **ways_out(found.id))
        return html, 422 if asked.errors else 200


    def _beside(self) -> Any:
        """Give the pages beside the figures that the reader may open."""
        may = self.appbuilder.sm.has_access
        return [(url_for(f"{view.__name__}.list"), view.list_title) for view in (ReportQualityView, ReportSeriesView) if may("can_list", view.__name__)]

    def _paper(self, period: Period) -> str | None:
        may = self.appbuilder.sm.has_access("can_export", "ReportPaperView") and period.length is Length.QUARTER
        return url_for("ReportPaperView.paper", period=period.id) if may else None


def _viewer() -> Viewer:
    try:
        return viewer_here(current_actor() or abort(403))
    except NotForViewerError:
        abort(403)


def _period_asked(latest: Period) -> tuple[Period, bool]:
    """Give the period of the address and whether it names none."""
    text = request.args.get("period")
    try:
        return (period_named(text), False) if text else (latest, False)
    except UnknownPeriodError:
        return latest, True
