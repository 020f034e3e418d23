"""A whole move on SQLite and on PostgreSQL, where the service's role sees and writes its own organisation's rows alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.imports.engine.undoing import undo_preview
from app.imports.models import ImportLink, ImportRow
from app.obligations.models import ClientObligation
from app.organisations.models import organisation_key
from tests.imports.engine.bringing import Bringer, client_row


def permit(key: str, client: str, **more: Any) -> dict[str, Any]:
    return {"source_key": key, "client_id": client, "kind": "PERMIT", "ground": "P87", "granted_date": "2025-05-02", "is_first": "1", **more}


def test_a_move_corrected_and_taken_back(either: Bringer) -> None:
    first = either.brought({"client": [client_row("1"), client_row("2")], "language_skill": [{"source_key": "a", "client_id": "1", "language": "ar", "level": "B1.1", "basis": "WORKER"}]})
    assert set(either.outcomes(first).values()) == {"CREATED"}
    second = either.batch({"client": [client_row("1", phone="040 1234567"), client_row("2"), client_row("3")]})
    either.work(second, "rehearse")
    either.work(second, "commit")
    assert either.outcomes(second) == {("client", 2): "UPDATED", ("client", 3): "UNCHANGED", ("client", 4): "CREATED"}
    assert [client.phone for client in either.clients()] == ["040 1234567", None, None]
    with acting_scope(either.scope):
        assert {entity: dict(found) for entity, found in undo_preview(db.session, second).items()} == {"client": {"REVERSED": 2}}
    either.work(second, "undo")
    assert [(client.family_name, client.phone) for client in either.clients()] == [("Keksitty1", None), ("Keksitty2", None)]


def test_what_came_in_is_due_at_once(either: Bringer) -> None:
    batch = either.brought({"client": [client_row("1")], "residence_basis": [permit("p", "1")]})
    assert set(either.outcomes(batch).values()) == {"CREATED"}
    with acting_scope(either.scope):
        assert "R05" in db.session.scalars(select(ClientObligation.rule)).all()


def test_what_somebody_changed_since_is_kept(either: Bringer) -> None:
    batch = either.brought({"client": [client_row("1", phone="040 1"), client_row("2")]})
    with acting_scope(either.scope):
        changed = either.clients()[0]
        changed.phone = "040 2"
        db.session.commit()
    again = either.brought({"client": [client_row("1", phone="040 3"), client_row("2")]})
    assert ("CHANGED_SINCE", "phone", 2) in either.findings(again)
    assert either.clients()[0].phone == "040 2"
    either.work(again, "undo")
    either.work(batch, "undo")
    assert [client.phone for client in either.clients()] == ["040 2"]


def test_another_organisation_sees_no_row_of_the_move(either: Bringer) -> None:
    either.brought({"client": [client_row("1")]})
    if db.engine.dialect.name == "sqlite":
        return
    db.session.rollback()
    with acting_scope(Scope(organisation_key("MUNICIPALITY", "092"))):
        assert [db.session.scalars(select(model).where(model.org_id == either.org_id)).all() for model in (ImportRow, ImportLink)] == [[], []]
