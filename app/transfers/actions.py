"""Writes of transfers by the two municipalities; what crosses from one to the other is done by `run.py`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.actor import Actor, current_actor
from app.audit.record import record_event
from app.clients.models import Client
from app.core.states import follow
from app.db.types import new_id
from app.responsibility.queries import practice_of
from app.transfers.models import TransferRequest, TransferSide
from app.transfers.rules import answer_due, answerer, place_of
from app.transfers.sections import stored
from app.transfers.states import TransferLife
from app.web.transaction import changed_fields, stamp


def _actor() -> Actor:
    actor = current_actor()
    if actor is None:
        raise PermissionError("a transfer is answered by a person")
    return actor


def _due(session: Session, row: TransferRequest) -> date:
    """Give the last day of the next answer, by the number of the municipality that began."""
    practice = practice_of(session, row.org_id or _actor().organisation_id)
    return answer_due(date.today(), practice.transfer_answer_days if practice else None)


def _begin(session: Session, row: TransferRequest, side: TransferSide, event: str) -> None:
    row.id, row.waits_for_id = new_id(), answerer(row.way, row.from_id, row.to_id)
    row.status, row.due_on = "SENT", _due(session, row)
    row.place = place_of(row.status, row.due_on, None)
    stamp(row, is_new=True)
    side.transfer_id, side.organisation_id = row.id, row.org_id
    session.add(row)
    session.flush()
    session.add(side)
    clients = [side.client_id] if side.client_id else []
    record_event(session, event, client_ids=clients, row_id=row.id, version=row.version, fields=["sections", "consent_on"])
    session.commit()


def push(session: Session, client: Client, to_id: str, sections: Iterable[str], *, consent_on: date, consent_language: str, choice_reason: str | None) -> TransferRequest:
    """Offer a client of one's own to another municipality. Basis: 681/2023 § 85. Commits."""
    row = TransferRequest(way="PUSHED", from_id=client.org_id, to_id=to_id, sections=stored(sections), choice_reason=choice_reason,
                          consent_on=consent_on, consent_language=consent_language, sent_on=date.today())  # fmt: skip
    _begin(session, row, side_about(client), "transfer:move_offered")
    return row


def side_about(client: Client) -> TransferSide:
    """Make a side that knows the client."""
    return TransferSide(client_id=client.id, family_name=client.family_name, given_names=client.given_names, birth_date=client.birth_date,
                        identity_code_digest=client.identity_code_digest)  # fmt: skip


def request_client(session: Session, from_id: str, side: TransferSide, *, consent_on: date, consent_language: str) -> TransferRequest:
    """Ask another municipality for a person who has moved here; nothing tells whether it knows the person. Commits."""
    row = TransferRequest(way="REQUESTED", from_id=from_id, to_id=_actor().organisation_id, sections=stored(()), consent_on=consent_on,
                          consent_language=consent_language, sent_on=date.today())  # fmt: skip
    _begin(session, row, side, "transfer:move_wanted")
    return row


def _follow(session: Session, row: TransferRequest, deed: str, event: str, **values: Any) -> None:
    """Do a deed with its event and commit. Raises NotNow, and StaleDataError when the other side was first."""
    keys = row.scope_keys()
    follow(TransferLife, row, deed)
    for name, value in values.items():
        setattr(row, name, value)
    row.place = place_of(row.status, row.due_on, row.ended_on)
    stamp(row, is_new=False)
    fields = changed_fields(row)
    session.flush()
    record_event(session, event, client_ids=keys, row_id=row.id, version=row.version, fields=fields)
    session.commit()


def accept(session: Session, row: TransferRequest, *, moves_on: date, is_mine: bool = False, choice_reason: str | None = None, **sections: bool) -> None:
    """Agree to the transfer and its day. The old municipality chooses the data with it; the new one, whose client it becomes."""
    values: dict[str, Any] = {"moves_on": moves_on, "waits_for_id": None}
    if row.way == "REQUESTED":
        values |= {"sections": stored(name for name, is_chosen in sections.items() if is_chosen), "choice_reason": choice_reason}
    elif is_mine:
        values["worker_id"] = _actor().user_id
    _follow(session, row, "accept", "transfer:move_accepted", **values)


def reject(session: Session, row: TransferRequest, *, refusal: str, explanation: str | None) -> None:
    """Refuse the transfer with a reason."""
    _follow(session, row, "reject", "transfer:move_refused", refusal=refusal, explanation=explanation, waits_for_id=None, ended_on=date.today())


def ask(session: Session, row: TransferRequest, *, question: str) -> None:
    """Ask the side that began; its answer is waited for next, and the clock starts again."""
    _follow(session, row, "ask", "transfer:move_asked", question=question, answer=None, waits_for_id=row.org_id, due_on=_due(session, row))


def reply(session: Session, row: TransferRequest, *, answer: str) -> None:
    """Answer the question; the turn goes back, and the clock starts again."""
    turn = answerer(row.way, row.from_id, row.to_id)
    _follow(session, row, "reply", "transfer:move_answered", answer=answer, waits_for_id=turn, due_on=_due(session, row))


def withdraw(session: Session, row: TransferRequest) -> None:
    """Take the transfer back, as when the client takes back the consent."""
    _follow(session, row, "withdraw", "transfer:move_withdrawn", waits_for_id=None, ended_on=date.today())
