"""Writes of clients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.clients.states import ClientLife
from app.core.folding import folded
from app.core.states import follow
from app.db.types import blind_index, new_id
from app.web.transaction import keep, keep_all


def prepare_client(client: Client) -> None:
    """Derive what is searched: the folded name and the digest of the identity code."""
    client.search_name = folded(client.family_name, client.given_names, client.call_name)
    client.identity_code_digest = blind_index(client.identity_code) if client.identity_code else None


def own_client(session: Session, client: Client, organisation_id: str, on: date) -> None:
    """Make `organisation_id` the controller of a new client (681/2023 § 78.1)."""
    client.id = client.id or new_id()
    client.org_id = organisation_id
    session.add(client)
    session.add(membership_of_owner(client, on))


def membership_of_owner(client: Client, on: date) -> ClientMembership:
    """Give the row by which the client's organisation is its controller."""
    return ClientMembership(client_id=client.id, organisation_id=client.org_id, is_owner=True, purpose="CONTROLLER", valid_from=on)


def advance(session: Session, client_id: str, deed: str) -> Client:
    """Bring the client on by a deed of the client path (`app/clients/states.py`). Raises NotNow when the stage does not allow it."""
    client = session.get_one(Client, client_id)
    follow(ClientLife, client, deed)
    return client


def give_client(session: Session, client: Client, user_id: int) -> None:
    """Make another worker responsible for a client and commit. Raises StaleDataError when somebody changed the client meanwhile."""
    client.responsible_worker_id = user_id
    keep(session, client, "client:given", is_new=False)


def take_clients(session: Session, clients: Sequence[Client], user_id: int) -> int:
    """Make the user responsible for the clients, all or none, with an event each; gives how many were not theirs before."""
    taken = [client for client in clients if client.responsible_worker_id != user_id]
    for client in taken:
        client.responsible_worker_id = user_id
    keep_all(session, taken, "client:taken")
    return len(taken)
