"""Reads of transfers."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.transfers.models import TransferRequest, TransferSide, own_organisation
from app.transfers.rules import OPEN
from app.users.models import AccessGrant
from app.users.queries import in_force


def seen_transfers(query: Select[Any]) -> Select[Any]:
    """Narrow a query of transfers to those the reader's organisation is a side of and has got."""
    mine = select(TransferSide.transfer_id).where(TransferSide.organisation_id == own_organisation())
    return query.where(TransferRequest.id.in_(mine))


def waiting_count(session: Session) -> int:
    """Count the transfers that wait for the reader's organisation."""
    query = select(func.count()).select_from(TransferRequest).where(TransferRequest.waits_for_id == own_organisation())
    return session.scalar(seen_transfers(query)) or 0


def has_open_transfer(session: Session, client_id: str) -> bool:
    """Tell whether the reader's organisation has an open transfer of the client."""
    query = select(TransferRequest.id).join(TransferSide, TransferSide.transfer_id == TransferRequest.id)
    found = query.where(TransferSide.client_id == client_id, TransferSide.organisation_id == own_organisation(), TransferRequest.status.in_(OPEN))
    return session.scalar(found.limit(1)) is not None


def open_transfers_of_both(session: Session, kept: Client, other: Client) -> list[str]:
    """Give a sentence when one of two records of one person is about to move."""
    if any(has_open_transfer(session, client.id) for client in (kept, other)):
        return [_("One of the records has an open transfer to another municipality. Let it end, or withdraw it first.")]
    return []


def has_own_client(session: Session, digest: str | None, organisation_id: str) -> bool:
    """Tell whether the organisation owns a client with the identity code of the digest."""
    if digest is None:
        return False
    return session.scalar(select(Client.id).where(Client.identity_code_digest == digest, Client.org_id == organisation_id).limit(1)) is not None


def side_of(session: Session, transfer_id: str, organisation_id: str) -> TransferSide | None:
    """Give what an organisation knows of a transfer."""
    return session.scalar(select(TransferSide).where(TransferSide.transfer_id == transfer_id, TransferSide.organisation_id == organisation_id))


def owner_of(session: Session, client_id: str) -> ClientMembership | None:
    """Give the membership of the client's controller."""
    return session.scalar(select(ClientMembership).where(ClientMembership.client_id == client_id, ClientMembership.is_owner))


def leads_of(session: Session, organisation_id: str) -> list[int]:
    """Give the users who lead a team of the organisation today; where nobody does, its caseworkers."""
    of = AccessGrant
    query = select(of.role, of.user_id).where(of.organisation_id == organisation_id, of.role.in_(("TEAM_LEAD", "CASEWORKER")), in_force(date.today()))
    found = session.execute(query).all()
    leads = {user for role, user in found if role == "TEAM_LEAD"}
    return sorted(leads or {user for _role, user in found})
