"""The access matrix on SQLite: every route and method a role may use, over every row that is not the reader's own.

Here the application's scope is the only wall. What a role may not do at all is refused before a row is looked for, whatever the
database: PostgreSQL's matrix asks those, and every kind of one's own rows, which all other tests ask for on SQLite.
"""

from __future__ import annotations

import pytest

from tests.access.conftest import Installation
from tests.support.log_lines import log_lines
from tests.support.matrix import READERS, REFUSED, Reader
from tests.support.matrix_walk import canaries, walk


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.role], ids=lambda reader: f"{reader.username}-{reader.role}")
def test_every_cell_answers_as_declared(sqlite_matrix: Installation, reader: Reader) -> None:
    found = sqlite_matrix
    with log_lines() as lines:
        number, wrong = walk(found.app, found.owner, found.browser(reader), reader, found.specimens, lambda cell: cell.expected != REFUSED and cell.relation != "own")
    assert wrong == []
    # Figures have no row of anybody.
    assert number > (15 if reader.role == "ANALYST" else 30)
    written = lines.getvalue()
    assert written.count("\n") >= number and not [word for word in canaries(found.specimens) if word in written]
