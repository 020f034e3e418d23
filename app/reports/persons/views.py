"""The page of the clients behind a figure."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, url_for
from flask import request
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.access.actor import Actor, current_actor
from app.access.visibility import prepare
from app.audit.record import record_event
from app.clients.labels import CLIENT
from app.clients.models import Client
from app.db.base import db
from app.reports.areas import Level
from app.reports.catalogue.indicator import Measure
from app.reports.dimensions import DIMENSIONS
from app.reports.figures import NotForViewerError, Viewer
from app.reports.models import ReportPeriod
from app.reports.persons.asked import COUNTED, REST, SERVE_CLIENTS, Cell, cell_asked
from app.reports.persons.behind import Behind, behind, is_among
from app.reports.shown import period_text
from app.reports.viewers import viewer_here
from app.web.display import shown
from app.web.language import current_language
from app.web.listing import Page, address, listed, page_of
from app.web.reading import count_text
from app.web.table import table

_COLUMNS = ("name", "birth_date", "service_language", "status", "responsible_worker")


class ReportPersonsView(BaseView):  # type: ignore[misc]
    """Whom a figure counts, for those who serve the municipality's clients; each page is an event about the clients on it (`docs/adr/0049`)."""

    route_base = "/reports/persons"
    default_view = "list"
    list_title = _l("Clients behind a figure")
    base_permissions = ["can_list"]

    @expose("/<indicator>")
    @has_access
    @permission_name("list")
    def list(self, indicator: str) -> Any:
        """Show the clients of one cell of the reader's own municipality."""
        actor = current_actor() or abort(403)
        cell = cell_asked(_viewer(actor), indicator, request.args) or abort(404)
        found = behind(db.session, actor.organisation_id, cell.indicator.id, cell.period, date.today(), cell.key)
        keys = found.rest if cell.part == REST else found.counted
        page = page_of(db.session, Client, listed(Client).where(is_among(db.session, keys)), allowed=["search_name"], default=("search_name", "asc"))
        html = self.render_template("koto/report_persons.html", **_shown(cell, found, page), lost=_lost(len(keys), page), is_closed=_is_closed(cell))
        record_event(db.session, "report:persons_read", client_ids={one.id for one in page.rows}, criteria=_criteria(cell), hits=page.count)
        db.session.commit()
        return html


def _viewer(actor: Actor) -> Viewer:
    try:
        viewer = viewer_here(actor)
    except NotForViewerError:
        abort(403)
    return viewer if viewer.audience in SERVE_CLIENTS else abort(403)


def _is_closed(cell: Cell) -> bool:
    period = db.session.get(ReportPeriod, cell.period.id)
    return period is not None and period.closed_at is not None


def _lost(number: int, page: Page) -> str:
    """Say how many of those who are counted no list of the reader's shows any more."""
    number -= page.count
    if page.is_capped or number <= 0:
        return ""
    return ngettext("%(num)d of them is no longer shown to you in lists of clients.", "%(num)d of them are no longer shown to you in lists of clients.", number)


def _criteria(cell: Cell) -> set[str]:
    by, value = cell.key
    told = {"indicator": cell.indicator.id, "period": cell.period.id, "by": by, "value": value, "part": cell.part if cell.part == REST else ""}
    return {f"{name}={text}" for name, text in told.items() if text}


def _shown(cell: Cell, found: Behind, page: Page) -> dict[str, Any]:
    language, by = current_language(), cell.key[0]
    of_cell = [DIMENSIONS[key].label_of(value, language) for key, value in zip(cell.by, cell.values, strict=True)]
    prepare(page.rows)
    rows: list[tuple[str | None, list[Any]]] = [
        (url_for("ClientView.show", pk=one.id), [shown(one, name) for name in _COLUMNS]) for one in page.rows
    ]
    back = url_for("ReportView.show", indicator=cell.indicator.id, level=Level.MUNICIPALITY, period=cell.period.id, by=by or None)
    return {
        "title": cell.indicator.text("name", language), "lead": " · ".join((period_text(cell.period), *of_cell)), "about": cell.indicator.text("definition", language),
        "sides": _sides(cell, found), "count_text": count_text(page), "back_url": back, "next_url": address(after=page.next_after) if page.next_after else None,
        "first_url": address(after=None) if "after" in request.args else None,
        "table": table({name: str(CLIENT[name]) if name in CLIENT else _("Name") for name in _COLUMNS}, rows),
    }  # fmt: skip


def _sides(cell: Cell, found: Behind) -> list[tuple[str, str, bool]]:
    """Give the two sides of a share as links; nothing for other figures."""
    if cell.indicator.measure is not Measure.SHARE:
        return []
    texts = {COUNTED: _("Counted (%(number)d)", number=len(found.counted)), REST: _("Of the whole, not counted (%(number)d)", number=len(found.rest))}
    return [(text, cell.address(part), part == cell.part) for part, text in texts.items()]
