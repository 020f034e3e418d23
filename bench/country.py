"""A country of invented clients with their histories on a private PostgreSQL, for what is measured over a million.

Some thousands are invented as for the demonstration, under the rules of people's entries. Each is then copied with everything recorded of
them, by one statement a table, and a copy lives where the shares of the municipalities put it. A copy has no identity code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import (
    Column, Connection, Table, case, column, create_engine, func, insert, literal, null, select, text,
)
from sqlalchemy import table as bare_table

from app.db.base import Model
from app.demo.source import homes
from tests.support.app import load, make_app
from tests.support.postgres import Postgres

INVENTED = 10_000
# What joins two clients, or grows with every page that is read.
NOT_COPIED = frozenset({"client_merge", "duplicate_case", "transfer_side", "row_version", "protected_opening"})
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = to_regclass(:name) AND NOT indisunique AND NOT indisprimary"""
_COPIES = """
CREATE UNLOGGED TABLE country_copy AS
SELECT c.id AS client_id, n, c.org_id AS lives_in, (CAST(:places AS text[]))[width_bucket(abs(hashtextextended(c.id, n)) % 1000000 / 1000000.0, CAST(:lows AS numeric[]))] AS moves_to
FROM generate_series(1, :times) n, client c ORDER BY n"""
COPY = bare_table("country_copy", column("client_id"), column("n"), column("lives_in"), column("moves_to"))


@contextmanager
def country(folder: Path, clients: int) -> Iterator[tuple[Flask, Flask]]:
    """Give applications of the owner and of the serving role over a database with so many clients, a multiple of those invented."""
    server = Postgres()
    server.start()
    try:
        name = server.new_database()
        owner, web = (make_app(folder, server.url(role, name)) for role in ("koto_owner", "koto_web"))
        load(owner, min(clients, INVENTED))
        engine = create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            multiply(connection, max(clients // INVENTED - 1, 0))
        engine.dispose()
        yield owner, web
    finally:
        server.stop()


def multiply(connection: Connection, times: int) -> None:
    """Copy every client so many times, with whatever follows the client; as a superuser, whom neither policies nor triggers stop."""
    places, shares = homes()
    whole, lows = sum(shares), [0.0]
    for share in shares[:-1]:
        lows.append(lows[-1] + share / whole)
    connection.execute(text("SET session_replication_role = replica"))
    connection.execute(text(_COPIES), {"places": [home.key for home in places], "lows": lows, "times": times})
    connection.execute(text("ANALYZE country_copy"))
    for table in followers():
        _copied(connection, table)
    connection.execute(text("DROP TABLE country_copy"))
    connection.execute(text("VACUUM ANALYZE"))


def followers() -> list[Table]:
    """Give the table of clients and every table that leads to it, in the order they can be written."""
    found = {"client"}
    tables = Model.metadata.sorted_tables
    for table in tables:
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    return [table for table in tables if table.name in found - NOT_COPIED]


@cache
def _names() -> frozenset[str]:
    return frozenset(table.name for table in followers())


def _copied(connection: Connection, table: Table) -> None:
    indexes = connection.execute(text(_INDEXES), {"name": table.name}).all()
    for name, _definition in indexes:
        connection.execute(text(f"DROP INDEX {name}"))
    columns = [one for one in table.columns if one.computed is None]
    client = table.c.id if table.name == "client" else table.c.client_id
    copies = select(*(_value(table, one) for one in columns)).select_from(COPY.join(table, client == COPY.c.client_id))
    connection.execute(insert(table).from_select([one.name for one in columns], copies, include_defaults=False))
    for _name, definition in indexes:
        connection.execute(text(definition))


def _value(table: Table, of: Column[Any]) -> Any:
    """Give what a copy has in a column: keys begin with the number of the copy, so that those of one copy lie together."""
    leads_to = {key.column.table.name for key in of.foreign_keys}
    if of.primary_key or leads_to & _names() or of.name == "merged_into_id":
        return literal("f").concat(func.lpad(func.to_hex(COPY.c.n), 7, "0")).concat(func.substr(of, 9))
    if "organisation" in leads_to:
        return case((of == COPY.c.lives_in, COPY.c.moves_to), else_=of)
    if table.name == "client" and of.name in ("identity_code", "identity_code_digest"):
        return null()
    return func.coalesce(of, "PENDING") if of.name == "no_identity_code_reason" else of

