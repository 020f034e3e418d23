"""Keep a process at the latest edition of the reference data.

The number of the edition comes with the sign-in that every request asks anyway; only where it has changed are the edits read.
"""

from __future__ import annotations

from typing import Any

from flask import current_app
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.codes.edition import EDITION, Edition, current_edition
from app.codes.models import CodeEdit, ReferenceEdition
from app.db.base import Model

_ONLY = 1
# What of an organisation the reference data hold, by the name of the column and that of `ReferenceOrganisation`.
FIELDS = {
    "name_fi": "name_fi", "name_sv": "name_sv", "language_status": "language_status", "region_code": "region_code",
    "wellbeing_county_code": "wellbeing_county_code", "employment_area_code": "employment_area_code",
    "economic_development_centre_code": "edc_code", "successor_code": "successor_code", "valid_from": "valid_from", "valid_to": "valid_to",
}  # fmt: skip


def edition_number() -> Any:
    """Give the number of the latest edition as a column of another statement; NULL while nothing was edited."""
    return select(func.max(ReferenceEdition.number)).scalar_subquery()


def keep_up(session: Session, number: int | None) -> None:
    """Read the edits where `number` is not that of the edition held: two statements, else none."""
    if current_edition().number != (number or 0):
        current_app.extensions[EDITION] = _read(session, number or 0)


def keep_up_now(session: Session) -> None:
    """Ask for the number first, where no sign-in has brought it."""
    keep_up(session, session.scalar(select(edition_number())))


def new_edition(session: Session) -> None:
    """Let every process know that something was edited; the caller commits.

    The row is locked until then, so that no number stands for two editions.
    """
    done: Any = session.execute(
        update(ReferenceEdition).where(ReferenceEdition.id == _ONLY).values(number=ReferenceEdition.number + 1).execution_options(synchronize_session=False)
    )
    if not done.rowcount:
        session.execute(insert(ReferenceEdition).values(id=_ONLY, number=1))


def _read(session: Session, number: int) -> Edition:
    table = Model.metadata.tables["organisation"]
    rows = session.execute(select(table).where(table.c.edited.is_not(None)))
    organisations = {(row.kind, row.code): {FIELDS[name]: getattr(row, name) for name in row.edited.split()} for row in rows}
    names = (CodeEdit.list_name, CodeEdit.code, CodeEdit.name_fi, CodeEdit.name_sv, CodeEdit.valid_from, CodeEdit.valid_to)
    edits = session.execute(select(*names).order_by(CodeEdit.created_at, CodeEdit.id))
    return Edition(number, organisations, tuple(edits))
