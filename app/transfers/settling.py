"""Make room in the municipality that goes on for what may stand only once in it; features above are known by their tables alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db.base import Model
from app.organisations.models import Organisation

# Old systems are told apart by this name within an organisation.
_PRODUCT_MOST = 80


def drop_twice_subscribed(session: Session, old_id: str, new_id: str) -> None:
    """Delete the subscriptions of the old municipality that their person has in the new one too."""
    table = Model.metadata.tables["report_subscription"]
    same = ("user_id", "address", "every")
    other = table.alias()
    twice = select(other.c.id).where(other.c.org_id == new_id, *(other.c[name] == table.c[name] for name in same)).exists()
    session.execute(delete(table).where(table.c.org_id == old_id, twice))


def tell_products_apart(session: Session, old: Organisation, new: Organisation) -> None:
    """Write the code of the old municipality behind the names of old systems that both have brought data from."""
    tables: list[Any] = [table for table in Model.metadata.tables.values() if {"org_id", "product"} <= {column.name for column in table.columns}]
    products = [{found for table in tables for found in session.scalars(select(table.c.product).distinct().where(table.c.org_id == key))} for key in (old.id, new.id)]
    for product in products[0] & products[1]:
        name = f"{product[: _PRODUCT_MOST - len(old.code) - 1]} {old.code}"
        for table in tables:
            session.execute(update(table).where(table.c.org_id == old.id, table.c.product == product).values(product=name))
