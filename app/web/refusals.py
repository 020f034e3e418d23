"""A request about client data that is refused leaves an event too: who asked, for which row, and that nothing was given."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from app.access.actor import current_actor
from app.access.membership import ClientScoped
from app.audit.events import EVENTS
from app.audit.record import record_event
from app.db.base import db
from app.db.types import is_id

# What a refusal would have been by its status: no right, no such row among those one may see, a row that is settled, or too many attempts.
OUTCOMES = {403: "REFUSED", 404: "REFUSED", 409: "CONFLICT", 429: "REFUSED"}
# Permission of the route → deed of the event; those of a form that was only opened stand apart.
DEEDS = {
    "list": "listed", "search": "searched", "show": "read", "add": "added", "edit": "changed", "delete": "deleted", "export": "exported",
    "identity_code": "identity_code_read", "action_post": "changed", "agree": "agreed", "print": "printed", "interview": "interview_written",
    "complete": "completed", "skip": "left_undone", "invite": "invited", "answer": "accepted", "end": "ended", "restricted": "restricted_read", "restricted_all": "restricted_read",
    "protected": "protected_opened", "history": "read", "close": "closed", "reopen": "reopened", "hold": "held", "release": "released", "reassign": "given",
    "annul": "annulled", "correct": "corrected", "extend": "extended", "interrupt": "interrupted", "resume": "resumed", "limit_to_studies": "limited_to_studies",
    "refer": "referred", "queue": "queued", "accept": "admitted", "start": "started", "pause": "paused", "discontinue": "discontinued", "lapse": "lapsed",
    "cancel": "cancelled", "handle": "handled", "withdraw": "withdrawn", "attend": "attended", "miss": "missed", "excuse": "excused", "propose": "fee_proposed", "waive": "fee_waived",
    "merge": "joined", "different": "judged_different", "undo": "parted", "reconsider": "proposed", "tell_kela": "kela_told",
}  # fmt: skip
# Suggestions name workers and municipalities; nothing can be downloaded.
_WITHOUT_CLIENTS = ("suggest", "download")

log = structlog.get_logger()


def register_refusals(app: Flask) -> None:
    """Note each refused request of a signed-in person to a view over client data, in a transaction of its own.

    The page of a refusal holds no client data, so it is shown also when the event cannot be written; the technical log
    tells of that. A page that shows data is not (`app/audit/record.py`).
    """

    @app.after_request
    def note(response: Response) -> Response:
        if response.status_code in OUTCOMES and current_actor() is not None and not g.get("audited"):
            name = attempted()
            if name is not None:
                _keep(name, OUTCOMES[response.status_code])
        return response


def attempted() -> str | None:
    """Give the name of what the request would have done, None for a view that holds nothing of a client."""
    view = _view_asked()
    if view is None or request.endpoint is None:
        return None
    function: Any = current_app.view_functions[request.endpoint]
    permission = getattr(getattr(function, "__func__", function), "_permission_name", "")
    asked = (view.method_permission_name or {}).get(permission, permission)
    if asked in _WITHOUT_CLIENTS:
        return None
    deed = DEEDS.get(asked, "read")
    pages = view.pages() if hasattr(view, "pages") else view
    is_form = request.method == "GET" and deed not in ("listed", "read", "printed")
    name = f"{pages.event}:{'opened' if is_form else deed}"
    return name if name in EVENTS else f"{pages.event}:read"


def _view_asked() -> Any:
    endpoint = (request.endpoint or "").split(".")[0]
    for view in current_app.appbuilder.baseviews:  # type: ignore[attr-defined]
        if view.endpoint == endpoint:
            pages = view.pages() if hasattr(view, "pages") else view
            model = getattr(getattr(pages, "datamodel", None), "obj", None)
            is_of_clients = getattr(pages, "is_of_clients", False) or (model is not None and issubclass(model, ClientScoped))
            return view if is_of_clients else None
    return None


def _keep(name: str, outcome: str) -> None:
    asked = [*(request.view_args or {}).values(), *request.args.values()]
    try:
        # What the refused request began must not be kept with its event.
        db.session.rollback()
        record_event(db.session, name, row_id=next((key for key in asked if is_id(key)), None), outcome=outcome)
        db.session.commit()
    except SQLAlchemyError as fault:
        db.session.rollback()
        log.error("refusal_not_recorded", event_name=name, kind=type(fault).__name__)
