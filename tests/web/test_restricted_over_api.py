"""Who is a victim of trafficking: the API tells, offers and takes no more than the pages do, and suggestions tell nothing (docs/adr/0031)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

import app as application
from app.access.actor import Scope, acting_scope
from app.assessments.models import Assessment, AssessmentGround
from app.assessments.part_views import AssessmentGroundView
from app.clients.fact_views import ResidenceBasisView
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.web.base_api import BaseApi
from tests.support.app import make_app
from tests.web.test_api import Api

VANTAA, DAY = organisation_key("MUNICIPALITY", "092"), date.today() - timedelta(days=400)
TOLD = re.compile(r"ihmiskaup|människohandel|P52A|(?<![0-9a-f])A7\b|Salaisuus", re.IGNORECASE)


class GroundApi(BaseApi):
    view, resource_name = AssessmentGroundView, "assessment-grounds"


class ResidenceApi(BaseApi):
    view, resource_name = ResidenceBasisView, "residence-bases"


@pytest.fixture(scope="module")
def doors(sqlite_app: Flask) -> Flask:
    """The application with the API of every view whose rows can tell of trafficking; the assessments' is its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "APIS", (*application.APIS, GroundApi, ResidenceApi))
        return make_app(sqlite_app.config["KOTO"].instance_dir)


@pytest.fixture(scope="module")
def victim(doors: Flask) -> Iterator[dict[str, str]]:
    """Give the keys of a client and of rows that tell of trafficking."""
    with doors.app_context(), acting_scope(Scope(VANTAA)):
        query = select(Client).where(Client.org_id == VANTAA, Client.status == "PLAN_ACTIVE", Client.non_disclosure.is_(False), Client.trafficking_victim.is_(False))
        client = db.session.scalars(query.order_by(Client.id.desc()).limit(1)).one()
        own = {"client_id": client.id, "org_id": VANTAA}
        client.trafficking_victim = True
        rows: dict[str, Any] = {
            "assessments": Assessment(**own, ground="A7", started_on=DAY, language="ar", over_three_years_reason="Salaisuus"),
            "residence-bases": ResidenceBasis(**own, kind="OTHER", ground="P52A", granted_date=DAY),
        }  # fmt: skip
        db.session.add_all(rows.values())
        db.session.flush()
        rows["assessment-grounds"] = AssessmentGround(**own, assessment_id=rows["assessments"].id, ground="A7")
        rows["assessments"].ground = "A4"
        db.session.add(rows["assessment-grounds"])
        db.session.commit()
        found = {"client": client.id, **{name: row.id for name, row in rows.items()}}
    yield found
    with doors.app_context(), acting_scope(Scope(VANTAA)):
        for model, name in ((AssessmentGround, "assessment-grounds"), (Assessment, "assessments"), (ResidenceBasis, "residence-bases")):
            db.session.execute(delete(model).where(model.id == found[name]))
        db.session.get_one(Client, found["client"]).trafficking_victim = False
        db.session.commit()


@pytest.fixture(scope="module")
def aino(doors: Flask) -> Api:
    return Api(doors, "aino")


@pytest.fixture(scope="module")
def bengt(doors: Flask) -> Api:
    return Api(doors, "bengt")


PARENT = {"assessments": "client", "residence-bases": "client", "assessment-grounds": "assessments"}


def under(kind: str, victim: dict[str, str]) -> str:
    return f"{PARENT[kind].rstrip('s')}={victim[PARENT[kind]]}"


@pytest.mark.parametrize("kind", sorted(PARENT))
def test_a_list_and_a_row_tell_nothing(victim: dict[str, str], aino: Api, bengt: Api, kind: str) -> None:
    for path in (f"/{kind}/{victim[kind]}", f"/{kind}/?{under(kind, victim)}"):
        answer, seen = aino("GET", path), bengt("GET", path)
        assert answer.status_code == seen.status_code == 200 and victim[kind] in answer.text
        assert (not TOLD.search(answer.text) and TOLD.search(seen.text)) or (kind == "assessments" and "?" in path)
    row = aino("GET", f"/{kind}/{victim[kind]}").json
    assert row["ground"] == ("A4" if kind == "assessments" else "Rajattu tieto") and "over_three_years_reason" not in row


def test_the_client_itself_tells_nothing_even_to_the_right(victim: dict[str, str], aino: Api, bengt: Api) -> None:
    for api in (aino, bengt):
        row = api("GET", f"/clients/{victim['client']}").json
        assert row["trafficking_victim"] not in (True, False) and "trafficking_victim" not in api("GET", "/clients/?psize=5").json["result"][0]


@pytest.mark.parametrize(("kind", "code"), [("residence-bases", "P52A"), ("assessments", "A7"), ("assessment-grounds", "A7")])
def test_no_limit_finds_it_and_nothing_is_written_of_it(doors: Flask, victim: dict[str, str], aino: Api, bengt: Api, kind: str, code: str) -> None:
    limited = f"/{kind}/?{under(kind, victim)}&f.ground={code}"
    assert (aino("GET", limited).status_code, bengt("GET", limited).status_code) == (400, 200)
    assert aino("POST", f"/{kind}/?{under(kind, victim)}", {"ground": code}).status_code == 422
    path = f"/{kind}/{victim[kind]}"
    answer = aino("PUT", path, {"ground": code, "version": aino("GET", path).json["version"]})
    assert answer.status_code == 422 and not TOLD.search(answer.text)


def test_a_field_that_tells_of_it_is_not_there_to_be_sent(victim: dict[str, str], aino: Api) -> None:
    reason = {"over_three_years_reason": "x"}
    path = f"/assessments/{victim['assessments']}"
    for method, place in (("POST", f"/assessments/?client={victim['client']}"), ("PUT", path)):
        unknown = aino(method, place, {"no_such_field": "x"})
        answer = aino(method, place, reason)
        assert answer.status_code == unknown.status_code == 422 and answer.text == unknown.text, method


@pytest.mark.parametrize("kind", ["residence-bases", "assessment-grounds"])
def test_who_does_not_see_it_changes_the_row_and_it_stays(doors: Flask, victim: dict[str, str], aino: Api, kind: str) -> None:
    path = f"/{kind}/{victim[kind]}"
    change = {"valid_to": date.today().isoformat()} if kind == "residence-bases" else {}
    answer = aino("PUT", path, {**change, "version": aino("GET", path).json["version"]})
    assert answer.status_code == 200, answer.text
    with doors.app_context(), acting_scope(Scope(VANTAA)):
        row: Any = db.session.get_one(ResidenceBasis if change else AssessmentGround, victim[kind])
        assert row.ground == ("P52A" if change else "A7") and (not change or row.valid_to == date.today())


def test_suggestions_tell_nothing(doors: Flask, victim: dict[str, str], aino: Api, bengt: Api) -> None:
    asked = 0
    for view in doors.appbuilder.baseviews:  # type: ignore[attr-defined]
        for name in getattr(view, "relations", {}) or {}:
            if not hasattr(view, "route_base"):
                continue
            for api in (aino, bengt):
                for words in ("ihmiskauppa", "människohandel", "A7", "P52A", "Salaisuus"):
                    answer = api.browser.client.post(f"{view.route_base}/suggest/{name}", json={"q": words}, headers=api.headers)
                    asked += answer.status_code == 200
                    assert answer.status_code == 403 or answer.json == [], (view, name, words)
    assert asked >= 20
