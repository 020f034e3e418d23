"""Rows of the clients of some municipalities: each by the municipality that its client and itself are of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.orm import Session

OwnerOf = Callable[[str], str | None]


def own_rows(session: Session, org_ids: tuple[str, ...], owner_of: OwnerOf, of: Any, wanted: Any) -> Iterator[Any]:
    """Give the rows of `of` with their municipality as the last column; the statement begins with the client's key.

    A row that names another municipality than its client is nobody's, so that a municipality's figures are the same whoever is counted with it.
    """
    for row in session.execute(wanted.add_columns(of.org_id).where(of.org_id.in_(org_ids))):
        if owner_of(row[0]) == row[-1]:
            yield row
