"""Which environment a database belongs to, and which keys it is written with: asked before anything is served from it or done to it.

The environments run the same code. One that is pointed at another's database by mistake must not show, change or migrate anything there.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from cryptography.fernet import InvalidToken
from sqlalchemy import LargeBinary, String, Text, create_engine, inspect, select, type_coerce
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db.base import Model
from app.db.types import OWN, EncryptedText, UtcDateTime, keyring, now
from config import Settings

_THE_ROW = "database"


class EnvironmentMark(Model):
    """The one row of a database; `keys` holds a digest of each field key on a line of its own."""

    __tablename__ = "environment_mark"

    id: Mapped[str] = mapped_column(String(10), primary_key=True, info=OWN)
    environment: Mapped[str] = mapped_column(String(20), nullable=False, info=OWN)
    keys: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)


class ForeignDatabaseError(Exception):
    """The database is another environment's, or written with other keys; the message tells the operator which."""


def digests(keys: tuple[str, ...]) -> list[str]:
    """Give what is kept of each key. A key has 256 random bits, so that its digest leads nowhere."""
    return [hashlib.sha256(f"koto environment mark {key}".encode()).hexdigest() for key in keys]


def _check(environment: str, kept: str, settings: Settings) -> None:
    if environment != settings.environment:
        raise ForeignDatabaseError(
            f"this database belongs to the environment '{environment}', and KOTO_ENVIRONMENT is '{settings.environment}': "
            "set KOTO_DATABASE_URL to a database of its own"
        )
    if not set(kept.split()) & set(digests(settings.field_keys)):
        raise ForeignDatabaseError(
            f"this database of the environment '{environment}' is written with other keys than those of KOTO_FIELD_KEYS: "
            "give the keys it was written with"
        )


def check_database(settings: Settings) -> None:
    """Raise ForeignDatabaseError when the database is not this environment's; one not marked yet or not answering passes.

    The connection is closed before processes fork.
    """
    path = settings.database_url.removeprefix("sqlite:///")
    if path != settings.database_url and not Path(path).exists():
        return
    engine = create_engine(settings.database_url, **settings.engine_options())
    try:
        found = _mark_in(engine)
    finally:
        engine.dispose()
    if found is not None:
        _check(*found, settings)


def _mark_in(engine: Engine) -> tuple[str, str] | None:
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(EnvironmentMark.__tablename__):
                return None
            row = connection.execute(select(EnvironmentMark.environment, EnvironmentMark.keys)).first()
    except SQLAlchemyError:
        # A database that is away is told by /readyz; the service starts and waits for it.
        return None
    return (row.environment, row.keys) if row is not None else None


def _opens_what_is_written(session: Session) -> bool:
    """Tell whether the keys open the first encrypted value there is; a database from before the marks tells by it whose it is."""
    for column in (column for table in Model.metadata.sorted_tables for column in table.columns if isinstance(column.type, EncryptedText)):
        value = session.scalar(select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1))
        if value is not None:
            try:
                keyring().decrypt(bytes(value))
            except InvalidToken:
                return False
            return True
    return True


def write_mark(session: Session, settings: Settings) -> None:
    """Mark the database as this environment's and bring the digests of its keys up to date; the caller commits.

    Raises ForeignDatabaseError as `check_database` does.
    """
    found = session.get(EnvironmentMark, _THE_ROW)
    if found is not None:
        _check(found.environment, found.keys, settings)
    else:
        if not _opens_what_is_written(session):
            raise ForeignDatabaseError("this database is not marked yet and is written with other keys than those of KOTO_FIELD_KEYS: give the keys it was written with")
        found = EnvironmentMark(id=_THE_ROW, environment=settings.environment)
        session.add(found)
    found.keys = "\n".join(digests(settings.field_keys))
