"""A merge and its undo over every table of a client, found from the models: what moves, what is derived anew, and that undo brings back what was."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.membership import FollowsClient
from app.clients.models import Client
from app.db.base import Model, db
from app.duplicates.models import ClientMerge
from app.obligations.check import check
from app.obligations.models import ClientObligation
from tests.duplicates.test_merge_and_undo import joined, proposed, undone
from tests.support.app import Browser

# Rows that follow from others, told by what they say: a row of the same words may have been written anew.
DERIVED = {"client_obligation", "responsibility_period"}
# What stays with the record that is joined: a client has one reminder, and versions of the client's own and of what stays.
STAYING = {"client_reminder", "responsibility_period", "row_version", "protected_opening", "transfer_side", "client_merge"}
_OF_THE_WRITING = {"version", "changed_at", "changed_by"}
_OF_THE_DERIVING = {"id", "created_at", "created_by", "derived_on"} | _OF_THE_WRITING
Rows = dict[str, dict[str, dict[str, Any]]]


def models() -> list[Any]:
    return [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, FollowsClient)]


def rows_of(owner: Flask, key: str) -> Rows:
    """Give every row that names a client, whole, by table and key; of a pair of records only that it is there."""
    found: Rows = {}
    with owner.app_context(), system_scope():
        for table in Model.metadata.sorted_tables:
            if "client_id" in table.c and any(to.column.table.name == "client" for to in table.c.client_id.foreign_keys) and table.name != "client_merge":
                rows = db.session.execute(select(table).where(table.c.client_id == key)).mappings().all()
                if rows:
                    found[table.name] = {str(row["id"]): dict(row) for row in rows}
        client = db.session.execute(select(Client.__table__).where(Client.id == key)).mappings().one()
        found["client"] = {key: {name: value for name, value in client.items() if name not in _OF_THE_WRITING}}
    return found


def said(rows: dict[str, dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    """Give what derived rows say, whichever rows say it."""
    return Counter(tuple((name, value) for name, value in row.items() if name not in _OF_THE_DERIVING) for row in rows.values())


def same(before: Rows, after: Rows) -> list[str]:
    """Name the tables whose rows are not exactly what they were; of versions there may only be more."""
    wrong = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, {}), after.get(name, {})
        if name in DERIVED:
            is_same = said(old) == said(new)
        elif name == "row_version":
            is_same = old.items() <= new.items() and {row["table_name"] for key, row in new.items() if key not in old} <= {"client", "responsibility_period"}
        else:
            is_same = old == new
        wrong += [] if is_same else [name]
    return wrong


def without_differences(owner: Flask, *keys: str) -> bool:
    """Tell whether the nightly check finds the stored obligations of the clients as they should be."""
    with owner.app_context(), system_scope():
        found = check(db.session, date.today(), repair=False)
        return not [one for one in found.differences if one[0] in keys]


def test_only_what_is_derived_or_follows_something_else_does_not_go_along() -> None:
    assert {model.__tablename__ for model in models() if not model.goes_along} == {*DERIVED, "row_version", "client_merge"}


def test_every_row_of_every_table_moves_and_comes_back(owner: Flask, bengt: Browser, two_full: tuple[str, str]) -> None:
    kept, other = two_full
    before = rows_of(owner, kept), rows_of(owner, other)
    assert before[1].keys() >= {model.__tablename__ for model in models() if model is not ClientMerge}, "a table without a row shows nothing"
    pair = proposed(bengt, kept, other)
    assert joined(bengt, pair).status_code == 303
    after = rows_of(owner, kept), rows_of(owner, other)

    assert after[1].keys() - {"client", "client_membership"} <= STAYING
    for model in models():
        name = model.__tablename__
        if model.goes_along and name != "client_reminder":
            assert after[0][name].keys() == before[0][name].keys() | before[1][name].keys(), name
    assert after[0]["client_reminder"] == before[0]["client_reminder"] and after[1]["client_reminder"] == before[1]["client_reminder"]
    moved = {key for key, row in before[1]["row_version"].items() if row["table_name"] not in ("client", "client_reminder", *DERIVED)}
    assert moved and moved <= after[0]["row_version"].keys() and not moved & after[1]["row_version"].keys()
    assert sorted(row["ordinal"] for row in after[0]["integration_plan"].values()) == [1, 2]
    assert "client_obligation" not in after[1] and without_differences(owner, kept, other)

    assert undone(bengt, pair).status_code == 303
    assert (same(before[0], rows_of(owner, kept)), same(before[1], rows_of(owner, other))) == ([], [])
    assert without_differences(owner, kept, other)


def test_what_is_due_is_due_for_the_kept_record_alone(owner: Flask, bengt: Browser, two_full: tuple[str, str]) -> None:
    kept, other = two_full
    rows = rows_of(owner, other)["client_obligation"]
    assert rows, "something is due"
    assert joined(bengt, proposed(bengt, kept, other)).status_code == 303
    with owner.app_context(), system_scope():
        of = ClientObligation
        assert db.session.scalars(select(of.client_id).where(of.client_id.in_(two_full)).distinct()).all() == [kept]
