"""A database read directly: an address of SQLAlchemy and one question. Read in a transaction that may not write."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from app.imports.reading.checks import plain_number
from app.imports.reading.headers import names_of
from app.imports.reading.messages import Cell, Sheet
from app.imports.reading.teller import Stopped, Teller

# The drivers of the databases, each installed when it is needed: requirements/import-drivers.in.
DRIVERS = {
    "postgresql": "postgresql+psycopg", "sqlite": "sqlite", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql", "mssql": "mssql+pymssql",
    "oracle": "oracle+oracledb",
}  # fmt: skip
_READ_ONLY = {
    "postgresql": "SET TRANSACTION READ ONLY", "mysql": "SET TRANSACTION READ ONLY", "mariadb": "SET TRANSACTION READ ONLY", "oracle": "SET TRANSACTION READ ONLY",
}  # fmt: skip
_BATCH = 1000


@dataclass(frozen=True)
class _Binary:
    """Bytes, which no cell can hold."""

    length: int


def read_database(url: str, query: str, name: str, teller: Teller) -> None:
    """Tell the answer as one sheet; the number of a row is its place in the answer. What a driver says of a fault is not passed on: it may hold the password."""
    try:
        address = make_url(url)
        backend = address.get_backend_name()
        if backend not in DRIVERS:
            raise Stopped("DB_DRIVER", sheet=name, value=backend)
        address = address.set(drivername=DRIVERS[backend])
        engine = create_engine(_only_read(address) if backend == "sqlite" else address, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise Stopped("DB_DRIVER", sheet=name) from error
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        raise Stopped("DB_UNREACHABLE", sheet=name, value=backend) from error
    try:
        with connection:
            if backend in _READ_ONLY:
                connection.execute(text(_READ_ONLY[backend]))
            # From here on the answer comes in parts; the statement above has none.
            _tell(connection.execution_options(stream_results=True, yield_per=_BATCH), query, name, teller)
    except SQLAlchemyError as error:
        raise Stopped("DB_QUERY", sheet=name, value=type(getattr(error, "orig", error)).__name__) from error


def _only_read(address: URL) -> URL:
    """SQLite makes a file that is not there, unless it is told to read only."""
    return address.set(database=f"file:{quote(address.database or '')}", query={"mode": "ro", "uri": "true"})


def _tell(connection: Connection, query: str, name: str, teller: Teller) -> None:
    # A colon in the question is a colon, not a parameter.
    result = connection.execute(text(query.replace(":", "\\:")))
    if not result.returns_rows:
        raise Stopped("DB_QUERY", sheet=name)
    columns, again, _empty = names_of(list(result.keys()))
    teller.begin(Sheet(number=teller.next_number(), name=name, kind="database", columns=columns, header_row=0))
    for column in again:
        teller.trouble("DUPLICATE_HEADER", column=column, value=columns[column - 1])
    for number, row in enumerate(result, 1):
        cells = [_cell(one) for one in row]
        binary = next((at for at, one in enumerate(cells, 1) if isinstance(one, _Binary) and not teller.is_left_out(at)), None)
        if binary:
            teller.stop_row("BINARY_VALUE", number, binary)
        else:
            teller.row(number, [None if isinstance(one, _Binary) else one for one in cells])
    if not teller.rows:
        teller.trouble("NO_ROWS")


def _cell(value: Any) -> Cell | _Binary:
    if value is None or isinstance(value, (bool, int, date, time)):
        return value
    if isinstance(value, str):
        return value or None
    if isinstance(value, Decimal):
        number = float(value)
        return int(value) if math.isfinite(number) and value == value.to_integral_value() else number
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, (bytes, memoryview, bytearray)):
        return _Binary(len(value))
    return str(value) if isinstance(value, (UUID, timedelta)) else repr(value)
