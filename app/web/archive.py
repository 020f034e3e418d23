"""What stays of a client who has moved to another municipality is read and not written (docs/adr/0025)."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import inspect

from app.access.membership import ClientScoped, FollowsClient
from app.db.base import db


def is_archived(item: Any) -> bool:
    """Tell whether a row is of a client who has moved away; costs nothing where the client is loaded already."""
    if not isinstance(item, ClientScoped):
        return False
    if isinstance(item, FollowsClient):
        client_class = inspect(type(item)).relationships["client"].mapper.class_
        with db.session.no_autoflush:
            item = db.session.get(client_class, item.client_id)
        # The session holds what it has read weakly: a page would read the client again for each of its lists.
        g.setdefault("clients_asked_of", {})[getattr(item, "id", None)] = item
    return getattr(item, "archived_on", None) is not None
