"""What stays of a client who has moved to another municipality, or whose record was joined to another, is read and not written (docs/adr/0025, 0026)."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import inspect

from app.access.membership import ClientScoped, FollowsClient
from app.db.base import db


def client_of(item: Any) -> Any:
    """Give the client of a row that follows one; read once a page.

    The session holds what it has read weakly: without this a page would read the client again for each of its lists.
    """
    held = g.setdefault("clients_held", {})
    if item.client_id not in held:
        client_class = inspect(type(item)).relationships["client"].mapper.class_
        with db.session.no_autoflush:
            held[item.client_id] = db.session.get(client_class, item.client_id)
    return held[item.client_id]


def is_archived(item: Any) -> bool:
    """Tell whether a row is of a client who has moved away or was joined to another; costs nothing where the client is loaded already."""
    if not isinstance(item, ClientScoped):
        return False
    client = client_of(item) if isinstance(item, FollowsClient) else item
    return any(getattr(client, name, None) is not None for name in ("archived_on", "merged_into_id"))
