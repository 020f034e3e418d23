"""The access matrix on SQLite: every route and method, for every role and for who has none, over every row that is not the reader's own.

Here the application's scope is the only wall. What a role may not do at all is refused before a row is looked for, whatever the database, so that is
asked here only; every kind of one's own rows PostgreSQL's matrix asks for, and all other tests do on SQLite.
"""

from __future__ import annotations

import pytest

from tests.access.conftest import Installation
from tests.support.log_lines import log_lines
from tests.support.matrix import READERS, REFUSED, Cell, Reader
from tests.support.matrix_walk import canaries, walk


def is_asked(cell: Cell) -> bool:
    return cell.expected == REFUSED or cell.relation != "own"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.username}-{reader.role}")
def test_every_cell_answers_as_declared(sqlite_matrix: Installation, reader: Reader) -> None:
    found = sqlite_matrix
    with log_lines() as lines:
        number, wrong = walk(found.app, found.owner, found.browser(reader), reader, found.specimens, is_asked)
    assert wrong == []
    assert number > 1000
    written = lines.getvalue()
    assert written.count("\n") >= number and not [word for word in canaries(found.specimens) if word in written]
