"""The ways from a page of reports to its file and its subscription."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _


def ways_out(indicator: str | None = None) -> dict[str, Any]:
    """Give the links that the reader may follow: files of an indicator as the page's arguments ask it, and a subscription to the page."""
    may = current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    asked = request.query_string.decode("ascii", "replace")
    names = {"xlsx": _("Workbook (xlsx)"), "zip": _("CSV and the definition (zip)"), "csv": "CSV", "json-stat": "JSON-stat"}
    files = [
        (text, url_for("ReportFileView.file", indicator=indicator, form=form) + (f"?{asked}" if asked else ""))
        for form, text in names.items()
        if indicator is not None and may("can_export", "ReportFileView")
    ]
    address = url_for("ReportSubscriptionView.add", address=request.full_path.rstrip("?"))
    return {"files": files, "subscribe_url": address if may("can_add", "ReportSubscriptionView") else None}
