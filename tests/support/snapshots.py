"""A database as it was once, put back in a moment: for what many tests begin with and each of them changes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
from flask import Flask
from sqlalchemy import URL

from app.access.actor import system_scope
from app.db.base import db


def address_of(app: Flask) -> URL:
    """Tell where the application keeps its rows; its connections are closed, so that the database may be replaced."""
    with app.app_context(), system_scope():
        db.engine.dispose()
        return db.engine.url


def keep_database(app: Flask, place: Path) -> None:
    """Keep a copy: a file at `place`, or on a PostgreSQL beside it under the name that `place` ends with."""
    address = address_of(app)
    if address.get_backend_name() == "sqlite":
        new = place.with_name(f"{place.name}.{id(app)}")
        with closing(sqlite3.connect(str(address.database))) as source, closing(sqlite3.connect(new)) as target:
            source.backup(target)
        new.rename(place)
    else:
        with _admin(address) as admin:
            _copy(admin, str(address.database), place.name)


def put_back(app: Flask, place: Path) -> bool:
    """Replace the application's database by the copy that was kept; false where none was. Nobody else may be connected to it."""
    address = address_of(app)
    if address.get_backend_name() == "sqlite":
        if not place.exists():
            return False
        for tail in ("-wal", "-shm"):
            Path(f"{address.database}{tail}").unlink(missing_ok=True)
        shutil.copyfile(place, str(address.database))
        return True
    with _admin(address) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [place.name]).fetchone() is None:
            return False
        # Not dropped: that makes the server write everything it holds, which costs seconds; the whole cluster goes when the tests end.
        admin.execute(f'ALTER DATABASE "{address.database}" RENAME TO "replaced_{uuid4().hex}"')
        _copy(admin, place.name, str(address.database))
    return True


def _admin(address: URL) -> psycopg.Connection:
    return psycopg.connect(host=address.host, port=address.port, user="postgres", dbname="postgres", autocommit=True)


def _copy(admin: psycopg.Connection, source: str, target: str) -> None:
    admin.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}" OWNER koto_owner')
