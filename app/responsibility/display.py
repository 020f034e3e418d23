"""Who is responsible for a client, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from app.clients.models import Client
from app.codes.lists import label
from app.db.base import db
from app.responsibility.queries import responsible_on
from app.responsibility.rules import MUNI
from app.web.language import current_language


def responsibility_panel(client: Client, may: Callable[[str, str], bool]) -> dict[str, Any] | None:
    """Say who is responsible today, since when and why; None for who may not know."""
    if not may("can_list", "ResponsibilityPeriodView"):
        return None
    row, language = responsible_on(db.session, client.id, date.today()), current_language()
    if row is None:
        text = _("Responsible all along: no valid job search is recorded (681/2023 § 3).")
        rows = [{"label": label("RESPONSIBLE", MUNI, language), "text": text, "url": None, "is_late": False}]
    else:
        why = label("RESPONSIBILITY_REASON", row.reason, language)
        text = _("Since %(day)s: %(why)s", day=format_date(row.starts_on), why=why)
        rows = [{"label": label("RESPONSIBLE", row.responsible, language), "text": text, "url": None, "is_late": False}]
    return {"title": _("Responsible authority"), "kind": "facts", "rows": rows, "empty_text": ""}
