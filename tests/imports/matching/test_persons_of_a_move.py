"""Persons through the whole engine: the commit joins and parts as the rehearsal said, and an undo leaves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.access.actor import acting_scope
from app.db.base import db
from app.duplicates.models import ClientMerge
from app.imports.engine import steps
from app.imports.matching.actions import decide
from app.imports.matching.file_pairs import twice_in_file
from app.imports.matching.waiting import pairs_waiting
from app.imports.models import ImportBatch, ImportRow
from tests.imports.engine.bringing import Bringer, client_row, everything
from tests.imports.engine.conftest import bringer, moving_app  # noqa: F401

CODE = "070529-9002"
CODED = {"birth_date": "1929-05-07", "family_name": "Tulija", "given_names": "Tuula Maria", "identity_code": CODE, "no_identity_code_reason": ""}
ALIKE = {"birth_date": "1929-05-07", "family_name": "Tulija", "given_names": "Tuula Maria"}
SKILL = {"language": "ar", "level": "A1.1", "basis": "WORKER"}


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "BUNDLES", 1)


def outcomes(bringer: Bringer, batch: ImportBatch) -> list[str | None]:  # noqa: F811
    return [outcome for (entity, _number), outcome in sorted(bringer.outcomes(batch).items()) if entity == "client"]


def digests(batch: ImportBatch) -> list[str]:
    return list(db.session.scalars(select(ImportRow.key_digest).where(ImportRow.batch_id == batch.id, ImportRow.entity == "client").order_by(ImportRow.number)))


def both(bringer: Bringer, batch: ImportBatch) -> list[str | None]:  # noqa: F811
    """Rehearse and commit; the one has to say what the other does."""
    bringer.work(batch, "rehearse")
    said = bringer.outcomes(batch), bringer.findings(batch)
    bringer.work(batch, "commit")
    assert (bringer.outcomes(batch), bringer.findings(batch)) == said
    return outcomes(bringer, batch)


def rows(*clients: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    people = [client_row(str(number), **more) for number, more in enumerate(clients, start=1)]
    return {"client": people, "language_skill": [{"source_key": one["source_key"], "client_id": one["source_key"], **SKILL, "language": language} for one, language in zip(people, ("ar", "so", "fa"), strict=False)]}


def test_the_same_code_on_two_rows_is_one_client_with_what_hangs_on_both(bringer: Bringer) -> None:  # noqa: F811
    empty = everything()
    batch = bringer.batch(rows(CODED, {}, {**CODED, "given_names": "Tuula"}))
    assert both(bringer, batch) == ["CREATED", "CREATED", "JOINED"]
    assert set(bringer.outcomes(batch).values()) == {"CREATED", "JOINED"} and len(bringer.clients()) == 2
    bringer.work(batch, "undo")
    assert everything() == empty


def test_likely_rows_wait_and_go_as_a_person_says(bringer: Bringer) -> None:  # noqa: F811
    empty = everything()
    batch = bringer.batch(rows(ALIKE, ALIKE, {**ALIKE, "given_names": "Eila"}))
    bringer.work(batch, "rehearse")
    assert outcomes(bringer, batch) == ["CREATED", "STOPPED", "STOPPED"]
    first, second, third = digests(batch)
    with acting_scope(bringer.scope):
        waiting = pairs_waiting(db.session, batch)
        assert [(one.key_digest, [side.other for side in one.others]) for one in waiting] == [(second, [first]), (third, [first, second])]
        assert waiting[0].values["given_names"] == "Tuula Maria" == waiting[0].others[0].values["given_names"]
        assert [one.key_digest for one in pairs_waiting(db.session, batch, after=waiting[0].id)] == [third]
        assert [one.key_digest for one in pairs_waiting(db.session, batch, limit=1)] == [second]
        decide(db.session, batch, second, first, True)
        for other in (first, second):
            decide(db.session, batch, third, other, False)
        assert pairs_waiting(db.session, batch) == []
        db.session.commit()
    assert both(bringer, batch) == ["CREATED", "JOINED", "CREATED"]
    bringer.work(batch, "undo")
    with acting_scope(bringer.scope):
        kept = everything()
    assert {name: found for name, found in kept.items() if found != empty[name]}.keys() == {"import_decision"}


def test_who_was_parted_from_a_client_is_not_offered_by_the_register_again(bringer: Bringer) -> None:  # noqa: F811
    bringer.brought(rows(ALIKE))
    (known,) = bringer.clients()
    other = Bringer(product="Toinen")
    batch = other.batch(rows({**ALIKE, "given_names": "Tuula"}))
    other.work(batch, "rehearse")
    assert outcomes(other, batch) == ["STOPPED"]
    with acting_scope(other.scope):
        decide(db.session, batch, digests(batch)[0], known.id, False)
        db.session.commit()
    assert both(other, batch) == ["CREATED"]
    with acting_scope(other.scope):
        assert db.session.scalars(select(ClientMerge.status).where(ClientMerge.other_id == known.id)).all() == ["DIFFERENT"]


def test_a_row_of_whoever_waits_waits_too(bringer: Bringer) -> None:  # noqa: F811
    bringer.brought(rows(ALIKE))
    other = Bringer(product="Toinen")
    batch = other.batch(rows({**CODED, "given_names": "Eila"}, {**CODED, "given_names": "Eila", "family_name": "Uusi"}))
    assert both(other, batch) == ["STOPPED", "STOPPED"]
    assert ("PARENT_STOPPED", "", 3) in other.findings(batch)


def test_pairs_of_a_file_are_told_once_and_no_block_is_gone_through_twice(bringer: Bringer) -> None:  # noqa: F811
    batch = bringer.batch({"client": rows(*([ALIKE] * 30))["client"]})
    with acting_scope(bringer.scope):
        pairs = [(pair.first_row, pair.later_row) for pair in twice_in_file(db.session, batch)]
    assert len(pairs) == len(set(pairs)) == sum(min(place, 20) for place in range(30))
