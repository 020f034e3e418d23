"""Write an audit event into the transaction that shows or changes the data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import g, has_request_context
from sqlalchemy import ARRAY, bindparam, func, insert, select
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.audit.content import canonical, current_keys
from app.audit.models import AuditEvent, AuditEventClient
from app.db.types import IdType, new_id, now

# What a role works for; casework and everything that serves it unless something else stands here.
_PURPOSES = {"WSC_PARTICIPANT": "PLAN_PARTICIPATION", "ACCESS_ADMIN": "CONTROLLER", "LOG_AUDITOR": "LOG_REVIEW"}

# Made once: every page sends them.
_INSERT_EVENT, _INSERT_CLIENT = insert(AuditEvent.__table__), insert(AuditEventClient.__table__)
_INSERT_ALL_CLIENTS = _INSERT_CLIENT.from_select(
    ["event_id", "client_id"], select(bindparam("event", type_=IdType), func.unnest(bindparam("clients", type_=ARRAY(IdType))))
)  # fmt: skip


def record_event(session: Session, name: str, *, client_ids: Iterable[str] = (), row_id: str | None = None, version: int | None = None,
                 fields: Iterable[str] = (), purpose: str | None = None, outcome: str = "DONE", criteria: Iterable[str] = (),
                 hits: int | None = None, at: datetime | None = None) -> None:  # fmt: skip
    """Add the event `name` of `app/audit/events.py`; the caller's commit keeps it, a rollback takes it back.

    `fields` are names of changed columns and `criteria` of those a list was narrowed by, never values. Without `purpose`
    the role decides. `at` is another moment than now, for invented data. Two statements at most.
    """
    actor = current_actor()
    touched = sorted(set(client_ids))
    event = {
        "id": new_id(), "at": at or now(), "name": name, "row_id": row_id, "row_version": version, "outcome": outcome, "hits": hits,
        "purpose": purpose or _PURPOSES.get(actor.role if actor else "", "INTEGRATION_SERVICE"),
        "fields": ",".join(sorted(fields))[:1000] or None, "criteria": ",".join(sorted(criteria))[:300] or None,
        "user_id": actor.user_id if actor else None, "role": actor.role if actor else None,
        "organisation_id": actor.organisation_id if actor else None,
        "request_id": getattr(g, "request_id", None) if has_request_context() else None,
    }  # fmt: skip
    event["mark"] = current_keys().mark(canonical(event, touched))
    session.execute(_INSERT_EVENT, event)
    if touched and session.get_bind().dialect.name == "postgresql":
        # One statement for a whole page of clients: a row each cost a millisecond and a half a page.
        session.execute(_INSERT_ALL_CLIENTS, {"event": event["id"], "clients": touched})
    elif touched:
        session.execute(_INSERT_CLIENT, [{"event_id": event["id"], "client_id": key} for key in touched])
    if has_request_context():
        g.audited = True
