"""What PostgreSQL expects of an organisation's clients is what there is: a list is read in its order only by whoever expects many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, func, make_url, select, text
from sqlalchemy.dialects import postgresql

from app.access.membership import ClientMembership, ClientScoped
from tests.support.specimens import VANTAA

_OWN = select(ClientMembership.client_id).where(ClientMembership.organisation_id == VANTAA)


@pytest.fixture
def serving(postgres_app: Flask) -> Iterator[Connection]:
    """The serving role acting for Vantaa, over fresh statistics."""
    url = make_url(postgres_app.config["SQLALCHEMY_DATABASE_URI"])
    owner, engine = create_engine(url.set(username="koto_owner"), isolation_level="AUTOCOMMIT"), create_engine(url)
    with owner.connect() as connection:
        connection.execute(text("ANALYZE client_membership"))
    with engine.begin() as connection:
        connection.execute(select(func.set_config("koto.organisation", VANTAA, True)))
        yield connection
    owner.dispose()
    engine.dispose()


def test_the_organisation_that_is_named_twice_is_not_counted_twice(serving: Connection) -> None:
    """The statement names it and so does the reading policy; two equal conditions leave as many rows as one."""
    there = serving.scalar(select(func.count()).select_from(_OWN.subquery()))
    asked = str(_OWN.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    ((plan,),) = serving.execute(text(f"EXPLAIN (FORMAT JSON) {asked}"))
    assert there and there > 10
    assert there / 3 < plan[0]["Plan"]["Plan Rows"] <= there * 3


def test_no_reading_policy_can_be_hashed(serving: Connection) -> None:
    """One row costs one look at the memberships; without OFFSET 0 the planner reads all of the organisation's first."""
    policies = serving.execute(text("SELECT tablename, qual FROM pg_policies WHERE policyname = 'app_read' AND schemaname = 'public'")).all()
    by_membership = {str(table): str(condition) for table, condition in policies if str(condition).startswith("(EXISTS") and "is_owner" not in condition and "client_id" in condition}
    assert len(by_membership) > 30
    assert [table for table, condition in by_membership.items() if "OFFSET 0" not in condition] == []


def test_each_list_of_records_begins_in_an_order_that_an_index_keeps(sqlite_app: Flask) -> None:
    views = [view for view in sqlite_app.appbuilder.baseviews if issubclass(getattr(getattr(view, "datamodel", None), "obj", object), ClientScoped)]  # type: ignore[attr-defined]
    assert len(views) > 30
    unkept = {}
    for view in views:
        table, order = view.datamodel.obj.__table__, [view.base_order[0], "id"]
        kept = [[column.name for column in index.columns] for index in table.indexes if not index.dialect_kwargs]
        if order not in kept and ["org_id", *order] not in kept:
            unkept[table.name] = order
    assert unkept == {}
