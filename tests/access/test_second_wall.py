"""With the application's own scoping off, PostgreSQL alone keeps foreign rows from every page and every change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.access.wall import _guard, _narrow
from tests.access.conftest import Installation
from tests.support.matrix import READERS, UNKNOWN, Cell, Reader
from tests.support.matrix_walk import walk

# The database knows the organisation and whether it takes part by invitation, not roles: one reader of each kind tells all.
_WITH_CLIENTS = [reader for reader in READERS if reader.username in ("cecilia", "veera", "pekka")]


@pytest.fixture
def _unscoped() -> Iterator[None]:
    """Take the loader criteria and the guard before a flush away."""
    event.remove(Session, "do_orm_execute", _narrow)
    event.remove(Session, "before_flush", _guard)
    yield
    event.listen(Session, "do_orm_execute", _narrow)
    event.listen(Session, "before_flush", _guard)


def _tells(cell: Cell) -> bool:
    """Choose what would show or change a foreign row: an address that names one, and each list, search and file."""
    return cell.expected == UNKNOWN or cell.endpoint.endswith((".list", ".get_list", ".search", ".export", ".index"))


@pytest.mark.parametrize("reader", _WITH_CLIENTS, ids=lambda reader: f"{reader.username}-{reader.role}")
@pytest.mark.usefixtures("_unscoped")
def test_the_database_alone_keeps_foreign_rows(postgres_matrix: Installation, reader: Reader) -> None:
    found = postgres_matrix
    number, wrong = walk(found.app, found.owner, found.browser(reader), reader, found.specimens, _tells)
    assert wrong == [] and number > 60


@pytest.mark.usefixtures("_unscoped")
def test_the_walls_taken_away_are_the_ones_that_stand_before_it(sqlite_matrix: Installation) -> None:
    """Without them, and without PostgreSQL, foreign rows do come through: the test above has something to catch."""
    reader = next(reader for reader in READERS if reader.username == "cecilia")
    found = sqlite_matrix
    _number, wrong = walk(found.app, found.owner, found.browser(reader), reader, found.specimens, lambda cell: cell.endpoint == "ClientView.show")
    assert any(leaked for *_cell, leaked in wrong)
