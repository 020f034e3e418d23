"""For any file: the numbers add up, the commit is what the rehearsal said, an undo leaves nothing, again changes nothing, a cut commit goes on."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.actor import acting_scope
from app.db.base import db
from app.imports.engine import steps, undoing
from app.imports.engine.runs import WORKS
from tests.imports.engine.bringing import TODAY, Bringer, client_row, everything

_FAULTS: list[dict[str, str]] = [{}, {}, {}, {}, {"birth_date": "31.2.1990"}, {"family_name": ""}, {"citizenship": "Atlantis"}, {"service_language": ""}]
_KEYS = st.integers(1, 6).map(str)


def _client(key: str, fault: int) -> dict[str, Any]:
    return {**client_row(key), **_FAULTS[fault % len(_FAULTS)]}


_CLIENTS = st.lists(st.builds(_client, _KEYS, st.integers(0, 40)), min_size=1, max_size=7)
_SKILLS = st.lists(
    st.builds(lambda key, client, level: {"source_key": key, "client_id": client, "language": "ar", "level": level, "basis": "WORKER"}, _KEYS, _KEYS, st.sampled_from(["A1.1", "B1.1", "?"])), max_size=5
)
_FILES = st.fixed_dictionaries({"client": _CLIENTS}, optional={"language_skill": _SKILLS.filter(len)})
_FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "BUNDLES", 2)
    monkeypatch.setattr(undoing, "BUNDLES", 2)


def _sent(rows: dict[str, list[dict[str, Any]]]) -> Counter[str]:
    return Counter({entity: len(found) for entity, found in rows.items()})


@_FEW
@given(rows=_FILES)
def test_a_file_is_brought_as_rehearsed_and_taken_back_whole(bringer: Bringer, rows: dict[str, list[dict[str, Any]]]) -> None:
    bringer.clear()
    empty = everything()
    batch = bringer.batch(rows)
    said = bringer.work(batch, "rehearse").as_document()
    outcomes, findings = bringer.outcomes(batch), bringer.findings(batch)
    assert everything() == empty
    done = bringer.work(batch, "commit")
    assert done.as_document() == said
    assert (bringer.outcomes(batch), bringer.findings(batch)) == (outcomes, findings)
    assert {entity: sum(found.values()) for entity, found in done.by_entity.items()} == _sent(rows)
    assert done.of("WAITING") == 0
    assert len(bringer.clients()) == done.by_entity["client"]["CREATED"]
    brought = everything()
    again = bringer.brought(rows)
    assert set(bringer.outcomes(again).values()) <= {"UNCHANGED", "STOPPED", "SKIPPED"}
    assert everything() == brought
    bringer.work(again, "undo")
    assert everything() == brought
    bringer.work(batch, "undo")
    assert everything() == empty


@_FEW
@given(rows=_FILES, stops=st.integers(0, 4))
def test_a_commit_that_was_cut_anywhere_ends_as_one_that_was_not(bringer: Bringer, rows: dict[str, list[dict[str, Any]]], stops: int) -> None:
    bringer.clear()
    whole = bringer.brought(rows)
    wanted = bringer.outcomes(whole)
    names = [client.search_name for client in bringer.clients()]
    bringer.clear()
    batch = bringer.batch(rows)
    bringer.work(batch, "rehearse")
    with acting_scope(bringer.scope):
        for _step in range(stops):
            if batch.status == "REHEARSED":
                WORKS["commit"](db.session, batch, TODAY)
        key = batch.id
        db.session.remove()
        batch = db.session.get_one(type(batch), key)
    if batch.status == "REHEARSED":
        bringer.work(batch, "commit")
    assert bringer.outcomes(batch) == wanted
    assert [client.search_name for client in bringer.clients()] == names
    bringer.work(batch, "undo")
    assert bringer.clients() == []
