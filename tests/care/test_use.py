"""Use by organisation: counted at night by a fixed number of statements, seen by each for itself and by the national agency for all."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import func, select, update

from app.access.actor import system_scope
from app.care.use.counting import count_use
from app.care.use.models import OrganisationUse
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.users.models import AccessGrant
from app.users.queries import in_force
from tests.care.conftest import Keeper, in_system, signed_in, stored
from tests.support.app import counted_statements

TODAY = date.today()
VANTAA, PORVOO = (organisation_key("MUNICIPALITY", code) for code in ("092", "638"))


def use_of(app: Flask, key: str, *columns: str) -> list[tuple[object, ...]]:
    of = OrganisationUse
    return stored(app, select(*(getattr(of, name) for name in columns)).where(of.organisation_id == key).order_by(of.month))


def test_the_numbers_are_those_of_the_day(owner: Flask) -> None:
    with owner.app_context(), system_scope():
        grant = db.session.scalars(select(AccessGrant).where(AccessGrant.organisation_id == VANTAA, in_force(TODAY)).limit(1)).one()
        db.session.execute(update(AccessGrant).where(AccessGrant.organisation_id == VANTAA).values(last_used_on=None))
        db.session.execute(update(AccessGrant).where(AccessGrant.id == grant.id).values(last_used_on=TODAY - timedelta(days=30)))
        db.session.commit()
    in_system(owner, lambda session: count_use(session, TODAY))
    people = stored(owner, select(func.count(AccessGrant.user_id.distinct())).where(AccessGrant.organisation_id == VANTAA, in_force(TODAY)))[0][0]
    found = use_of(owner, VANTAA, "rights", "active_30", "active_90", "clients", "plans")
    assert found[0][:3] == (people, 0, 1)
    assert 0 < found[0][4] <= found[0][3] <= len(stored(owner, select(Client.id).where(Client.org_id == VANTAA)))  # type: ignore[operator]


def test_a_month_has_one_row_and_the_numbers_of_its_last_count(owner: Flask) -> None:
    first = date(TODAY.year, TODAY.month, 1)
    before = first - timedelta(days=1)
    for day in (before - timedelta(days=1), before, first):
        in_system(owner, lambda session, day=day: count_use(session, day))
    assert use_of(owner, PORVOO, "month", "counted_on") == [(f"{before:%Y-%m}", before), (f"{first:%Y-%m}", first)]


def test_counting_asks_as_much_of_one_month_as_of_many(owner: Flask) -> None:
    def statements(day: date) -> list[str]:
        with counted_statements(owner) as found:
            in_system(owner, lambda session: count_use(session, day))
        return [one for one in found if one.startswith("SELECT")]

    assert len(statements(TODAY)) == len(statements(TODAY)) <= 12


def test_the_national_agency_sees_all_and_a_municipality_its_own(app: Flask, owner: Flask) -> None:
    for day in (TODAY - timedelta(days=40), TODAY):
        in_system(owner, lambda session, day=day: count_use(session, day))
    kaisa, bengt = signed_in(app, "kaisa"), signed_in(app, "bengt")
    # All municipalities of the latest count, those with most clients first.
    page = kaisa.get("/use/list/?order=clients&direction=desc").text
    assert "Vantaa" in page and "Porvoo" in page and page.count(f"{TODAY.day}.{TODAY.month}.{TODAY.year}") >= 20
    own = bengt.get("/use/list/").text
    assert "Vantaa" in own and "Porvoo" not in own and own.count('role="rowheader"') >= 2
    everything = kaisa.get("/use/list/?f.counted_on.from=2025-01-01").text
    assert "Kaikki kuukaudet" in everything


def test_the_list_leaves_as_a_file(app: Flask) -> None:
    kaisa: Keeper = signed_in(app, "kaisa")
    kaisa.get("/use/list/")
    answer = kaisa.post("/use/export", form="csv")
    assert answer.status_code == 200 and "Vantaa" in answer.get_data(as_text=True)


def test_a_worker_has_no_page_of_use(app: Flask) -> None:
    assert signed_in(app, "aino").get("/use/list/").status_code == 403
