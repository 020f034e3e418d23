"""Moves of Vantaa's and of Porvoo's, and who works on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.imports.models import ImportBatch
from app.organisations.models import organisation_key
from tests.support.app import Browser
from tests.support.moves import make_move

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")


@pytest.fixture
def move(sqlite_app: Flask) -> Iterator[Callable[..., str]]:
    """Write a move and give its key; all go at the end."""
    made: list[str] = []

    def make(organisation: str = VANTAA, **values: Any) -> str:
        with sqlite_app.app_context(), acting_scope(Scope(organisation)):
            key = make_move(db.session, organisation, **values).id
            db.session.commit()
        made.append(key)
        return key

    yield make
    with sqlite_app.app_context():
        db.session.execute(delete(ImportBatch).where(ImportBatch.id.in_(made)))
        db.session.commit()


@pytest.fixture(scope="module")
def bengt(sqlite_app: Flask) -> Browser:
    """Team lead in municipality A, who reads Swedish."""
    return Browser(sqlite_app).sign_in("bengt")


@pytest.fixture(scope="module")
def kaisa(sqlite_app: Flask) -> Browser:
    """Access administrator of the national agency."""
    return Browser(sqlite_app).sign_in("kaisa")


def cells(page: str, row: str) -> list[str]:
    """Give the texts of a table's row by its heading."""
    found = re.search(rf'<th scope="row"[^>]*>(?:<a [^>]*>)?{re.escape(row)}(?:</a>)?</th>(.*?)</tr>', page, re.S)
    assert found is not None, row
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", found.group(1), re.S)]
