"""The pages of the rollout: everybody who takes part sees how far each has come; the rest is for who looks after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.organisations.models import organisation_key
from app.rollout.deriving import derive
from app.rollout.models import RolloutStep
from tests.support.app import Browser, counted_statements, make_app, prepare

VANTAA, PORVOO, TURKU = (organisation_key("MUNICIPALITY", code) for code in ("092", "638", "853"))
# The picture of all municipalities costs no more than this, whoever looks.
MOST = 8


@pytest.fixture(scope="module")
def rolling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = make_app(tmp_path_factory.mktemp("rolling"))
    prepare(app, 300)
    with app.app_context(), system_scope():
        derive(db.session, date.today())
    yield app


def step_id(app: Flask, org_id: str, stage: str) -> str:
    with app.app_context(), system_scope():
        found = db.session.scalar(select(RolloutStep.id).where(RolloutStep.org_id == org_id, RolloutStep.stage == stage))
    assert found is not None
    return found


def add_obstacle(reader: Browser) -> str:
    """Tell of an obstacle; gives the address of its page."""
    reader.get("/rollout-obstacles/add")
    answer = reader.post("/rollout-obstacles/add", kind="OLD_SYSTEM", description="Toimittaja ei vastaa", needs_help="y", found_on=str(date.today()))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


@pytest.mark.parametrize("who, words", [("kaisa", "Käyttöönotto"), ("bengt", "Ibruktagande"), ("ulla", "Ibruktagande"), ("tuomas", "Käyttöönotto")])
def test_the_picture_of_the_country_costs_few_statements(rolling: Flask, who: str, words: str) -> None:
    reader = Browser(rolling).sign_in(who)
    reader.get("/rollout/")
    with counted_statements(rolling) as statements:
        page = reader.get("/rollout/")
    assert page.status_code == 200 and f"<h1>{words}</h1>" in page.text
    assert page.text.count('class="tile tile-') == 292 + 9
    assert len(statements) <= MOST, statements


def test_a_worker_has_no_page_of_the_rollout(rolling: Flask) -> None:
    assert Browser(rolling).sign_in("aino").get("/rollout/").status_code == 403


def test_the_picture_is_narrowed_to_a_region_and_to_a_stage(rolling: Flask) -> None:
    reader = Browser(rolling).sign_in("kaisa")
    assert f"/rollout/show/{TURKU}" in reader.get("/rollout/?region=02").text
    assert f"/rollout/show/{TURKU}" not in reader.get("/rollout/?region=01").text
    assert "Yksikään kunta ei vastaa valintaa." in reader.get("/rollout/?stage=OLD_CLOSED").text
    assert reader.get("/rollout/?region=nowhere&stage=x&help=1").status_code == 200


def test_a_lead_tells_of_a_stage_and_the_page_shows_it(rolling: Flask) -> None:
    bengt, told = Browser(rolling).sign_in("bengt"), date.today() - timedelta(days=3)
    address = f"/rollout-steps/edit/{step_id(rolling, VANTAA, 'TRAINED')}"
    assert address in bengt.get(f"/rollout/show/{VANTAA}").text
    bengt.get(address)
    assert bengt.post(address, told_on=str(told), note="Alla har gått kursen").status_code == 303
    page = bengt.get(f"/rollout/show/{VANTAA}").text
    assert f"{told.day}.{told.month}.{told.year}" in page and "Alla har gått kursen" in page and "organisationen har anmält" in page
    with rolling.app_context(), system_scope():
        assert db.session.scalar(select(AuditEvent).where(AuditEvent.name == "rollout_step:changed")) is not None


@pytest.mark.parametrize("stage, fields, sentence", [
    ("INFORMED", {"told_on": str(date.today() + timedelta(days=1))}, "Ange en dag som har varit"),
    ("USERS_NAMED", {"told_on": "2026-01-02"}, "Anteckningarna visar detta skede"),
    ("TRAINED", {"is_skipped": "y"}, "Bara skeden i överföringen"),
    ("MOVED", {"is_skipped": "y", "planned_on": "2026-12-01"}, "varken en planerad dag"),
])  # fmt: skip
def test_what_cannot_be_told_is_explained(rolling: Flask, stage: str, fields: dict[str, str], sentence: str) -> None:
    bengt, address = Browser(rolling).sign_in("bengt"), f"/rollout-steps/edit/{step_id(rolling, VANTAA, stage)}"
    bengt.get(address)
    answer = bengt.post(address, **fields)
    assert answer.status_code == 422 and sentence in answer.text


def test_a_stage_of_another_is_neither_read_nor_changed(rolling: Flask) -> None:
    bengt, other = Browser(rolling).sign_in("bengt"), step_id(rolling, PORVOO, "INFORMED")
    assert bengt.get(f"/rollout-steps/edit/{other}").status_code == 404
    assert bengt.get(f"/rollout-steps/show/{other}").status_code == 404
    page = bengt.get(f"/rollout/show/{PORVOO}")
    assert page.status_code == 200 and "/rollout-steps/edit/" not in page.text and 'id="obstacles"' not in page.text


def test_an_obstacle_is_seen_by_those_who_look_after_the_municipality(rolling: Flask) -> None:
    address = add_obstacle(Browser(rolling).sign_in("bengt"))
    for who in ("kaisa", "tuomas", "ulla", "minna"):
        assert Browser(rolling).sign_in(who).get(address).status_code == 200, who
    kaisa = Browser(rolling).sign_in("kaisa")
    assert "Apua pyydetty" in kaisa.get(f"/rollout/show/{VANTAA}").text
    assert "/rollout-obstacles/edit/" not in kaisa.get(address).text
    assert kaisa.get(address.replace("show", "edit")).status_code in (403, 404, 409)
    assert "pyytää apua" in kaisa.get("/rollout/?region=01&help=1").text


def test_a_solved_obstacle_cannot_be_older_than_itself(rolling: Flask) -> None:
    bengt = Browser(rolling).sign_in("bengt")
    bengt.get("/rollout-obstacles/add")
    answer = bengt.post("/rollout-obstacles/add", kind="OTHER", found_on="2026-11-02", solved_on="2026-11-01")
    assert answer.status_code == 422 and "Hindret löstes innan det upptäcktes" in answer.text


def test_the_table_goes_out_as_a_file_with_an_event(rolling: Flask) -> None:
    kaisa = Browser(rolling).sign_in("kaisa")
    answer = kaisa.get("/rollout/picture.csv?region=02")
    assert answer.mimetype == "text/csv"
    rows = answer.text.lstrip("\ufeff").splitlines()
    assert rows[0].startswith("Koodi;Organisaatio;Vaihe") and len(rows) == 28
    assert kaisa.get("/rollout/picture.xlsx").data[:2] == b"PK"
    assert kaisa.get("/rollout/picture.pdf").status_code == 400
    with rolling.app_context(), system_scope():
        found = db.session.scalars(select(AuditEvent.hits).where(AuditEvent.name == "rollout:exported")).all()
    assert sorted(found) == [27, 292]
