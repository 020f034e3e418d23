"""Non-disclosure for personal safety (turvakielto, spärrmarkering): one rule for every way in which a client is shown.

Basis: 661/2009 §§ 36–37 (D19, V15). Municipality, address and contacts stay hidden until a person of the controller opens
them for a reason, for a quarter of an hour; who serves the client stays hidden from other authorities for good, because
the workers of a small team, and who provides a service, tell the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.access.actor import Actor, current_actor
from app.access.membership import ClientScoped
from app.access.visibility import WHOLE, Sight
from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import Model, db
from app.db.columns import code_column
from app.db.types import OWN, IdType, Sensitivity, UtcDateTime, new_id, now

CONTACTS = frozenset({"phone", "email", "street_address", "postal_code", "post_office", "home_municipality_id"})
# The mark itself is taken off only by who sees what comes to light by it.
IN_THE_FORM = CONTACTS | {"non_disclosure"}
HINTS = frozenset({"inviter", "responsible_worker", "responsible_worker_id", "authors", "provider"})
OPEN_FOR = timedelta(minutes=15)
MASK = _l("Hidden: non-disclosure order")


class ProtectedOpening(Model):
    """That a person opened a client's protected details, why, and until when they stay open to that person."""

    __tablename__ = "protected_opening"
    __table_args__ = (Index("ix_protected_opening_user_id", "user_id", "client_id", "closes_at"),)

    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, info=OWN)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    grant_id: Mapped[str] = mapped_column(ForeignKey("access_grant.id"), nullable=False, info=OWN)
    reason: Mapped[str] = code_column("PROTECTED_REASON", "own", Sensitivity.INTERNAL)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)


def open_protected(session: Session, client: Client, actor: Actor, reason: str) -> None:
    """Open the client's protected details to the actor, by the right acted by; with its event, and commit."""
    moment = now()
    # The log remembers; here stands only what is still open.
    session.execute(delete(ProtectedOpening).where(ProtectedOpening.user_id == actor.user_id, ProtectedOpening.closes_at < moment))
    session.add(
        ProtectedOpening(user_id=actor.user_id, client_id=client.id, grant_id=actor.grant_id, reason=reason, opened_at=moment, closes_at=moment + OPEN_FOR)
    )
    record_event(session, "client:protected_opened", client_ids=[client.id], row_id=client.id, version=client.version, criteria=[f"reason:{reason}"])
    session.commit()


def opening_of(client: Client) -> ProtectedOpening | None:
    """Give the reader's opening that is still open; read once a request, and for protected clients of their own only."""
    actor = current_actor()
    if not client.non_disclosure or actor is None or client.org_id != actor.organisation_id:
        return None
    known = g.setdefault("protected_openings", {})
    if client.id not in known:
        mine = (ProtectedOpening.user_id == actor.user_id) & (ProtectedOpening.grant_id == actor.grant_id)
        query = select(ProtectedOpening).where(mine, ProtectedOpening.client_id == client.id, ProtectedOpening.closes_at > now())
        with db.session.no_autoflush:
            known[client.id] = db.session.scalars(query.order_by(ProtectedOpening.closes_at.desc()).limit(1)).first()
    found: ProtectedOpening | None = known[client.id]
    return found


def overlook_openings(clients: Iterable[Client]) -> None:
    """Show these clients as to a reader who has opened none of them: for what is told of many at once, which no opening is for."""
    g.setdefault("protected_openings", {}).update(dict.fromkeys(client.id for client in clients))


def is_hidden(client: Client) -> bool:
    """Tell whether municipality, address and contacts of the client are hidden from this reader now."""
    return bool(client.non_disclosure) and opening_of(client) is None


def hides_place(client: Client) -> bool:
    """Tell whether this reader, of another authority, must not learn who serves the client."""
    return bool(client.non_disclosure) and _is_foreign(client)


def protected_among(session: Session, client_ids: set[str]) -> set[str]:
    """Give those of the clients who are protected; one statement."""
    if not client_ids:
        return set()
    return set(session.scalars(select(Client.id).where(Client.id.in_(client_ids), Client.non_disclosure.is_(True))))


def without_protected(session: Session, rows: Sequence[Any]) -> list[Any]:
    """Give the rows that may leave the system in a file: those of protected clients stay (V15)."""
    protected = protected_among(session, {row.client_id for row in rows})
    return [row for row in rows if row.client_id not in protected]


def remember_protected(known: Mapping[str, bool]) -> None:
    """Take from who has read it already whether clients are protected, so that the rule need not ask in this request."""
    g.setdefault("protected_clients", {}).update(known)


class ProtectionRule:
    """Answers of protected clients' fields (`app/access/visibility.py`)."""

    def prepare(self, items: Sequence[Any]) -> None:
        actor = current_actor()
        rows = [item for item in items if _has_hints(type(item))]
        asked = {item.client_id for item in rows if actor is not None and item.org_id != actor.organisation_id}
        known = g.setdefault("protected_clients", {})
        if missing := asked - known.keys():
            protected = protected_among(db.session, missing)
            known.update({key: key in protected for key in missing})

    def speaks_now(self) -> bool:
        return True

    def speaks_of(self, model: Any, name: str) -> bool:
        return name in CONTACTS | HINTS if model is Client else name in HINTS and _has_hints(model)

    def of_row(self, item: Any, name: str) -> Sight:
        if isinstance(item, Client):
            if not item.non_disclosure or name not in CONTACTS | HINTS:
                return WHOLE
            is_seen = not hides_place(item) if name in HINTS else not is_hidden(item)
            return WHOLE if is_seen else Sight(mask=MASK)
        if name not in HINTS or not _has_hints(type(item)) or not _is_foreign(item):
            return WHOLE
        self.prepare([item])
        return Sight(mask=MASK) if g.protected_clients[item.client_id] else WHOLE

    def of_column(self, model: Any, name: str) -> Sight:
        # No list shows, orders or is narrowed by where a client lives: the answer would tell it.
        return Sight(mask=MASK) if model is Client and name in CONTACTS else WHOLE


def _has_hints(model: Any) -> bool:
    return bool(_with_hints(model))


@cache
def _with_hints(model: Any) -> bool:
    return model is not Client and issubclass(model, ClientScoped) and any(hasattr(model, name) for name in HINTS)


def _is_foreign(item: Any) -> bool:
    actor = current_actor()
    return actor is not None and item.org_id != actor.organisation_id
