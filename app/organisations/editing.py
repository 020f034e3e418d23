"""Write organisations in the service, so that the reference data do not write them back and every process hears of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.codes.keeping import new_edition
from app.organisations.models import Organisation


def edit_organisation(session: Session, organisation: Organisation, **values: Any) -> None:
    """Give columns of an organisation new values that stay when the reference data are loaded again; the caller commits."""
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.edited = " ".join(sorted({*(organisation.edited or "").split(), *values}))
    session.add(organisation)
    session.flush()
    new_edition(session)


def take_back_end(session: Session, organisation: Organisation) -> None:
    """Let an organisation go on as if its end had never been written: the reference data may write it again; the caller commits."""
    edit_organisation(session, organisation, valid_to=None, successor_code=None)
    organisation.edited = " ".join(sorted({*(organisation.edited or "").split()} - {"valid_to", "successor_code"})) or None
