"""The report of a quarter as a PDF: a page that asks what for, and the document with its event."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.audit.record import record_event
from app.db.base import db
from app.reports.areas import COUNTRY, Level, area_of
from app.reports.asked import own_place
from app.reports.figures import NotForViewerError, Viewer
from app.reports.out.views import PurposeForm, purpose_page, reading_viewer
from app.reports.paper.paper import printed, quarter_named, quarterly
from app.reports.periods import Period, UnknownPeriodError
from app.reports.shown import period_text
from app.reports.values import area_name
from app.web.language import current_language, speak


class ReportPaperView(BaseView):  # type: ignore[misc]
    """A print is a disclosure as a file is: it is sent for with a purpose and leaves an event."""

    route_base = "/reports/paper"
    default_view = "paper"
    list_title = _l("The quarter on paper")
    base_permissions = ["can_export"]
    deeds = {"can_export": _l("print the report of a quarter")}

    @expose("/<period>.pdf", methods=["GET", "POST"])
    @has_access
    @permission_name("export")
    def paper(self, period: str) -> Any:
        """Ask for the purpose, and give the report of the reader's own area or of that of the address (`level`, `area`)."""
        viewer, form = reading_viewer(), PurposeForm(formdata=None) if request.method == "GET" else PurposeForm()
        wanted, (level, area) = _quarter(period), _place(viewer)
        if (language := request.form.get("_language", "")) in ("fi", "sv"):
            speak(language)
            return self._page(form, wanted, level, area)
        if request.method == "GET" or not form.validate():
            return self._page(form, wanted, level, area), 200 if request.method == "GET" else 422
        try:
            made = quarterly(db.session, viewer, level, area, wanted, current_language())
        except NotForViewerError:
            abort(403)
        record_event(db.session, "report:exported", criteria=printed(level, area, wanted, form.purpose.data))
        db.session.commit()
        answer = Response(made, mimetype="application/pdf")
        answer.headers.set("Content-Disposition", "inline", filename=f"koto-{level.value.lower()}-{area}-{wanted.id}.pdf")
        return answer

    def _page(self, form: PurposeForm, period: Period, level: Level, area: str) -> str:
        lead = _("%(area)s, %(period)s", area=area_name(level, area, current_language()), period=period_text(period))
        return purpose_page(self, form, lead=lead, submit_label=_("Make the PDF"), cancel_url=url_for("ReportView.list"))


def _quarter(text: str) -> Period:
    try:
        return quarter_named(text)
    except UnknownPeriodError:
        abort(404)


def _place(viewer: Viewer) -> tuple[Level, str]:
    """Give the level and area of the address, the reader's own without them; an unknown one answers 404."""
    own = own_place(viewer)
    level = request.args.get("level") or own[0].value
    if level not in Level.__members__:
        abort(404)
    found = Level(level)
    if found is Level.COUNTRY:
        return found, COUNTRY
    area = request.args.get("area") or (own[1] if found is own[0] else "")
    return (found, area) if area in area_of(found).values() else abort(404)
