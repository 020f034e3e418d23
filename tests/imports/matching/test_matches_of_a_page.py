"""Who the client rows of a page are: in the own register, on an earlier row, or nobody known yet."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.clients.models import Client
from app.db.base import db
from app.duplicates.models import ClientMerge
from app.imports.matching.actions import decide, matches_of, note_parted
from app.imports.models import ImportDecision
from tests.imports.matching.conftest import CODES, PORVOO, Move
from tests.support.app import counted_statements


def codes(match: object) -> list[str]:
    return [finding.reason for finding in match.findings]  # type: ignore[attr-defined]


def test_nobody_known_is_new(move: Move) -> None:
    move.row("1")
    assert (move.match("1").kind, move.match("1").findings) == ("NEW", ())


def test_the_same_code_and_name_is_joined_and_told(move: Move) -> None:
    client = move.known(identity_code=CODES[0], no_identity_code_reason=None)
    move.row("1", identity_code=CODES[0])
    found = move.match("1")
    assert (found.kind, found.client_id, codes(found), [one.tier for one in found.findings]) == ("JOIN", client, ["MATCH_JOINED"], ["warning"])


@pytest.mark.parametrize(
    ("known", "row", "code"),
    [
        pytest.param({}, {}, "MATCH_LIKELY", id="same-without-code"), pytest.param({}, {"given_names": "Eila"}, "MATCH_LIKELY", id="twin"),
        pytest.param({}, {"family_name": "Tuula", "given_names": "Tulija"}, "MATCH_LIKELY", id="swapped"),
        pytest.param({"birth_date": date(1929, 7, 5)}, {}, "MATCH_LIKELY", id="day-and-month"),
        pytest.param({"family_name": "Тулия"}, {}, "MATCH_LIKELY", id="another-script"),
        pytest.param({"identity_code": CODES[0]}, {"identity_code": CODES[1]}, "MATCH_LIKELY", id="changed-code"),
        pytest.param({"identity_code": CODES[0], "family_name": "Haddad", "given_names": "Omar", "birth_date": date(1950, 1, 1)}, {"identity_code": CODES[0]}, "MATCH_CODE_OF_ANOTHER", id="code-of-another"),
    ],
)  # fmt: skip
def test_who_looks_alike_waits_for_a_person(move: Move, known: dict[str, object], row: dict[str, object], code: str) -> None:
    client = move.known(**known)
    move.row("1", **row)
    found = move.match("1")
    assert (found.kind, found.client_id, codes(found), [one.tier for one in found.findings]) == ("UNDECIDED", client, [code], ["stop-row"])


@pytest.mark.parametrize("row", [{"given_names": "Eila", "identity_code": CODES[1]}, {"family_name": "Haddad", "given_names": "Omar"}])
def test_another_person_is_new(move: Move, row: dict[str, object]) -> None:
    move.known(identity_code=CODES[0])
    move.row("1", **row)
    assert move.match("1").kind == "NEW"


def test_a_client_of_another_municipality_is_not_seen(move: Move) -> None:
    move.known(PORVOO, identity_code=CODES[0])
    move.row("1", identity_code=CODES[0])
    assert move.match("1").kind == "NEW"


def test_a_record_that_was_joined_leads_to_the_one_that_is_kept(move: Move) -> None:
    last, middle = move.known(family_name="Keeper", given_names="Kaarina"), move.known(family_name="Middle", given_names="Meeri")
    first = move.known()
    for key, kept in ((first, middle), (middle, last)):
        db.session.get_one(Client, key).merged_into_id = kept
    db.session.flush()
    move.row("1")
    found = move.match("1")
    assert (found.kind, found.client_id) == ("UNDECIDED", last)
    decide(db.session, move.batch, move.digest("1"), first, True)
    assert (move.match("1").kind, move.match("1").client_id) == ("JOIN", last)


def test_an_archive_of_who_moved_away_is_not_joined(move: Move) -> None:
    db.session.get_one(Client, move.known()).archived_on = date(2026, 1, 1)
    db.session.flush()
    move.row("1")
    assert move.match("1").kind == "NEW"


def test_a_decision_joins_or_parts_and_may_be_taken_back(move: Move) -> None:
    client = move.known()
    move.row("1")
    key = move.digest("1")
    decide(db.session, move.batch, key, client, True)
    assert (move.match("1").kind, move.match("1").client_id) == ("JOIN", client)
    decide(db.session, move.batch, key, client, False)
    found = move.match("1")
    assert (found.kind, found.parted) == ("NEW", (client,))
    assert db.session.scalars(select(ImportDecision.is_same).where(ImportDecision.key_digest == key)).all() == [False]


def test_whoever_was_judged_another_is_told_to_the_register(move: Move) -> None:
    client, made = move.known(), move.known(family_name="Other")
    note_parted(db.session, move.batch, made, [client])
    assert db.session.scalars(select(ClientMerge.status).where(ClientMerge.client_id == made, ClientMerge.other_id == client)).all() == ["DIFFERENT"]


def test_a_decision_holds_when_the_row_is_corrected(move: Move) -> None:
    client = move.known()
    move.row("1", family_name="Haddad", given_names="Omar", birth_date="1950-01-01")
    decide(db.session, move.batch, move.digest("1"), client, True)
    assert (move.match("1").kind, move.match("1").client_id) == ("JOIN", client)


def test_a_code_of_another_stands_in_the_way_whatever_was_decided(move: Move) -> None:
    client = move.known(identity_code=CODES[0], family_name="Haddad", given_names="Omar")
    namesake = move.known()
    move.row("1", identity_code=CODES[0])
    for other, is_same in ((client, False), (namesake, True)):
        decide(db.session, move.batch, move.digest("1"), other, is_same)
    found = move.match("1")
    assert (found.kind, codes(found), found.options) == ("UNDECIDED", ["MATCH_CODE_OF_ANOTHER"], ())


def test_the_first_of_two_sure_rows_goes_on_and_the_later_is_joined_to_it(move: Move) -> None:
    move.row("1", identity_code=CODES[0])
    move.row("2", identity_code=CODES[0], given_names="Tuula")
    found = move.matches()
    assert (found["1"].kind, found["2"].kind, found["2"].with_key, found["2"].client_id) == ("NEW", "JOIN", move.digest("1"), None)


@pytest.mark.parametrize("row", [{}, {"given_names": "Eila"}, {"family_name": "Tuula", "given_names": "Tulija"}, {"birth_date": "1929-07-05"}, {"family_name": "Тулия"}])
def test_the_later_of_two_likely_rows_waits(move: Move, row: dict[str, str]) -> None:
    move.row("1")
    move.row("2", **row)
    found = move.matches()
    assert (found["1"].kind, found["2"].kind, found["2"].with_key, codes(found["2"])) == ("NEW", "UNDECIDED", move.digest("1"), ["MATCH_TWICE"])
    assert found["2"].findings[0].value == "2", "the row as the user sees it"


@pytest.mark.parametrize("asked", ["2", "1"])
def test_a_decision_about_two_rows_holds_both_ways(move: Move, asked: str) -> None:
    move.row("1")
    move.row("2")
    decide(db.session, move.batch, move.digest(asked), move.digest("1" if asked == "2" else "2"), False)
    assert {key: one.kind for key, one in move.matches().items()} == {"1": "NEW", "2": "NEW"}
    decide(db.session, move.batch, move.digest("2"), move.digest("1"), True)
    assert (move.match("2").kind, move.match("2").with_key) == ("JOIN", move.digest("1"))


@pytest.mark.parametrize("is_same", [None, False, True])
def test_the_commit_answers_as_the_rehearsal_did(move: Move, is_same: bool | None) -> None:
    move.row("1")
    move.row("2", given_names="Tuula")
    move.row("3", given_names="Eila", gender="M")
    if is_same is not None:
        decide(db.session, move.batch, move.digest("2"), move.digest("1"), is_same)
        decide(db.session, move.batch, move.digest("3"), move.digest("1"), False)
    before = move.matches()
    for key in ("1", *(("3",) if before["3"].kind == "NEW" else ())):
        move.link(key, move.known(given_names=f"Tuula {key}"), outcome="CREATED")
    assert move.matches("2", "3") == {key: before[key] for key in ("2", "3")}


def test_what_was_decided_of_two_rows_holds_for_the_client_that_one_has_become(move: Move) -> None:
    move.row("1")
    move.row("2")
    decide(db.session, move.batch, move.digest("2"), move.digest("1"), False)
    client = move.known()
    move.link("1", client, outcome="UNCHANGED")
    found = move.match("2")
    assert (found.kind, found.parted) == ("NEW", (client,))


def test_a_row_and_the_client_it_has_become_are_asked_about_once(move: Move) -> None:
    move.row("1")
    move.link("1", move.known(), outcome="UNCHANGED")
    move.row("2")
    assert codes(move.match("2")) == ["MATCH_LIKELY"]


def test_a_page_costs_the_same_however_many_rows_and_hits(app: Flask, move: Move) -> None:
    told = []
    for count in (1, 12):
        for number in range(count):
            move.row(f"{count}-{number}", given_names=f"Tuula {number}")
            move.known(given_names=f"Tuula {number}")
        keys = [key for key in move.rows if key.startswith(f"{count}-")]
        db.session.flush()
        records = move.records(*keys)
        with counted_statements(app) as statements:
            matches_of(db.session, move.batch, [move.rows[key] for key in keys], records)
        told.append(len(statements))
    assert told[0] == told[1] <= 5


def test_a_page_has_an_end(move: Move) -> None:
    row = move.row("1")
    with pytest.raises(ValueError, match="too long"):
        matches_of(db.session, move.batch, [row] * 501, move.records("1"))


def test_a_decision_is_recorded_and_needs_both_sides(app: Flask, move: Move) -> None:
    client, foreign = move.known(), move.known(PORVOO)
    move.row("1")
    key = move.digest("1")
    for one, other in ((key, foreign), (key, key), (key, move.digest("2")), (move.digest("2"), client)):
        with pytest.raises(LookupError):
            decide(db.session, move.batch, one, other, True)
    assert decide(db.session, move.batch, key, client, True).where == "OWN"
