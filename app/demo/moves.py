"""Between municipalities and between records: transfers under way and pairs of clients that may be one person, in larger installations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.demo.draw import Draw, working_day
from app.demo.sharing import OWNER
from app.demo.source import texts
from app.duplicates.models import ClientMerge, pair_of
from app.organisations.models import organisation_key
from app.transfers.actions import side_about
from app.transfers.models import TransferRequest
from app.transfers.rules import answer_due, answerer, place_of
from app.transfers.sections import CHOSEN_AT_FIRST, stored

_OTHER = organisation_key("MUNICIPALITY", "638")
# One transfer and one pair for so many clients, as small installations are too small for them; no more than these of each.
_EVERY = 500
# What became of each: way, state, and what was written of it.
_TRANSFERS = (("PUSHED", "SENT"), ("REQUESTED", "ASKED"), ("PUSHED", "REJECTED"), ("REQUESTED", "SENT"))
_PAIRS = ("PROPOSED", "DIFFERENT")


def add_moves(session: Session, count: int, on: date) -> None:
    """Add transfers between the two municipalities of the cast, and pairs of own clients, unless there are some; commits."""
    if session.scalar(select(TransferRequest.id).limit(1)) or count < _EVERY:
        return
    ids: dict[str, int] = dict(session.execute(select(User.username, User.id).where(User.username.in_(("aino", "cecilia")))).tuples().all())
    people = {OWNER: ids.get("aino"), _OTHER: ids.get("cecilia")}
    for place, (way, status) in enumerate(_TRANSFERS[: count // _EVERY]):
        owner = OWNER if way == "PUSHED" else _OTHER
        if client := next(iter(_clients(session, owner, place, 1)), None):
            _add_transfer(session, client, way, status, people, on)
    for place, status in enumerate(_PAIRS[: count // _EVERY]):
        if len(both := _clients(session, OWNER, len(_TRANSFERS) + 2 * place, 2)) == 2:
            _add_pair(session, both, status, people[OWNER], on)
    session.commit()


def _clients(session: Session, owner: str, first: int, many: int) -> list[Client]:
    """Give clients in guidance of a municipality whom nobody else sees, by their place in the order of keys."""
    shared = select(ClientMembership.client_id).where(ClientMembership.is_owner.is_(False))
    query = select(Client).where(Client.org_id == owner, Client.status == "GUIDANCE", Client.non_disclosure.is_(False), Client.id.not_in(shared))
    return list(session.scalars(query.order_by(Client.id).offset(first).limit(many)))


def _add_transfer(session: Session, client: Client, way: str, status: str, people: dict[str, int | None], on: date) -> None:
    """Write a transfer that both sides have got: the side that began it, and the other."""
    draw, other = Draw(f"{client.id}:transfer"), _OTHER if client.org_id == OWNER else OWNER
    began, sent = client.org_id if way == "PUSHED" else other, working_day(on - timedelta(days=draw.number(1, 4)))
    turn = answerer(way, client.org_id, other)
    values: dict[str, Any] = {"waits_for_id": turn, "due_on": answer_due(sent, None)}
    if status == "ASKED":
        values |= {"waits_for_id": began, "question": texts("transfer:question", "sv" if turn == _OTHER else "fi")[0]}
    if status == "REJECTED":
        values |= {"waits_for_id": None, "refusal": "NOT_MOVED", "ended_on": on}
    moment = draw.at(sent)
    row = TransferRequest(
        id=draw.key(), way=way, status=status, from_id=client.org_id, to_id=other, sections=stored(CHOSEN_AT_FIRST if way == "PUSHED" else ()),
        consent_on=sent, consent_language=client.service_language, sent_on=sent, org_id=began, created_by=people[began], changed_by=people[began],
        created_at=moment, changed_at=moment, **values,
    )  # fmt: skip
    row.place = place_of(row.status, row.due_on, row.ended_on)
    session.add(row)
    session.flush()
    for organisation in (client.org_id, other):
        side = side_about(client)
        side.id, side.transfer_id, side.organisation_id = draw.key(), row.id, organisation
        side.client_id = client.id if organisation == client.org_id else None
        session.add(side)


def _add_pair(session: Session, both: list[Client], status: str, worker: int | None, on: date) -> None:
    kept, other = both
    draw = Draw(f"{kept.id}:pair")
    moment = draw.at(working_day(on - timedelta(days=draw.number(2, 20))))
    session.add(ClientMerge(
        id=draw.key(), client_id=kept.id, other_id=other.id, pair_key=pair_of(kept.id, other.id), status=status, reason=texts("pair:reason", "fi")[0],
        org_id=OWNER, created_by=worker, changed_by=worker, created_at=moment, changed_at=moment,
    ))  # fmt: skip
