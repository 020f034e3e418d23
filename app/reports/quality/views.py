"""The page of what is wrong or never filled in the municipality's records: numbers, who mends it and where; no person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_datetime, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.codes.lists import label
from app.db.base import db
from app.reports.models import ReportFill, ReportSanity
from app.reports.quality.fill import is_counted, never_filled
from app.reports.quality.sanity import CHECKS, findings
from app.web.language import current_language
from app.web.table import table

# So many rows a table must have before a field that nobody fills says something.
LEAST_ROWS = 20


class ReportQualityView(BaseView):  # type: ignore[misc]
    """Counted each night; whoever may open the lists that are named finds the records there."""

    route_base = "/reports/quality"
    default_view = "list"
    list_title = _l("Quality of the records")
    base_permissions = ["can_list"]

    @expose("/")
    @has_access
    def list(self) -> Any:
        """Show what the checks found last in the reader's organisation, and which fields nobody fills."""
        actor = current_actor() or abort(403)
        found, empty = findings(db.session, actor.organisation_id), never_filled(db.session, actor.organisation_id, least_rows=LEAST_ROWS)
        counted_at = max((one.found_at for one in found), default=None)
        return self.render_template(
            "koto/report_quality.html", title=self.list_title, checks=self._checks(found), fields=self._fields(empty),
            counted_at=format_datetime(counted_at, "short") if counted_at else None,
            # Nothing found says something only of what was gone through.
            is_counted=bool(found or empty) or is_counted(db.session, actor.organisation_id),
        )  # fmt: skip

    def _checks(self, found: Sequence[ReportSanity]) -> dict[str, Any]:
        language = current_language()
        names = {"what": _("What must not be"), "number": _("How many"), "who": _("Who mends it"), "where": _("Where")}
        told = [(one, CHECKS[one.check]) for one in found if one.check in CHECKS]
        places = [self._place(check.place) for _one, check in told]
        return table(names, [
            (url, [check.text(language), format_decimal(one.count), label("ROLE", check.owner, language), text])
            for (one, check), (url, text) in zip(told, places, strict=True)
        ])  # fmt: skip

    def _fields(self, found: Sequence[ReportFill]) -> dict[str, Any]:
        names = {"field": _("Field"), "where": _("Where"), "rows": _("Rows, none of which has it")}
        rows: Any = []
        for one in found:
            of, _dot, column = one.field.partition(".")
            view = self._view_of(of)
            url, text = self._place(view.endpoint) if view else (None, "")
            rows.append((url, [str(view.label_columns.get(column, column)) if view else one.field, text, format_decimal(one.rows)]))
        return table(names, rows)

    def _view_of(self, name: str) -> Any:
        """Give the view of a table's rows."""
        views = (view for view in self.appbuilder.baseviews if getattr(getattr(view, "datamodel", None), "obj", None) is not None)
        return next((view for view in views if view.datamodel.obj.__tablename__ == name and hasattr(view, "label_columns")), None)

    def _place(self, endpoint: str) -> tuple[str | None, str]:
        """Give the address, where the reader may open it, and the name of a list."""
        view = next(one for one in self.appbuilder.baseviews if one.endpoint == endpoint)
        may = self.appbuilder.sm.has_access("can_list", view.class_permission_name)
        return url_for(f"{endpoint}.list") if may else None, str(view.list_title)
