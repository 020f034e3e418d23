"""Small tables that every page needs: kept by each process, and read again when the number that counts their changes has moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from flask import current_app, g
from sqlalchemy import Integer, event, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db.base import Model, db
from app.db.types import OWN

log = structlog.get_logger()


class SharedVersion(Model):
    """One row that counts the changes of the tables kept here, for all processes together."""

    __tablename__ = "shared_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, info=OWN)
    number: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)


# Stands in the statement of the sign-in too, so that a page of somebody who has signed in asks nothing more.
VERSION = select(SharedVersion.number).where(SharedVersion.id == 1)
_MOVE = update(SharedVersion).where(SharedVersion.id == 1).values(number=SharedVersion.number + 1)


def kept_by_all(model: type[Any]) -> type[Any]:
    """Count every change of the model's table, in the transaction that makes it."""

    def moved(_mapper: Any, connection: Any, _item: Any) -> None:
        connection.execute(_MOVE)

    for deed in ("after_insert", "after_update", "after_delete"):
        event.listen(model, deed, moved)
    return model


def _version(session: Session) -> int:
    if g.get("shared_version") is None:
        g.shared_version = session.scalar(VERSION) or 0
    found: int = g.shared_version
    return found


def kept(name: str, read: Callable[[Session], Any], nothing: Any) -> Any:
    """Give what `read` gives, read again only after a change; without the database what was read last, else `nothing`.

    What is kept serves many requests: `read` must give values, no rows of a session.
    """
    known: dict[str, tuple[int, Any]] = current_app.extensions.setdefault("koto_shared", {})
    try:
        version = _version(db.session)
        if name not in known or known[name][0] != version:
            known[name] = (version, read(db.session))
    except SQLAlchemyError as fault:
        # An error page is shown without the database.
        log.error("shared_not_read", kind=type(fault).__name__)
    return known[name][1] if name in known else nothing
