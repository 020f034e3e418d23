"""The history of an organisation, and what a merger moves, as its page shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask_babel import format_date, format_datetime, gettext as _
from flask_babel import ngettext

from app.care.organisations.labels import COUNTED
from app.care.organisations.models import DONE, MERGE, PLANNED, RENAME, WITHDRAWN, OrganisationChange
from app.codes.lists import label
from app.web.language import current_language


def history_panel(changes: Iterable[OrganisationChange], names: dict[int, str]) -> dict[str, Any]:
    """Give the timeline, the newest first, as `record.panels` draws it."""
    rows = [{"label": format_datetime(row.created_at, "short"), "text": "\n".join(_lines(row, names)), "url": None} for row in changes]
    return {"title": _("What has happened"), "kind": "timeline", "rows": rows, "empty_text": _("No entries yet.")}


def _lines(row: OrganisationChange, names: dict[int, str]) -> list[str]:
    language = current_language()
    who = names.get(row.created_by or 0) or _("the system")
    state = label("CHANGE_STATE", row.state, language)
    lines = [_("%(what)s from %(day)s: %(state)s, %(who)s", what=what_of(row), day=format_date(row.takes_effect_on), state=state, who=who)]
    if row.kind == RENAME and row.former_fi:
        lines.append(_("Until then: %(fi)s / %(sv)s", fi=row.former_fi, sv=row.former_sv))
    if row.state == WITHDRAWN:
        lines.append(_("Taken back %(at)s, %(who)s", at=format_datetime(row.changed_at, "short"), who=names.get(row.changed_by or 0) or _("the system")))
    return [*lines, *([row.reason] if row.reason else [])]


def what_of(row: OrganisationChange) -> str:
    """Say what a change does."""
    language = current_language()
    if row.kind == RENAME:
        return _("New names %(fi)s / %(sv)s", fi=row.name_fi, sv=row.name_sv)
    if row.kind == MERGE and row.successor:
        return _("%(old)s merges into %(new)s", old=row.organisation.name_in(language), new=row.successor.name_in(language))
    return label("ORGANISATION_CHANGE", row.kind, language)


def planned_groups(changes: Iterable[OrganisationChange]) -> list[dict[str, Any]]:
    """Give a group for each change to come, with what it moves and what stands in its way."""
    return [{"title": _("To come"), "items": [item for row in found for item in _coming(row)]}] if (found := [row for row in changes if row.state == PLANNED]) else []


def _coming(row: OrganisationChange) -> list[dict[str, Any]]:
    items = [{"label": format_date(row.takes_effect_on), "text": what_of(row)}]
    if row.kind != MERGE:
        return items
    if row.counted_at is None:
        return [*items, {"label": _("What will move"), "text": _("It is being counted. Open the page again in a few minutes.")}]
    if row.shared_persons:
        items.append({"label": _("Hindrance"), "text": ngettext(
            "%(num)d person is a client of both. The municipalities join the records first; without that nothing moves.",
            "%(num)d persons are clients of both. The municipalities join the records first; without that nothing moves.", row.shared_persons)})  # fmt: skip
    return [*items, {"label": _("What will move"), "text": "\n".join(_counted(row))}]


def _counted(row: OrganisationChange) -> list[str]:
    counts = json.loads(row.counted or "{}")
    lines = [_("%(what)s: %(number)s", what=COUNTED[name], number=number) for name, number in counts.items() if name in COUNTED]
    return [*lines, _("Counted %(at)s", at=format_datetime(row.counted_at, "short"))]


def is_open(row: OrganisationChange) -> bool:
    """Tell whether a change can still be taken back."""
    return row.state not in (DONE, WITHDRAWN)
