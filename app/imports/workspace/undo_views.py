"""Requests to undo a move whose certificate is signed, for the national administrator: which municipality and how much, nobody's data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort
from flask_appbuilder.actions import action
from flask_babel import format_datetime, gettext as _, lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access.actor import current_actor
from app.db.base import db
from app.imports.models import ImportBatch
from app.imports.workspace.models import ImportUndoRequest
from app.imports.workspace.told_rows import ToldRowsMixin
from app.imports.workspace.work_actions import give_leave
from app.imports.workspace.work_pages import number
from app.web.interface import Interface
from app.web.language import current_language


class ImportUndoView(ToldRowsMixin):
    """Those that wait, the oldest first."""

    route_base, event, datamodel = "/imports/undo-requests", "import_undo", Interface(ImportUndoRequest)
    list_title = show_title = add_title = edit_title = _l("Requests to undo a move")
    list_lead = _l("A municipality has signed that everything arrived, and now asks to take the move back. Only figures are shown here.")
    label_columns = {
        "organisation": _l("Organisation"), "product": _l("Old system"), "signed_at": _l("Signed"), "asked_at": _l("Asked"),
        "clients": _l("Clients"), "records": _l("Records that were written"), "kept": _l("Edited since, would be kept"),
    }  # fmt: skip
    list_columns = ["organisation", "product", "signed_at", "asked_at", "clients", "records", "kept"]
    show_columns = list_columns
    add_columns = edit_columns = ["clients"]
    order_columns, base_order, search_columns = ["asked_at"], ("asked_at", "asc"), ["clients"]
    is_in_navigation = True
    base_permissions = ["can_list", "can_action_post", "allow_undo"]
    deeds = {"allow_undo": _l("allow a signed move to be undone")}

    def restricted(self, query: Any) -> Any:
        waits = query.join(ImportUndoRequest.batch).where(ImportBatch.undo_allowed_at.is_(None), ImportBatch.status == "SIGNED")
        return waits.options(contains_eager(ImportUndoRequest.batch))

    def row_or_404(self, pk: str) -> Any:
        # One that was answered meanwhile is told of, not lost.
        return db.session.scalar(select(ImportUndoRequest).where(ImportUndoRequest.id == pk)) or abort(404)

    def told(self, items: Sequence[ImportUndoRequest]) -> dict[str, dict[str, str]]:
        return {item.id: self._texts(item) for item in items}

    def _texts(self, item: ImportUndoRequest) -> dict[str, str]:
        signed = item.batch.signed_at
        return {
            "organisation": item.organisation.name_in(current_language()), "product": item.batch.product, "signed_at": format_datetime(signed, "short") if signed else "",
            "asked_at": format_datetime(item.asked_at, "short"), "clients": number(item.clients), "records": number(item.records), "kept": number(item.kept),
        }  # fmt: skip

    @action("allow_undo", _l("Allow undoing"), _l("The municipality may then take back everything that nobody has edited since."), multiple=True, single=False)
    def allow_undo(self, rows: Sequence[ImportUndoRequest]) -> list[tuple[ImportUndoRequest, str]]:
        """Let the municipalities of the ticked rows undo their moves."""
        actor = current_actor() or abort(403)
        return [(item, _("Is allowed.") if give_leave(db.session, item.batch, actor) else _("Had been answered already.")) for item in rows]
