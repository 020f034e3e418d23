"""Two own records become one and are parted again, over every table that follows a client, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership
from app.clients.facts import Note
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.db.base import db
from app.duplicates.moving import followers
from app.plans.models import Goal, IntegrationPlan
from tests.duplicates.conftest import PORVOO, VANTAA
from tests.participations.conftest import _facts, _matters, accepted, invited
from tests.support.app import Browser
from tests.support.audit import recorded


def rows_of(app: Flask, key: str) -> dict[str, set[str]]:
    """Give the keys of the rows that stand under a client, by table."""
    with app.app_context(), acting_scope(Scope(VANTAA)):
        found = {table.name: set(db.session.scalars(select(table.c.id).where(table.c.client_id == key))) for table in followers()}
        shared = select(ClientMembership.id).where(ClientMembership.client_id == key, ClientMembership.is_owner.is_(False))
        return {name: keys for name, keys in {**found, "client_membership": set(db.session.scalars(shared))}.items() if keys}


def filled(app: Flask, key: str, worker: int) -> dict[str, str]:
    """Put a row of each kind under a client."""
    with app.app_context(), acting_scope(Scope(VANTAA)):
        assessment, plan, rest = _matters(key, worker)
        keys = {"client": key, "assessment": assessment.id, "plan": plan.id}
        for rows in ([assessment, *_facts(key, worker)], [plan], rest):
            db.session.add_all(rows)
            db.session.flush()
        db.session.commit()
    return keys


def proposed(lead: Browser, kept: str, other: str) -> str:
    """Propose a pair from the page that found it; gives the key of the pair."""
    assert f"/same-persons/propose/{kept}/{other}" in lead.get(f"/same-persons/candidates/{kept}").text
    answer = lead.post(f"/same-persons/propose/{kept}/{other}")
    assert answer.status_code == 303
    return str(answer.headers["Location"].rsplit("/", 1)[1])


def joined(lead: Browser, pair: str, **choices: str) -> Any:
    """Compare and join, with the choices that stand first but for those given."""
    page = lead.get(f"/same-persons/merge/{pair}").text
    seen = re.search(r'name="_seen" value="([^"]+)"', page)
    assert seen
    first = dict(re.findall(r'name="(_take\.\w+)" value="(\w+)" required checked', page))
    return lead.post(f"/same-persons/merge/{pair}", _seen=seen.group(1), **{**first, **{f"_take.{name}": value for name, value in choices.items()}})


def undone(lead: Browser, pair: str) -> Any:
    """Undo on the page of the deed."""
    form = re.search(r'name="_form" value="([^"]+)"', lead.get(f"/same-persons/undo/{pair}").text)
    return lead.post(f"/same-persons/undo/{pair}", _form=form.group(1) if form else "")


def client(app: Flask, key: str) -> dict[str, Any]:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        row = db.session.get_one(Client, key)
        return {column.key: getattr(row, column.key) for column in Client.__table__.columns if column.key not in ("version", "changed_at", "changed_by")}


def test_merge_moves_every_row_and_undo_returns_each(app: Flask, aino: Browser, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(phone="0401"), person(phone=None, email="taina@example.fi")
    keys = filled(app, other, worker)
    veera = Browser(app).sign_in("veera")
    accepted(veera, invited(aino, keys))
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.add(Note(client_id=kept, org_id=VANTAA, created_by=worker, kind="OTHER", entry_date=date(2026, 2, 1), content="oma"))
        db.session.commit()
    before, fields = (rows_of(app, kept), rows_of(app, other)), (client(app, kept), client(app, other))
    assert len(before[1]) >= 12 and "client_membership" in before[1]
    pair = proposed(bengt, kept, other)
    with recorded(app) as told:
        assert joined(bengt, pair).status_code == 303
    assert next(event for event in told() if event.name == "client_merge:joined").clients == sorted((kept, other))
    after = rows_of(app, kept)
    assert rows_of(app, other) == {}
    assert all(after[name] == before[0].get(name, set()) | before[1].get(name, set()) for name in {*before[0], *before[1]})
    assert (client(app, kept)["phone"], client(app, kept)["email"]) == ("0401", "taina@example.fi")
    assert veera.get(f"/clients/show/{kept}").status_code == 200 and veera.get(f"/clients/show/{other}").status_code == 404, "the county goes where its invitation goes"

    assert undone(bengt, pair).status_code == 303
    assert (rows_of(app, kept), rows_of(app, other)) == before
    assert (client(app, kept), client(app, other)) == fields
    assert undone(bengt, pair).status_code == 409, "they are parted once"


def test_undo_after_rows_were_changed_and_added(app: Flask, aino: Browser, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(), person(email="taina@example.fi")
    keys, pair = filled(app, other, worker), proposed(bengt, kept, other)
    before = rows_of(app, other)
    assert joined(bengt, pair).status_code == 303
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.get_one(Client, kept).email = "uusi@example.fi"
        db.session.get_one(IntegrationPlan, keys["plan"]).follow_up = "Muutettu"
        own = {"client_id": kept, "org_id": VANTAA, "created_by": worker}
        note = Note(**own, id="00000000-0000-4000-a000-000000000001", kind="OTHER", entry_date=date(2026, 2, 1), content="myöhempi")
        goal = Goal(**own, id="00000000-0000-4000-a000-000000000002", plan_id=keys["plan"], horizon="PLAN_PERIOD", goal_type="EMPLOYMENT", description="Uusi")
        db.session.add_all([note, goal])
        db.session.commit()
    assert "Sen jälkeen on lisätty 1 merkintä" in bengt_in_finnish(app, pair)
    assert undone(bengt, pair).status_code == 303
    assert client(app, kept)["email"] == "uusi@example.fi" and client(app, other)["email"] == "taina@example.fi"
    assert rows_of(app, kept) == {"note": {"00000000-0000-4000-a000-000000000001"}}, "what was added since stays"
    assert rows_of(app, other) == {**before, "goal": before["goal"] | {"00000000-0000-4000-a000-000000000002"}}, "a goal goes where its plan goes"
    assert "Muutettu" in aino.get(f"/plans/show/{keys['plan']}").text


def bengt_in_finnish(app: Flask, pair: str) -> str:
    return str(Browser(app).sign_in("aino").get(f"/same-persons/show/{pair}").text)


def test_the_merged_away_record_leads_to_the_kept_one(aino: Browser, bengt: Browser, cecilia: Browser, person: Callable[..., str]) -> None:
    kept, other = person(), person(given_names="Taina Maria")
    assert joined(bengt, proposed(bengt, kept, other), given_names="saved").status_code == 303
    page = aino.get(f"/clients/show/{other}")
    assert page.status_code == 200 and f"/clients/show/{kept}" in page.text and "yhdistetty" in page.text
    assert cecilia.get(f"/clients/show/{other}").status_code == 404
    found = aino.get("/clients/list/?q=testaaja")
    assert f"/clients/show/{other}" not in aino.get("/clients/list/?birth_date=17.3.1931").text and f"/clients/show/{other}" not in found.text
    assert aino.get(f"/notes/add?client={other}").status_code == 404 and aino.get(f"/clients/edit/{other}").status_code == 409


def test_an_identity_code_moves_and_comes_back(app: Flask, bengt: Browser, person: Callable[..., str]) -> None:
    kept, other = person(), person(identity_code="170331-9235", no_identity_code_reason=None)
    fields, pair = (client(app, kept), client(app, other)), proposed(bengt, kept, other)
    assert joined(bengt, pair, identity_code="typed").status_code == 303
    assert client(app, kept)["identity_code"] == "170331-9235" and client(app, other)["identity_code"] is None
    assert undone(bengt, pair).status_code == 303
    assert (client(app, kept), client(app, other)) == fields


def test_one_reminder_at_most_stays_where_it_was(app: Flask, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(), person()
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.add_all([ClientReminder(client_id=key, org_id=VANTAA, created_by=worker, content="x") for key in (kept, other)])
        db.session.commit()
    before = rows_of(app, other)
    assert joined(bengt, proposed(bengt, kept, other)).status_code == 303
    assert rows_of(app, other) == before


def test_somebody_saved_meanwhile(app: Flask, aino: Browser, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(), person()
    keys, pair = filled(app, other, worker), proposed(bengt, kept, other)
    page = bengt.get(f"/same-persons/merge/{pair}").text
    seen = re.search(r'name="_seen" value="([^"]+)"', page)
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.get_one(Client, kept).phone = "0409"
        db.session.commit()
    before = rows_of(app, other)
    assert seen and bengt.post(f"/same-persons/merge/{pair}", _seen=seen.group(1)).status_code == 409
    assert rows_of(app, other) == before and keys["plan"] in before["integration_plan"]


def test_pressing_twice_merges_once(app: Flask, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(), person()
    filled(app, other, worker)
    pair = proposed(bengt, kept, other)
    assert joined(bengt, pair).status_code == 303
    moved = rows_of(app, kept)
    bengt.get(f"/same-persons/show/{pair}")
    assert bengt.post(f"/same-persons/merge/{pair}", _seen="1.1").status_code == 303 and rows_of(app, kept) == moved


@pytest.mark.parametrize("deed", ["merge", "undo"])
def test_a_caseworker_proposes_and_does_not_merge(app: Flask, aino: Browser, bengt: Browser, person: Callable[..., str], deed: str) -> None:
    pair = proposed(aino, person(), person())
    aino.get(f"/same-persons/show/{pair}")
    assert aino.post(f"/same-persons/{deed}/{pair}").status_code == 403
    assert "Vertaa ja yhdistä" not in aino.get(f"/same-persons/show/{pair}").text


def test_a_foreign_client_is_never_half_of_a_pair(aino: Browser, person: Callable[..., str]) -> None:
    own, foreign = person(), person(PORVOO)
    aino.get(f"/same-persons/candidates/{own}")
    assert f"/clients/show/{foreign}" not in aino.page.text
    assert aino.post(f"/same-persons/propose/{own}/{foreign}").status_code == 404
