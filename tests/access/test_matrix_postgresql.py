"""The access matrix on PostgreSQL: every route and method, for every role that may use it, over every relation and each kind of row that one may see.

Of rows of others every kind is asked for on SQLite, where only one wall stands. What a role may not do at all is refused before any row is asked for,
whatever the database: that is held on SQLite too, for every role and for who has none.
"""

from __future__ import annotations

import pytest

from tests.access.conftest import Installation
from tests.support.log_lines import log_lines
from tests.support.matrix import READERS, REFUSED, Cell, Reader
from tests.support.matrix_walk import canaries, walk
from tests.support.specimens import KINDS


# A restricted section is refused for its client's sake too, once that is read.
_OF_ROWS = (".open_restricted", "RestrictedSectionView.edit")


def comes_to_rows(cell: Cell) -> bool:
    return (cell.expected != REFUSED or cell.endpoint.endswith(_OF_ROWS)) and (cell.relation != "other" or cell.kind == KINDS[0])


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.role], ids=lambda reader: f"{reader.username}-{reader.role}")
def test_every_cell_answers_as_declared(postgres_matrix: Installation, reader: Reader) -> None:
    found = postgres_matrix
    with log_lines() as lines:
        number, wrong = walk(found.app, found.owner, found.browser(reader), reader, found.specimens, comes_to_rows)
    assert wrong == []
    assert number > 30
    written = lines.getvalue()
    assert written.count("\n") >= number and not [word for word in canaries(found.specimens) if word in written]
