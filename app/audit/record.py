"""Write an audit event into the transaction that shows or changes the data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import current_app, g, has_request_context
from sqlalchemy import ARRAY, bindparam, func, insert, select
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.audit.content import canonical, current_keys
from app.audit.models import AuditEvent, AuditEventClient
from app.db.types import IdType, new_id, now

# What a role works for; casework and everything that serves it unless something else stands here.
_PURPOSES = {"WSC_PARTICIPANT": "PLAN_PARTICIPATION", "ACCESS_ADMIN": "CONTROLLER", "LOG_AUDITOR": "LOG_REVIEW"}
# Under this name the wiring tells what a participant's invitations are for: clients by purpose, for a subject.
PURPOSES_OF = "koto_purposes_of"

# Made once: every page sends them.
_INSERT_EVENT, _INSERT_CLIENT = insert(AuditEvent.__table__), insert(AuditEventClient.__table__)
_NEW_EVENT = insert(AuditEvent.__table__).values({column.name: bindparam(column.name, type_=column.type) for column in AuditEvent.__table__.columns}).cte("event")
_INSERT_BOTH = (
    _INSERT_CLIENT.from_select(["event_id", "client_id"], select(bindparam("id", type_=IdType), func.unnest(bindparam("clients", type_=ARRAY(IdType)))))
    .add_cte(_NEW_EVENT)
)  # fmt: skip


def record_event(session: Session, name: str, *, client_ids: Iterable[str] = (), row_id: str | None = None, version: int | None = None,
                 fields: Iterable[str] = (), purpose: str | None = None, outcome: str = "DONE", criteria: Iterable[str] = (),
                 hits: int | None = None, by: int | None = None, at: datetime | None = None) -> None:  # fmt: skip
    """Add the event `name` of `app/audit/events.py`; the caller's commit keeps it, a rollback takes it back.

    `fields` are names of changed columns and `criteria` of those a list was narrowed by, never values. Without `purpose`
    the role decides, and of a participant the invitation: an event for each purpose. `by` is the person where nobody has signed in
    yet, `at` another moment than now, for invented data. Two statements at most.
    """
    actor = current_actor()
    touched = sorted(set(client_ids))
    groups: dict[str | None, list[str]] = {purpose: touched}
    if purpose is None and touched and actor is not None and actor.is_participant:
        groups = current_app.extensions[PURPOSES_OF](session, name.split(":")[0], touched)
    what = {
        "name": name, "row_id": row_id, "row_version": version, "outcome": outcome, "hits": hits,
        "fields": ",".join(sorted(fields))[:1000] or None, "criteria": ",".join(sorted(criteria))[:300] or None,
        "user_id": actor.user_id if actor else by, "role": actor.role if actor else None,
        "organisation_id": actor.organisation_id if actor else None,
        "request_id": getattr(g, "request_id", None) if has_request_context() else None,
    }  # fmt: skip
    default = _PURPOSES.get(actor.role if actor else "", "INTEGRATION_SERVICE")
    _write(session, [({"id": new_id(), "at": at or now(), **what, "purpose": found or default}, keys) for found, keys in groups.items()])
    if has_request_context():
        g.audited = True


def _write(session: Session, events: list[tuple[dict[str, Any], list[str]]]) -> None:
    for event, clients in events:
        event["mark"] = current_keys().mark(canonical(event, clients))
    if session.get_bind().dialect.name == "postgresql":
        # One statement for an event with a whole page of clients: a row each cost a millisecond and a half a page.
        about_clients = [{**event, "clients": clients} for event, clients in events if clients]
        about_none = [event for event, clients in events if not clients]
        for statement, rows in ((_INSERT_BOTH, about_clients), (_INSERT_EVENT, about_none)):
            if rows:
                session.execute(statement, rows if len(rows) > 1 else rows[0])
        return
    session.execute(_INSERT_EVENT, [event for event, _clients in events])
    about = [{"event_id": event["id"], "client_id": client} for event, clients in events for client in clients]
    if about:
        session.execute(_INSERT_CLIENT, about)
