"""The national agency adds, renames, ends and merges organisations from a day on; what is to come can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.care.organisations.due import do_changes
from app.care.organisations.models import OrganisationChange
from app.clients.models import Client
from app.codes.areas import reference_organisations
from app.db.base import db
from app.organisations.load import load_organisations
from app.organisations.models import Organisation, organisation_key
from app.reports.areas import Level, area_of
from app.users.models import AccessGrant
from tests.care.conftest import Keeper, in_system, signed_in, stored
from tests.support.app import counted_statements

TODAY = date.today()
TOMORROW, IN_MAY = TODAY + timedelta(days=1), TODAY + timedelta(days=200)
ASKOLA, PORVOO, VANTAA, LAPINJARVI = (organisation_key("MUNICIPALITY", code) for code in ("018", "638", "092", "407"))
PAGES = "/organisation-care"


def change_of(owner: Flask, key: str) -> Any:
    of = OrganisationChange
    return stored(owner, select(of.kind, of.state, of.id).where(of.organisation_id == key).order_by(of.created_at.desc(), of.id))[0]


def events(owner: Flask, name: str) -> int:
    return len(stored(owner, select(AuditEvent.id).where(AuditEvent.name == name)))


def is_due(owner: Flask, key: str) -> None:
    """Let the day of a planned change be here."""
    with owner.app_context(), system_scope():
        of = OrganisationChange
        db.session.execute(update(of).where(of.organisation_id == key, of.state == "PLANNED").values(takes_effect_on=TODAY))
        db.session.commit()


def test_new_names_hold_at_once_in_every_process_and_the_old_ones_are_told(kaisa: Keeper, owner: Flask) -> None:
    other = signed_in(owner, "eeva")
    answer = kaisa.fill(f"{PAGES}/rename/{ASKOLA}", name_fi="Uusi-Askola", name_sv="Nya Askola", on=TODAY.isoformat(), reason="Valtuuston päätös 1/2026")
    assert answer.status_code == 303
    page = kaisa.get(f"{PAGES}/show/{ASKOLA}").text
    assert "Uusi-Askola" in page and "Askola / Askola" in page and "Valtuuston päätös 1/2026" in page and "Kaisa Keskinen" in page
    # The other process hears of it with its next request.
    assert "Uusi-Askola" in other.get("/organisations/list/?q=&f.kind=MUNICIPALITY").text or "Uusi-Askola" in other.get(f"/organisations/show/{ASKOLA}").text
    with owner.app_context():
        assert "Uusi-Askola" in {row.name_fi for row in reference_organisations()}
    assert events(owner, "organisation:change_planned") >= 1 and events(owner, "organisation:change_done") >= 1


def test_what_was_written_stays_when_the_reference_data_are_loaded_again(kaisa: Keeper, owner: Flask) -> None:
    kaisa.fill(f"{PAGES}/rename/{LAPINJARVI}", name_fi="Lapinlampi", name_sv="Lappsjön", on=TODAY.isoformat())
    with owner.app_context(), system_scope():
        db.session.execute(update(Organisation).where(Organisation.id == LAPINJARVI).values(region_code="99"))
        db.session.commit()
    in_system(owner, load_organisations)
    assert stored(owner, select(Organisation.name_fi, Organisation.region_code != "99").where(Organisation.id == LAPINJARVI)) == [("Lapinlampi", True)]


def test_names_to_come_hold_from_their_day_on(kaisa: Keeper, owner: Flask) -> None:
    key = organisation_key("MUNICIPALITY", "434")
    kaisa.fill(f"{PAGES}/rename/{key}", name_fi="Loviisanseutu", name_sv="Lovisanejden", on=TOMORROW.isoformat())
    in_system(owner, lambda session: do_changes(session, TODAY))
    assert stored(owner, select(Organisation.name_fi).where(Organisation.id == key)) == [("Loviisa",)]
    assert "Loviisanseutu" in kaisa.get(f"{PAGES}/show/{key}").text
    in_system(owner, lambda session: do_changes(session, TOMORROW))
    assert stored(owner, select(Organisation.name_fi, Organisation.name_sv).where(Organisation.id == key)) == [("Loviisanseutu", "Lovisanejden")]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"name_fi": "Askola", "name_sv": " "}, "Täytä tämä kenttä."), ({"name_fi": "Porvoo", "name_sv": "Annan"}, "on jo tämä nimi"),
     ({"name_fi": "A", "name_sv": "B", "on": "2020-01-01"}, "Päivä on mennyt")],
)  # fmt: skip
def test_names_in_both_languages_of_its_own_and_a_day_to_come_are_needed(kaisa: Keeper, values: dict[str, str], sentence: str) -> None:
    answer = kaisa.fill(f"{PAGES}/rename/{organisation_key('MUNICIPALITY', '049')}", **{"on": TODAY.isoformat(), **values})
    assert answer.status_code == 422 and sentence in answer.text


def test_a_new_municipality_belongs_to_its_areas_from_its_day_on(kaisa: Keeper, owner: Flask) -> None:
    values = {"kind": "MUNICIPALITY", "code": "993", "name_fi": "Keskuskunta", "name_sv": "Mittkommun", "valid_from": TOMORROW.isoformat(), "wellbeing_county_code": "07"}
    county = stored(owner, select(Organisation.wellbeing_county_code).where(Organisation.id == PORVOO))[0][0]
    answer = kaisa.fill(f"{PAGES}/add", **{**values, "wellbeing_county_code": county})
    assert answer.status_code == 303, answer.text.split("error-summary")[-1][:400]
    key = organisation_key("MUNICIPALITY", "993")
    assert answer.location.endswith(key)
    assert "Keskuskunta" in kaisa.get(answer.location).text
    with kaisa.app.app_context():
        assert area_of(Level.WELLBEING_COUNTY, IN_MAY)[key] == county
    again = kaisa.fill(f"{PAGES}/add", **{**values, "wellbeing_county_code": county})
    assert again.status_code == 422 and "on tai on ollut tämä koodi" in again.text
    wrong = kaisa.fill(f"{PAGES}/add", **{**values, "code": "99", "name_fi": "Toinen", "name_sv": "Andra", "wellbeing_county_code": "XX"})
    assert wrong.status_code == 422 and "kolme numeroa" in wrong.text and "Voimassa olevaa aluetta ei ole" in wrong.text


def test_a_county_ends_with_its_rights(kaisa: Keeper, owner: Flask) -> None:
    key = stored(owner, select(Organisation.id).where(Organisation.id.in_(select(AccessGrant.organisation_id)), Organisation.kind == "WELLBEING_COUNTY"))[0][0]
    assert kaisa.fill(f"{PAGES}/end/{key}", last_day=TODAY.isoformat()).status_code == 303
    in_system(owner, lambda session: do_changes(session, TOMORROW))
    assert stored(owner, select(AccessGrant.valid_to).where(AccessGrant.organisation_id == key, AccessGrant.ended_at.is_(None)).distinct()) == [(TODAY,)]
    assert change_of(owner, key)[:2] == ("END", "DONE")


def test_a_municipality_does_not_end_without_another(kaisa: Keeper) -> None:
    page = kaisa.get(f"{PAGES}/show/{VANTAA}").text
    assert "Päätä<" not in page.replace(" ", "") and "Yhdistä toiseen" in page
    answer = kaisa.fill(f"{PAGES}/end/{VANTAA}", last_day=IN_MAY.isoformat())
    assert answer.status_code == 422 and "Yhdistä se." in answer.text


def test_a_merger_is_told_beforehand_counted_and_taken_back(kaisa: Keeper, owner: Flask) -> None:
    path, values = f"{PAGES}/merge/{VANTAA}", {"successor_id": PORVOO, "on": IN_MAY.isoformat()}
    kaisa.get(path)
    told = kaisa.post(path, **values)
    assert told.status_code == 200 and "Mitä tapahtuu" in told.text and stored(owner, select(Organisation.valid_to).where(Organisation.id == VANTAA)) == [(None,)]
    assert kaisa.fill(path, **values).status_code == 303
    in_system(owner, lambda session: do_changes(session, TODAY))
    clients = len(stored(owner, select(Client.id).where(Client.org_id == VANTAA, Client.status != "CLOSED")))
    page = kaisa.get(f"{PAGES}/show/{VANTAA}").text
    assert f"Asiakkaat: {clients}" in page and clients
    with kaisa.app.app_context():
        # The figures of a day after it are the successor's.
        assert area_of(Level.WELLBEING_COUNTY, IN_MAY)[VANTAA] == area_of(Level.WELLBEING_COUNTY, IN_MAY)[PORVOO]
        assert area_of(Level.WELLBEING_COUNTY)[VANTAA] != area_of(Level.WELLBEING_COUNTY)[PORVOO]
    refused = kaisa.fill(f"{PAGES}/merge/{PORVOO}", successor_id=organisation_key("MUNICIPALITY", "091"), on=IN_MAY.isoformat())
    assert refused.status_code == 422 and "Peru ensin" in refused.text
    kind, state, key = change_of(owner, VANTAA)
    assert (kind, state) == ("MERGE", "PLANNED")
    kaisa.get(f"{PAGES}/show/{VANTAA}")
    assert kaisa.post(f"{PAGES}/take-back/{VANTAA}?change={key}").status_code == 303
    assert stored(owner, select(Organisation.valid_to, Organisation.successor_code, Organisation.edited).where(Organisation.id == VANTAA)) == [(None, None, None)]
    assert change_of(owner, VANTAA)[1] == "WITHDRAWN"
    kaisa.get(f"{PAGES}/show/{VANTAA}")
    assert kaisa.post(f"{PAGES}/take-back/{VANTAA}?change={key}").status_code == 409


@pytest.mark.parametrize(
    ("successor", "on", "sentence"), [(PORVOO, TODAY, "tuleva päivä"), (organisation_key("MUNICIPALITY", "993"), TODAY, "tuleva päivä"), (VANTAA, IN_MAY, "valinta")]
)
def test_what_cannot_merge_is_told_at_its_field(kaisa: Keeper, successor: str, on: date, sentence: str) -> None:
    answer = kaisa.fill(f"{PAGES}/merge/{VANTAA}", successor_id=successor, on=on.isoformat())
    assert answer.status_code == 422 and sentence in answer.text


def test_on_the_day_the_successor_takes_over(kaisa: Keeper, owner: Flask) -> None:
    old = organisation_key("MUNICIPALITY", "091")
    clients = len(stored(owner, select(Client.id).where(Client.org_id == old)))
    before = len(stored(owner, select(Client.id).where(Client.org_id == VANTAA)))
    assert clients and kaisa.fill(f"{PAGES}/merge/{old}", successor_id=VANTAA, on=TOMORROW.isoformat()).status_code == 303
    is_due(owner, old)
    in_system(owner, lambda session: do_changes(session, TODAY))
    assert change_of(owner, old)[:2] == ("MERGE", "DONE")
    assert len(stored(owner, select(Client.id).where(Client.org_id == VANTAA))) == before + clients
    # Doing it again finds nothing to do.
    assert not in_system(owner, lambda session: do_changes(session, TODAY))


def test_while_somebody_is_a_client_of_both_nothing_moves_and_the_page_says_so(kaisa: Keeper, owner: Flask) -> None:
    old = stored(owner, select(Client.org_id).where(Client.org_id != VANTAA, Client.identity_code_digest.is_not(None)).limit(1))[0][0]
    kaisa.fill(f"{PAGES}/merge/{old}", successor_id=VANTAA, on=TOMORROW.isoformat())
    is_due(owner, old)
    with owner.app_context(), system_scope():
        one = db.session.scalars(select(Client).where(Client.org_id == old, Client.identity_code_digest.is_not(None))).first()
        other = db.session.scalars(select(Client).where(Client.org_id == VANTAA)).first()
        assert one and other
        kept = other.identity_code_digest
        db.session.execute(update(Client).where(Client.id == other.id).values(identity_code_digest=one.identity_code_digest))
        db.session.commit()
        key = other.id
    found = in_system(owner, lambda session: do_changes(session, TODAY))
    assert found["hindered"] == 1 and "1 henkilö on molempien asiakas" in kaisa.get(f"{PAGES}/show/{old}").text
    with owner.app_context(), system_scope():
        db.session.execute(update(Client).where(Client.id == key).values(identity_code_digest=kept))
        db.session.commit()
    assert in_system(owner, lambda session: do_changes(session, TODAY))["done"] == 1


def test_only_the_national_agency_has_the_pages(app: Flask, kaisa: Keeper) -> None:
    for name in ("eeva", "aino", "tuomas"):
        assert signed_in(app, name).get(f"{PAGES}/list/").status_code in (403, 404)
    assert kaisa.get(f"{PAGES}/list/").status_code == 200


def test_hearing_of_an_edit_costs_no_statement_until_there_is_one(kaisa: Keeper, app: Flask) -> None:
    kaisa.get("/")
    with counted_statements(app) as before:
        kaisa.get("/")
    with counted_statements(app) as again:
        kaisa.get("/")
    assert len(before) == len(again) and not any("organisation.edited IS NOT NULL" in statement for statement in (*before, *again))
