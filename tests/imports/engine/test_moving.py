"""A municipality moves in, corrects, and steps back."""

from __future__ import annotations

import pytest

from app.access.actor import acting_scope
from app.db.base import db
from app.imports.engine import steps
from app.imports.engine.steps import NotNowError, commit_step
from tests.imports.engine.bringing import TODAY, Bringer, client_row, everything


def skill(key: str, client: str, **more: str) -> dict[str, str]:
    return {"source_key": key, "client_id": client, "language": "ar", "level": "B1.1", "basis": "WORKER", **more}


def test_what_the_rehearsal_says_is_what_the_commit_does(bringer: Bringer) -> None:
    rows = {"client": [client_row("1"), client_row("2"), client_row("3", family_name="")], "language_skill": [skill("a", "1"), skill("b", "3"), skill("c", "9")]}
    batch = bringer.batch(rows)
    before = everything()
    said = bringer.work(batch, "rehearse").as_document()
    outcomes = bringer.outcomes(batch)
    assert everything() == before
    assert bringer.work(batch, "commit").as_document() == said
    assert bringer.outcomes(batch) == outcomes
    assert outcomes == {
        ("client", 2): "CREATED", ("client", 3): "CREATED", ("client", 4): "STOPPED",
        ("language_skill", 2): "CREATED", ("language_skill", 3): "STOPPED", ("language_skill", 4): "STOPPED",
    }  # fmt: skip
    assert [client.family_name for client in bringer.clients()] == ["Keksitty1", "Keksitty2"]


def test_the_same_file_again_changes_nothing(bringer: Bringer) -> None:
    rows = {"client": [client_row("1"), client_row("2")], "language_skill": [skill("a", "1")]}
    bringer.brought(rows)
    before = everything()
    again = bringer.brought(rows)
    assert set(bringer.outcomes(again).values()) == {"UNCHANGED"}
    assert everything() == before


def test_an_undone_batch_leaves_the_database_as_it_was(bringer: Bringer) -> None:
    bringer.brought({"client": [client_row("1"), client_row("2")]})
    before = everything()
    batch = bringer.brought({"client": [client_row("1", phone="040 1234567"), client_row("3")], "language_skill": [skill("a", "2")]})
    assert everything() != before
    bringer.work(batch, "undo")
    assert everything() == before


def test_what_follows_from_all_rows_of_a_client_follows_and_is_taken_back(bringer: Bringer) -> None:
    bringer.brought({"client": [client_row("1")]})
    before = everything()
    period = {"source_key": "j", "client_id": "1", "employment_status": "EMPLOYED", "starts_on": "2026-01-02"}
    batch = bringer.brought({"client": [client_row("1"), client_row("2")], "status_period": [period, {**period, "source_key": "k", "client_id": "2"}]})
    assert bringer.findings(batch) == []
    assert [client.employment_status for client in bringer.clients()] == ["EMPLOYED", "EMPLOYED"]
    bringer.work(batch, "undo")
    assert everything() == before


def test_a_commit_that_was_ended_halfway_is_gone_on_with_or_taken_back_and_nothing_else(bringer: Bringer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "BUNDLES", 2)
    before = everything()
    batch = bringer.batch({"client": [client_row(str(number)) for number in range(5)]})
    bringer.work(batch, "rehearse")
    with acting_scope(bringer.scope):
        commit_step(db.session, batch, TODAY)
    assert len(bringer.clients()) == 2
    with pytest.raises(NotNowError, match="HALF_IN"):
        bringer.work(batch, "rehearse")
    bringer.work(batch, "undo")
    assert batch.status == "UNDONE"
    assert everything() == before
