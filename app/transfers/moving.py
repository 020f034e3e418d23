"""The move of a client's data from one controller to the other; all in the caller's transaction, in the system's scope.

Basis: 681/2023 §§ 78.1, 86. What is not chosen stays with the old municipality under an archive of the client that it
can read and nobody can write (docs/adr/0025).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CursorResult, delete, inspect, or_, select, update
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.clients.protection import CONTACTS, ProtectedOpening
from app.codes.restricted import RESTRICTED_CODES
from app.db.base import Model
from app.db.types import new_id
from app.responsibility.actions import take_responsibility
from app.transfers.models import TransferRequest
from app.transfers.sections import VERSIONS, sections_of, tables_that_move, tables_that_stay

ARCHIVE = "ARCHIVE"
# The county stays the author of what it has stated, and the old municipality the one that was responsible.
_OF_ANOTHER = frozenset({"county_statement", "responsibility_period"})


def move_client(session: Session, row: TransferRequest, client: Client, on: date) -> str | None:
    """Give the client with the chosen data to the new municipality; gives the key of the archive that stays, if any."""
    sections = sections_of(row.sections)
    _end_memberships(session, client, sections)
    archive = _archive(session, row, client, sections, on)
    _repoint(session, [name for name in tables_that_move(sections) if name not in _OF_ANOTHER], client.id, {"org_id": row.to_id})
    _take_over(client, row, sections)
    session.add(ClientMembership(client_id=client.id, organisation_id=row.to_id, is_owner=True, purpose="CONTROLLER", valid_from=on))
    session.flush()
    take_responsibility(session, client, on, "MOVED", row.from_id)
    return archive


def _end_memberships(session: Session, client: Client, sections: tuple[str, ...]) -> None:
    """End what the old municipality was and shared; a provider goes on when the services do."""
    of = ClientMembership
    ended = of.is_owner if "PLAN" in sections else of.is_owner | of.participation_id.is_(None)
    session.execute(delete(of).where(of.client_id == client.id, ended))
    session.execute(delete(ProtectedOpening).where(ProtectedOpening.client_id == client.id))


def _archive(session: Session, row: TransferRequest, client: Client, sections: tuple[str, ...], on: date) -> str | None:
    """Put what stays under a copy of the client that is nobody's to write; None when everything moves."""
    names = tables_that_stay(sections)
    hides_contacts = client.non_disclosure and "PROTECTED" not in sections
    hides_victim = "RESTRICTED" not in sections and (client.trafficking_victim or _tells_of_victim(session, names, client.id))
    if not (hides_contacts or hides_victim or _has_versions(session, names, client.id) or any(_has_rows(session, name, client.id) for name in names)):
        return None
    copied = {attribute.key: getattr(client, attribute.key) for attribute in inspect(Client).column_attrs if attribute.key in Client.__table__.columns}
    # Without a digest: the person is not found by the code here any more, and can come back as a client.
    archive = Client(**{**copied, "id": new_id(), "identity_code_digest": None, "status": "CLOSED", "responsible_worker_id": None, "archived_on": on, "version": 1})
    session.add(archive)
    session.flush()
    session.add(ClientMembership(client_id=archive.id, organisation_id=row.from_id, is_owner=False, purpose=ARCHIVE, valid_from=on))
    _repoint(session, names, client.id, {"client_id": archive.id})
    if hides_victim:
        _keep_restricted_codes(session, client.id, archive.id)
    # The client's own versions hold what the row no longer shows, such as an address that does not move.
    session.execute(update(_table(VERSIONS)).where(_versions_of([*names, "client"], client.id)).values(client_id=archive.id))
    return str(archive.id)


def _table(name: str) -> Any:
    return Model.metadata.tables[name]


def _versions_of(names: list[str], client_id: str) -> Any:
    columns = _table(VERSIONS).c
    return columns.table_name.in_(names) & (columns.client_id == client_id)


def _has_versions(session: Session, names: list[str], client_id: str) -> bool:
    """Tell whether rows of the tables have stood there, even if they were deleted since."""
    return session.scalar(select(_table(VERSIONS).c.id).where(_versions_of(names, client_id)).limit(1)) is not None


def _restricted(table: Any) -> Any:
    """Give the condition of the rows that hold a restricted code; None for a table without, or one that others point at.

    A row that others point at moves with them; there a word stands in the place of its code (`app/web/restricted_codes.py`).
    """
    has_parts = any(key.column.table is table for other in Model.metadata.tables.values() for key in other.foreign_keys)
    columns = [column for column in table.c if column.info.get("codes") in RESTRICTED_CODES]
    return or_(*(column.in_(RESTRICTED_CODES[column.info["codes"]]) for column in columns)) if columns and not has_parts else None


def _restricted_tables() -> list[tuple[Any, Any]]:
    found = [(table, _restricted(table)) for table in Model.metadata.tables.values() if "client_id" in table.c]
    return [(table, condition) for table, condition in found if condition is not None]


def _tells_of_victim(session: Session, staying: list[str], client_id: str) -> bool:
    """Tell whether rows that would move hold a restricted code."""
    moving = [(table, condition) for table, condition in _restricted_tables() if table.name not in staying]
    return any(session.scalar(select(table.c.id).where(table.c.client_id == client_id, condition).limit(1)) is not None for table, condition in moving)


def _keep_restricted_codes(session: Session, client_id: str, archive_id: str) -> None:
    """Let the rows that hold a restricted code stay, with their versions."""
    versions = _table(VERSIONS)
    for table, condition in _restricted_tables():
        keys = list(session.scalars(select(table.c.id).where(table.c.client_id == client_id, condition)))
        session.execute(update(table).where(table.c.id.in_(keys)).values(client_id=archive_id))
        session.execute(update(versions).where(versions.c.table_name == table.name, versions.c.row_id.in_(keys)).values(client_id=archive_id))


def _has_rows(session: Session, name: str, client_id: str) -> bool:
    table = _table(name)
    return session.scalar(select(table.c.id).where(table.c.client_id == client_id).limit(1)) is not None


def _repoint(session: Session, names: list[str], client_id: str, values: dict[str, Any]) -> int:
    """Write the values into all rows of the client; their version goes up, so that a form opened before is refused."""
    count = 0
    for name in names:
        table = _table(name)
        counted = {"version": table.c.version + 1} if "version" in table.c else {}
        found: CursorResult[Any] = session.execute(update(table).where(table.c.client_id == client_id).values(**values, **counted))  # type: ignore[assignment]
        count += found.rowcount
    return count


def _take_over(client: Client, row: TransferRequest, sections: tuple[str, ...]) -> None:
    if client.non_disclosure and "PROTECTED" not in sections:
        for name in CONTACTS - {"home_municipality_id"}:
            setattr(client, name, None)
    if "RESTRICTED" not in sections:
        client.trafficking_victim = False
    client.org_id = client.home_municipality_id = row.to_id
    client.responsible_worker_id = row.worker_id
