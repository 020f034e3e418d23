"""The question put to two controllers, and its answer told to the other side.

Both reach beyond the reader's scope, so each is one statement that gives nothing back: on PostgreSQL a function that
narrows itself to the client or the case of the controller that asks, elsewhere the same statement on the bare tables.
Who was found, and whether anybody was, is never known to this code; it costs the same either way.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.audit.record import record_event
from app.clients.models import Client
from app.core.folding import folded
from app.db.types import now
from app.duplicates.models import DuplicateCase
from app.duplicates.rules import ANSWER_WITHIN
from app.organisations.places import is_code_of_place

_ID = ("lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) "
       "|| '-' || hex(randomblob(6)))")  # fmt: skip
# A client of another controller with the same identity code, or born the same day with both names in any order.
_OPEN = text(f"""INSERT INTO duplicate_case (id, pair_key, client_id, org_id, answer_due, created_at, changed_at, version)
    WITH found AS (
        SELECT own.id AS own_id, own.org_id AS own_org, other.id AS other_id, other.org_id AS other_org,
            min(own.id, other.id) || ':' || max(own.id, other.id) AS pair
        FROM client own JOIN client other ON other.org_id <> own.org_id AND other.merged_into_id IS NULL
            AND (other.identity_code_digest = own.identity_code_digest
                OR (other.birth_date = own.birth_date AND instr(' ' || other.search_name || ' ', ' ' || :family || ' ') > 0
                    AND instr(' ' || other.search_name || ' ', ' ' || :given || ' ') > 0
                    AND (own.identity_code_digest IS NULL OR other.identity_code_digest IS NULL)))
        WHERE own.id = :own
    )
    SELECT {_ID}, pair, own_id, own_org, :due, :moment, :moment, 1 FROM found WHERE pair NOT IN (SELECT pair_key FROM duplicate_case)
    UNION ALL
    SELECT {_ID}, pair, other_id, other_org, :due, :moment, :moment, 1 FROM found WHERE pair NOT IN (SELECT pair_key FROM duplicate_case)
""")  # noqa: S608 -- no part of the statement is from outside
_TELL = text("""UPDATE duplicate_case SET (other_answer, other_keeps) =
    (SELECT own.answer, own.keeps FROM duplicate_case own WHERE own.id = :own)
    WHERE id <> :own AND pair_key = (SELECT own.pair_key FROM duplicate_case own WHERE own.id = :own)""")


def ask_other_controllers(session: Session, client: Client) -> None:
    """Open a case on both sides with each controller that may serve the person already; the caller commits.

    A training place asks nobody: all who do the same exercise make the same person.
    """
    actor = current_actor()
    if actor is not None and is_code_of_place(actor.organisation_code):
        return
    values: dict[str, Any] = {"own": client.id, "family": folded(client.family_name), "given": folded(client.given_names).split(" ")[0], "due": date.today() + ANSWER_WITHIN}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.open_duplicate_cases(values["own"], values["family"], values["given"], values["due"])))
    else:
        session.execute(_OPEN, {**values, "due": values["due"].isoformat(), "moment": now().strftime("%Y-%m-%d %H:%M:%S.%f")})
    record_event(session, "duplicate_case:sought", client_ids=[client.id], row_id=client.id)


def one_answer_at_a_time(session: Session, case: DuplicateCase) -> None:
    """Let the two sides answer one after the other: each writes its own row and then the other's, so at once they would wait in a ring."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(case.pair_key, 0))))


def tell_other_side(session: Session, case: DuplicateCase) -> None:
    """Tell the other controller what was answered; the caller commits."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.tell_duplicate_case(case.id)))
    else:
        session.execute(_TELL, {"own": case.id})
