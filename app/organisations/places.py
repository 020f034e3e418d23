"""Which organisations belong to a training place; only those who work in one meet it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from app.access.actor import current_actor
from app.organisations.models import Organisation

# No real municipality or county has a letter in its code; the two of a place have the same one.
MARK = "T"
KINDS = ("MUNICIPALITY", "WELLBEING_COUNTY")


def is_code_of_place(code: str | None) -> bool:
    """Tell whether the code of a municipality or county is a training place's."""
    return code is not None and len(code) == 4 and code.startswith(MARK)


def is_of_place() -> ColumnElement[bool]:
    """Give the condition of an organisation of any training place."""
    return and_(Organisation.kind.in_(KINDS), Organisation.code.like(f"{MARK}___"))


def may_be_met() -> ColumnElement[bool]:
    """Give the condition of organisations that the actor may meet: the country's, and those of the place they work in."""
    actor: Any = current_actor()
    return or_(~is_of_place(), Organisation.code == (actor.organisation_code if actor else ""))
