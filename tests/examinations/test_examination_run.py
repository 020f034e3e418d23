"""A run over a log: each rule stops at its reading and at no other, on both databases, once, and in as many statements for any number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from app.access.membership import ClientMembership
from app.audit.access import audit_engine
from app.clients.facts import Note
from app.examinations.models import LogFinding, LogRule
from tests.examinations.conftest import AGENCY, PORVOO, VANTAA, World

A_DAY = timedelta(days=1)


def test_own_record_family_and_address(world: World) -> None:
    day, (own, kin, neighbour, other) = world.day(), world.clients[:4]
    world.change(own, family_name="Öhström", given_names="Outi Maria", street_address="Piilokuja 7 A", postal_code="01300")
    world.change(kin, family_name="Öhström", given_names="Ossian", street_address="Muukuja 1", postal_code="01300")
    world.change(neighbour, street_address="Piilokuja 7 A", postal_code="01300")
    world.change(other, street_address="Piilokuja 7 A", postal_code="01301")
    for client in (own, kin, neighbour, other):
        world.read("outi", client, day)
    rule = world.rule("OWN_RECORD")
    assert world.run(day + A_DAY) == {"OWN_RECORD": 1} and world.findings(rule) == [("outi", day, [own])]
    rule = world.rule("SAME_SURNAME_OR_ADDRESS")
    assert world.run(day + A_DAY) == {"SAME_SURNAME_OR_ADDRESS": 1}
    ((who, when, clients),) = world.findings(rule)
    assert (who, when, set(clients)) == ("outi", day, {kin, neighbour})
    world.change(own, street_address=None, family_name="Muu")


def test_no_task(world: World) -> None:
    day, (mine, worked, strange, late) = world.day(), world.clients[4:8]
    for client in (mine, worked, strange, late):
        world.change(client, responsible_worker_id=world.people["outi" if client == mine else "aino"])
        world.read("outi", client, day)
    world.read("outi", worked, day + timedelta(days=7), "09:59", "note:added")
    world.read("outi", late, day + timedelta(days=7), "10:01", "note:added")
    world.read("aino", strange, day, "10:00", "note:added")
    rule = world.rule("NO_TASK", days=7)
    assert world.run(day + A_DAY) == {"NO_TASK": 0} and world.findings(rule) == [], "the work may still be recorded"
    assert world.run(day + timedelta(days=8)) == {"NO_TASK": 1}
    ((who, when, clients),) = world.findings(rule)
    assert (who, when, set(clients)) == ("outi", day, {strange, late})


def test_a_row_of_ones_own_is_a_task(world: World) -> None:
    """What was written before the log told of it, or came by a load, counts as well."""
    day, client = world.day(), world.clients[6]
    world.change(client, responsible_worker_id=None)
    at = world.read("outi", client, day)
    world.read("aino", client, day)
    with world.session() as session:
        session.add(Note(client_id=client, org_id=VANTAA, created_by=world.people["outi"], created_at=at + A_DAY, changed_at=at + A_DAY,
                         entry_date=day, kind="MEETING", content="Tapaaminen"))  # fmt: skip
    rule = world.rule("NO_TASK", days=7)
    world.run(day + timedelta(days=8))
    assert world.findings(rule) == [("aino", day, [client])]


def test_protected_night_and_lists(world: World) -> None:
    day, client = world.day(), world.clients[0]
    world.change(client, non_disclosure=True)
    for clock, name in (("05:59", "client:read"), ("06:00", "plan:read"), ("19:59", "client:listed"), ("20:00", "client:listed"), ("20:01", "log:read")):
        world.read("outi", client, day, clock, name)
    rule = world.rule("NIGHT", from_hour=6, to_hour=20)
    assert world.run(day + A_DAY) == {"NIGHT": 1} and world.findings(rule) == [("outi", day, [client])]
    rule = world.rule("PROTECTED")
    world.run(day + A_DAY)
    assert world.findings(rule) == [("outi", day, [client, client])], "lists and the log of the log are no openings"
    world.change(client, non_disclosure=False)


@pytest.mark.parametrize(("limit", "number"), [(4, 0), (3, 1)])
def test_volume(world: World, limit: int, number: int) -> None:
    day = world.day()
    for client in (*world.clients[:4], world.clients[0]):
        world.read("outi", client, day)
    world.read("aino", world.clients[5], day)
    world.read("outi", world.clients[5], day + A_DAY)
    world.rule("VOLUME", most_clients=limit)
    assert world.run(day + A_DAY) == {"VOLUME": number}


def test_ended_right(world: World) -> None:
    day = world.day()
    world.read("lotta", None, day, name="log:listed", role="LOG_AUDITOR")
    world.read("lotta", None, day, name="client:listed", role="TEAM_LEAD")
    world.read("cecilia", None, day, name="log:listed", role="CASEWORKER")
    rule = world.rule("ENDED_RIGHT")
    assert world.run(day + A_DAY) == {"ENDED_RIGHT": 2}
    assert world.findings(rule) == [(name, day, [None]) for name in sorted(("lotta", "cecilia"), key=world.people.__getitem__)]


def test_another_municipality_unless_shared(world: World) -> None:
    day, (shared, taken) = world.day(), world.clients[8:10]
    with world.session() as session:
        session.add(ClientMembership(client_id=shared, organisation_id=PORVOO, is_owner=False, purpose="PLAN_PARTICIPATION", valid_from=day, valid_to=day))
    for client in (shared, taken):
        world.read("cecilia", client, day, organisation=PORVOO)
        world.read("cecilia", shared, day + A_DAY, organisation=PORVOO)
        world.read("outi", client, day)
    rule = world.rule("OTHER_MUNICIPALITY", look_back_days=2)
    assert world.run(day + 2 * A_DAY) == {"OTHER_MUNICIPALITY": 2}
    assert world.findings(rule) == [("cecilia", day, [taken]), ("cecilia", day + A_DAY, [shared, shared])], "a share counts while it lasts"
    rule = world.rule("OTHER_MUNICIPALITY", look_back_days=2, with_shared=True)
    world.run(day + 2 * A_DAY)
    assert sorted(map(str, world.findings(rule)[0][2])) == sorted([shared, taken])


def test_only_ones_own_people_but_the_agency_sees_all(world: World) -> None:
    day = world.day()
    world.read("outi", world.clients[0], day, "23:00")
    world.read("cecilia", world.foreign, day, "23:00", organisation=PORVOO)
    world.rule("NIGHT", organisation=PORVOO, owner="petra", from_hour=6, to_hour=20)
    assert world.run(day + A_DAY) == {"NIGHT": 1}
    rule = world.rule("NIGHT", organisation=AGENCY, owner="rolf", from_hour=6, to_hour=20)
    assert world.run(day + A_DAY) == {"NIGHT": 2}
    with world.session() as session:
        assert set(session.scalars(select(LogFinding.concerns_id).where(LogFinding.rule_id == rule))) == {VANTAA, PORVOO}


@pytest.mark.parametrize(("kind", "readings"), [("SAMPLE_EVENTS", 1), ("SAMPLE_READERS", 3)])
def test_a_sample_can_be_drawn_again(world: World, kind: str, readings: int) -> None:
    day = world.day()
    monday = day - timedelta(days=day.weekday())
    for name in ("outi", "aino", "bengt"):
        for number in range(3):
            world.read(name, world.clients[number], monday + number * A_DAY)
    rule = world.rule(kind, days=7, sample_size=1, look_back_days=7)
    assert world.run(monday + 6 * A_DAY) == {kind: 0} and world.findings(rule) == [], "the week has not ended"
    assert world.run(monday + 7 * A_DAY) == {kind: 1}
    first = world.findings(rule)
    assert len(first[0][2]) == readings
    with world.session() as session:
        old = session.get_one(LogRule, rule)
        seed = old.seed
        assert session.scalars(select(LogFinding.seed).where(LogFinding.rule_id == rule)).one() == f"{seed}:{monday}"
    again = world.rule(kind, days=7, sample_size=1, look_back_days=7, seed=seed)
    world.run(monday + 7 * A_DAY)
    assert world.findings(again) == first


def test_a_run_again_finds_nothing_twice_and_a_missed_day_is_made_up_for(world: World) -> None:
    day = world.day()
    rule = world.rule("NIGHT", from_hour=6, to_hour=20)
    world.read("outi", world.clients[0], day, "23:00")
    world.read("outi", world.clients[1], day, "23:30")
    world.read("outi", world.clients[1], day + 3 * A_DAY, "23:30")
    assert world.run(day + A_DAY) == {"NIGHT": 1} and world.run(day + A_DAY) == {}
    assert world.run(day) == {}, "a day before is gone through already"
    assert world.run(day + 4 * A_DAY) == {"NIGHT": 1} and world.run(day + 5 * A_DAY) == {"NIGHT": 0}
    assert [when for _who, when, _clients in world.findings(rule)] == [day, day + 3 * A_DAY]


@contextmanager
def keepers_statements(world: World) -> Iterator[list[str]]:
    """Collect what the keeper of the log sends to the database in the block."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    with world.app.app_context():
        engine = audit_engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_statements_do_not_grow_with_the_log(world: World) -> None:
    more = (("NO_TASK", {"days": 7}), ("ENDED_RIGHT", {}), ("SAMPLE_EVENTS", {"days": 7, "sample_size": 2}), ("VOLUME", {"most_clients": 2}))
    counts = []
    for size in (3, 40):
        day = world.day()
        for number in range(size):
            world.read("outi", world.clients[number % 10], day, "23:00")
        world.rule("NIGHT", from_hour=6, to_hour=20)
        with world.session() as session:
            session.add_all(LogRule(kind=kind, org_id=VANTAA, owner_id=world.people["lotta"], look_back_days=7, **numbers) for kind, numbers in more)
        with keepers_statements(world) as sent:
            assert world.run(day + A_DAY)["NIGHT"] == 1
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 14, counts


def test_the_command_tells_what_it_found(world: World) -> None:
    day = world.day()
    world.read("outi", world.clients[0], day, "23:00")
    world.rule("NIGHT", from_hour=6, to_hour=20)
    runner, on = world.app.test_cli_runner(), (day + A_DAY).isoformat()
    assert json.loads(runner.invoke(args=["log-examination", "run", "--json", "--on", on]).stdout) == {"on": on, "findings": {"NIGHT": 1}}
    assert "nothing new" in runner.invoke(args=["log-examination", "run", "--on", on]).stdout
