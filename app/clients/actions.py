"""Writes of clients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.core.folding import folded
from app.db.types import blind_index, new_id
from app.web.transaction import keep_all


def prepare_client(client: Client) -> None:
    """Derive what is searched: the folded name and the digest of the identity code."""
    client.search_name = folded(client.family_name, client.given_names, client.call_name)
    client.identity_code_digest = blind_index(client.identity_code) if client.identity_code else None


def own_client(session: Session, client: Client, organisation_id: str, on: date) -> None:
    """Make `organisation_id` the controller of a new client (681/2023 § 78.1)."""
    client.id = client.id or new_id()
    client.org_id = organisation_id
    session.add(client)
    session.add(
        ClientMembership(client_id=client.id, organisation_id=organisation_id, is_owner=True, purpose="CONTROLLER", valid_from=on)
    )


def move_to_stage(session: Session, client_id: str, status: str) -> Any:
    """Bring the client to a stage of the client path (process.md § 6.1)."""
    client = session.get_one(Client, client_id)
    client.status = status
    return client


def take_clients(session: Session, clients: Sequence[Client], user_id: int) -> int:
    """Make the user responsible for the clients, all or none, with an event each; gives how many were not theirs before."""
    taken = [client for client in clients if client.responsible_worker_id != user_id]
    for client in taken:
        client.responsible_worker_id = user_id
    keep_all(session, taken, "client:taken")
    return len(taken)
