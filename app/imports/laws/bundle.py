"""The rows of one client that are known while the client is brought in: those stored, and those of the file so far."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.limits import Course
from app.plans.models import IntegrationPlan
from app.responsibility.queries import delegation_of
from app.responsibility.rules import Period

_KEY = "koto_bundle"


class Bundle:
    """Rows by model and key. Of a client that is stored already each model is read once; of a new client nothing is asked."""

    def __init__(self, client_id: str, *, is_new: bool, everybodys: dict[tuple[Any, str], Any]) -> None:
        self.client_id, self.is_new = client_id, is_new
        # The rows of the file of all clients at hand.
        self._everybodys = everybodys
        self._brought: dict[type, dict[str, Any]] = {}
        self._stored: dict[type, list[Any]] = {}
        # Keys of rows whose state was not brought, so that it may follow from what comes after.
        self.follows: set[str] = set()

    def take(self, item: Any) -> None:
        """Know a row of the file."""
        self._brought.setdefault(type(item), {})[item.id] = item
        self._everybodys[type(item), item.id] = item

    def drop(self, item: Any) -> None:
        """Forget a row that is not written after all."""
        self._brought.get(type(item), {}).pop(item.id, None)
        self._everybodys.pop((type(item), item.id), None)

    def brought(self, model: type, key: str | None) -> Any:
        """Give a row of the file by its key."""
        return self._brought.get(model, {}).get(key or "")

    def rows(self, session: Session, model: Any) -> list[Any]:
        """Give the client's rows of a model; what the file says of a row takes the place of what is stored."""
        if model not in self._stored:
            self._stored[model] = [] if self.is_new else _read(session, model, self.client_id)
        return list({**{row.id: row for row in self._stored[model]}, **self._brought.get(model, {})}.values())

    def course(self, session: Session) -> Course:
        """Give the course of the client's plans, each kind in the order of its days."""
        plans = sorted(self.rows(session, IntegrationPlan), key=lambda row: row.ordinal)
        extensions = sorted(self.rows(session, PlanExtension), key=lambda row: row.decided_on)
        return Course(plans, extensions, sorted(self.rows(session, PlanInterruption), key=lambda row: row.starts_on))


def _read(session: Session, model: Any, client_id: str) -> list[Any]:
    with session.no_autoflush:
        return list(session.scalars(select(model).where(model.client_id == client_id)))


class _Known:
    """The clients at hand, and every row of the file that was taken for one of them."""

    def __init__(self) -> None:
        self.bundles: dict[str, Bundle] = {}
        self.brought: dict[tuple[Any, str], Any] = {}
        self.stored: dict[tuple[Any, str], Any] = {}
        self.delegations: dict[str, Period | None] = {}


def _known(session: Session) -> _Known:
    return session.info.setdefault(_KEY, _Known())  # type: ignore[no-any-return]


def begin(session: Session, client: Client) -> Bundle:
    """Begin with a client; what was known of it before is forgotten."""
    known = _known(session)
    found = known.bundles[client.id] = Bundle(client.id, is_new=not inspect(client).persistent, everybodys=known.brought)
    return found


def forget(session: Session) -> None:
    """Forget the clients at hand: when their piece is written, and after a rollback."""
    session.info.pop(_KEY, None)


def bundle_of(session: Session, client_id: str) -> Bundle:
    """Give the bundle of a client; a client that no row has begun is a stored one."""
    known = _known(session)
    if client_id not in known.bundles:
        known.bundles[client_id] = Bundle(client_id, is_new=False, everybodys=known.brought)
    return known.bundles[client_id]


def delegation(session: Session, organisation_id: str) -> Period | None:
    """Give the period in which the municipality has delegated all clients, asked once a piece. Basis: 681/2023 § 8."""
    known = _known(session).delegations
    if organisation_id not in known:
        known[organisation_id] = delegation_of(session, organisation_id)
    return known[organisation_id]


def row_of(session: Session, model: Any, key: str | None) -> Any:
    """Give a row by its key: of the file, of the session, or from the database; None for no key."""
    if key is None:
        return None
    known = _known(session)
    if (found := known.brought.get((model, key))) is not None:
        return found
    stored = known.stored
    if (model, key) not in stored:
        # Held, for the session itself forgets a row that nobody holds.
        with session.no_autoflush:
            stored[model, key] = session.get(model, key)
    return stored[model, key]
