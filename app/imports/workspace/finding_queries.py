"""The texts of findings: values, sheets and people in one statement, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from app.imports.engine.wording import sentences
from app.imports.models import ImportFinding, ImportSheet
from app.imports.workspace.finding_labels import GROUP_OF, GROUPS, STATES, STEPS, place_of


def texts_of(session: Session, items: Sequence[ImportFinding]) -> dict[str, dict[str, str]]:
    """Give what a page says of each finding, by the names of its columns."""
    given, closed = aliased(User), aliased(User)
    query = (
        select(ImportFinding.id, ImportFinding.value, ImportFinding.words, ImportSheet.name, given.last_name, given.first_name, closed.last_name, closed.first_name)
        .outerjoin(ImportSheet, ImportSheet.id == ImportFinding.sheet_id).outerjoin(given, given.id == ImportFinding.assigned_to)
        .outerjoin(closed, closed.id == ImportFinding.closed_by).where(ImportFinding.id.in_([item.id for item in items]))
    )  # fmt: skip
    found = {row[0]: row for row in session.execute(query)} if items else {}
    return {item.id: _texts(item, found[item.id]) for item in items}


def _texts(item: ImportFinding, found: Any) -> dict[str, str]:
    _key, value, words, sheet, *names = found
    # A list leaves encrypted columns unread; the sentence would read them one by one.
    set_committed_value(item, "words", words)
    reason, cure = sentences(item)
    return {
        "place": place_of(item, sheet), "tier": str(GROUPS[GROUP_OF.get(item.tier, "WARNING")]), "column_name": item.column_name, "value": value or "", "reason": reason, "cure": cure, "why": f"{reason} {cure}",
        "state": str(STATES["open" if item.closed_because is None else "closed"]), "closed_because": item.closed_because or "", "step": str(STEPS.get(item.step, item.step)),
        "assignee": " ".join(filter(None, names[:2])), "closed_by": " ".join(filter(None, names[2:])),
    }  # fmt: skip
