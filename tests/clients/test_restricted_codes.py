"""Who is a victim of trafficking: every place where a ground is shown, chosen or asked for gives a word to who lacks the right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.access.actor import Scope, acting_scope
from app.access.roles import ROLES
from app.assessments.models import Assessment
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.codes.lists import values
from app.codes.restricted import RESTRICTED_CODES
from app.db.base import Model, db
from app.organisations.models import organisation_key
from app.web.base_api import json_of
from app.web.display import column_info
from tests.support.app import Browser
from tests.support.audit import recorded
from tests.support.form import typed

VANTAA, DAY = organisation_key("MUNICIPALITY", "092"), date.today() - timedelta(days=400)
# In Finnish for Aino, in Swedish for Bengt, and as it is stored.
TOLD = ("ihmiskaup", "människohandel", "P52A", '"A7"')


@pytest.fixture(scope="module")
def victim(sqlite_app: Flask) -> Iterator[dict[str, str]]:
    """Give the keys of a client, a permit and an assessment that tell of trafficking, and of two clients beside."""
    with sqlite_app.app_context(), acting_scope(Scope(VANTAA)):
        query = select(Client.id).where(Client.org_id == VANTAA, Client.status == "PLAN_ACTIVE", Client.non_disclosure.is_(False), Client.trafficking_victim.is_(False))
        key = db.session.scalars(query.order_by(Client.id).limit(1)).one()
        own = {"client_id": key, "org_id": VANTAA}
        rows = [ResidenceBasis(**own, kind="OTHER", ground="P52A", granted_date=DAY), Assessment(**own, ground="A7", started_on=DAY, language="ar")]
        db.session.add_all(rows)
        db.session.commit()
        # An earlier version tells of it too: the ground is changed and changed back.
        for ground in ("A4", "A7"):
            rows[1].ground = ground
            db.session.commit()
        found = {"client": key, "permit": rows[0].id, "assessment": rows[1].id}
    yield found
    with sqlite_app.app_context(), acting_scope(Scope(VANTAA)):
        for model, name in ((ResidenceBasis, "permit"), (Assessment, "assessment")):
            db.session.execute(delete(model).where(model.id == found[name]))
        db.session.commit()


@pytest.fixture(scope="module")
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


@pytest.fixture(scope="module")
def bengt(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("bengt")


# The pages of a client's file show the flag's own label, which says nothing of the client.
PLACES = [
    "/clients/show/{client}?tab=residence", "/clients/show/{client}?tab=assessment", "/residence-bases/show/{permit}", "/residence-bases/list/?client={client}",
    "/assessments/show/{assessment}", "/assessments/list/?client={client}", "/residence-bases/edit/{permit}", "/assessments/edit/{assessment}",
    "/residence-bases/history/{permit}", "/assessments/history/{assessment}", "/residence-bases/add?client={client}", "/assessments/add?client={client}",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_page_a_list_a_form_its_choices_and_the_history_tell_nothing(victim: dict[str, str], aino: Browser, bengt: Browser, place: str) -> None:
    page = aino.get(place.format(**victim))
    assert page.status_code == 200 and not [word for word in TOLD if word in page.text]
    is_history = "/history/" in place
    # The history says of a field whose present value is hidden not even when it was changed.
    assert "/add" in place or is_history or "Rajattu" in page.text
    seen = bengt.get(place.format(**victim)).text
    assert "Begränsad uppgift" not in seen and ("människohandel" in seen or place == "/residence-bases/history/{permit}")


def test_two_versions_compared_tell_nothing(victim: dict[str, str], aino: Browser, bengt: Browser) -> None:
    place = f"/assessments/history/{victim['assessment']}"
    number = re.findall(r"earlier=(\d+)", aino.get(place).text)[1]
    page = aino.get(f"{place}?earlier={number}").text
    assert "Rajattu" in page and not [word for word in TOLD if word in page]
    assert "människohandel" in bengt.get(f"{place}?earlier={number}").text


@pytest.mark.parametrize(("kind", "code"), [("residence-bases", "P52A"), ("assessments", "A7")])
def test_no_limit_of_a_list_finds_it(victim: dict[str, str], aino: Browser, bengt: Browser, kind: str, code: str) -> None:
    place = f"/{kind}/list/?client={victim['client']}&f.ground={code}"
    assert aino.get(place).status_code == 400
    assert bengt.get(place).status_code == 200


def test_a_file_tells_it_to_the_right_alone(victim: dict[str, str], bengt: Browser, sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    place = f"/assessments/list/?client={victim['client']}"
    file = f"/assessments/export?client={victim['client']}"
    bengt.get(place)
    assert "människohandel" in bengt.post(file, form="csv").get_data(as_text=True)
    sm = sqlite_app.appbuilder.sm  # type: ignore[attr-defined]
    held = sm.has_access
    monkeypatch.setattr(sm, "has_access", lambda name, view: name != "can_trafficking" and held(name, view))
    bengt.get(place)
    told = bengt.post(file, form="csv").get_data(as_text=True)
    assert "Begränsad" in told and "människohandel" not in told


def test_the_api_gives_the_word(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        found = [json_of(Assessment(ground=code), "ground") for code in ("A7", "A4")]
    assert found == ["Rajattu tieto", "A4"]


def test_who_does_not_see_it_saves_the_form_and_it_stays(sqlite_app: Flask, victim: dict[str, str], aino: Browser) -> None:
    place = f"/residence-bases/edit/{victim['permit']}"
    page = aino.get(place)
    assert aino.post(place, **typed(page, valid_to=date.today().isoformat())).status_code == 303
    with sqlite_app.app_context(), acting_scope(Scope(VANTAA)):
        row = db.session.get_one(ResidenceBasis, victim["permit"])
        assert (row.ground, row.valid_to) == ("P52A", date.today())
    page = aino.get(place)
    assert aino.post(place, **typed(page, ground="OTHER")).status_code == 303
    page = aino.get(place)
    assert aino.post(place, **typed(page, ground="P52A")).status_code == 422
    with sqlite_app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(update(ResidenceBasis).where(ResidenceBasis.id == victim["permit"]).values(ground="P52A"))
        db.session.commit()


def test_the_log_names_the_field_and_never_its_value(sqlite_app: Flask, victim: dict[str, str], bengt: Browser) -> None:
    place = f"/assessments/list/?client={victim['client']}&f.ground=A7"
    with recorded(sqlite_app) as told:
        bengt.get(place)
    assert [(event.name, "A7" in str(event.criteria)) for event in told()] == [("assessment:listed", False)]


def test_the_right_is_the_leads_and_a_local_role_can_withhold_it() -> None:
    holders = {role for role, views in ROLES.items() if "can_trafficking" in views.get("ClientView", ())}
    assert holders == {"TEAM_LEAD"}


def test_each_restricted_value_is_one_of_its_list_and_no_view_orders_by_it(sqlite_app: Flask) -> None:
    assert all({value.code for value in values(name)} > codes for name, codes in RESTRICTED_CODES.items())
    columns = {(mapper.class_, column.key) for mapper in Model.registry.mappers for column in mapper.column_attrs if column_info(mapper.class_, column.key).get("codes") in RESTRICTED_CODES}
    assert {(model.__tablename__, name) for model, name in columns} >= {("assessment", "ground"), ("residence_basis", "ground")}
    for view in sqlite_app.appbuilder.baseviews:  # type: ignore[attr-defined]
        model = getattr(getattr(view, "datamodel", None), "obj", None)
        hidden = {name for of, name in columns if of is model}
        assert not hidden & {*getattr(view, "order_columns", ()), *getattr(view, "search_text_columns", ())}, view


def test_a_right_guess_is_refused_as_a_wrong_one(victim: dict[str, str], aino: Browser) -> None:
    place = f"/residence-bases/edit/{victim['permit']}"
    for guess in ("P52A", "NO_SUCH"):
        answer = aino.post(place, **typed(aino.get(place), ground=guess))
        mark = re.search(r'<option value="_restricted"([^>]*)>', answer.text)
        assert answer.status_code == 422 and mark and "selected" not in mark.group(1), guess
