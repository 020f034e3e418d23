"""What happened to an application or a right, as a page shows it."""

from __future__ import annotations

from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _

from app.codes.lists import label
from app.db.base import db
from app.rights.queries import events_of
from app.web.language import current_language


def history_panel(*, application_id: str | None = None, grant_id: str | None = None) -> dict[str, Any]:
    """Give the timeline, the newest first, as `record.panels` draws it."""
    language = current_language()
    rows = []
    for event in events_of(db.session, application_id=application_id, grant_id=grant_id):
        who = f"{event.by.first_name} {event.by.last_name}" if event.by else _("the system")
        what = _("%(what)s, %(who)s", what=label("RIGHT_EVENT", event.what, language), who=who)
        rows.append({"label": format_datetime(event.at, "short"), "text": f"{what}\n{event.note}" if event.note else what, "url": None})
    return {"title": _("What has happened"), "kind": "timeline", "rows": rows, "empty_text": _("No entries yet.")}
