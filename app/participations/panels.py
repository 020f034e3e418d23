"""What a matter's own page tells of the county that takes part in it: who, and that it has given a statement."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.db.base import db
from app.participations.models import Participation
from app.participations.queries import statements_in

TITLE = _l("Wellbeing services county takes part")


def county_panels(condition: Any, may: Any) -> list[dict[str, Any]]:
    """Give the panel of the participations that meet a condition, none where there is none; two statements at most.

    `may` answers for a permission and a view.
    """
    if not may("can_list", "ParticipationView"):
        return []
    found = list(db.session.scalars(select(Participation).where(condition).order_by(Participation.created_at)))
    if not found:
        return []
    rows = [{"label": row.organisation_name, "text": row.state, "url": url_for("ParticipationView.show", pk=row.id), "is_late": False} for row in found]
    rows += [
        {"label": format_date(row.stated_on), "text": _("Statement: %(author)s", author=row.author) if row.author else _("Statement"),
         "url": url_for("CountyStatementView.show", pk=row.id), "is_late": False}
        for row in (statements_in(db.session, condition) if may("can_show", "CountyStatementView") else ())
    ]  # fmt: skip
    return [{"title": TITLE, "kind": "facts", "rows": rows, "empty_text": ""}]
