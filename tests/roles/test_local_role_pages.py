"""A role admin makes a narrower role, sees what it would do, gives it, and takes it back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.users.models import AccessGrant, LocalRole
from tests.roles.conftest import CONFIRMED, RoleAdmin, grant_of
from tests.support.app import Browser, counted_statements
from tests.support.form import typed

NO_NOTES = ("notes.add", "notes.edit", "notes.delete")


def test_a_narrower_role_takes_away_from_the_next_page_on_and_gives_back(app: Flask, eeva: RoleAdmin) -> None:
    aino = Browser(app).sign_in("aino")
    client = aino.get("/clients/list/").text.split("/clients/show/")[1][:36]
    assert aino.get(f"/notes/add?client={client}").status_code == 200
    role = eeva.add_role(*NO_NOTES, name="Lukija")
    eeva.give(role, grant_of(app, "aino"))
    assert aino.get(f"/notes/add?client={client}").status_code == 403
    page = aino.get(f"/clients/show/{client}?tab=entries").text
    assert "Lukija" in page and f"/notes/add?client={client}" not in page
    assert aino.get("/notes/list/").status_code == 200
    eeva.give(role)
    assert aino.get(f"/notes/add?client={client}").status_code == 200
    assert "Lukija" not in aino.get("/").text


def test_what_a_change_would_do_is_told_before_it_is_saved(app: Flask, eeva: RoleAdmin) -> None:
    role = eeva.add_role(*NO_NOTES, name="Kirjoittaja")
    eeva.give(role, grant_of(app, "aino"))
    values = typed(eeva.get(f"/local-roles/edit/{role}"))
    del values["plans.agree"]
    shown = eeva.client.post(f"/local-roles/edit/{role}", data=values)
    assert shown.status_code == 200 and "Aarnio, Aino" in shown.text and "sopia suunnitelman" in shown.text
    assert "can_" not in shown.text
    with app.app_context():
        assert "can_agree PlanView" not in db.session.get_one(LocalRole, role).withheld
    back = eeva.client.post(f"/local-roles/edit/{role}", data={**values, "_back": "y"})
    assert "plans.agree" not in typed(back) and "notes.list" in typed(back)
    assert eeva.client.post(f"/local-roles/edit/{role}", data={**values, **CONFIRMED}).status_code == 303
    with app.app_context():
        assert "can_agree PlanView" in db.session.get_one(LocalRole, role).withheld
    eeva.give(role)


def test_switching_language_in_the_form_changes_every_text_and_keeps_the_boxes(eeva: RoleAdmin) -> None:
    path = "/local-roles/add?base=CASEWORKER"
    values = typed(eeva.get(path), name_fi="Vaihtaja")
    del values["notes.add"]
    page = eeva.client.post(path, data={**values, "_language": "sv"})
    kept = typed(page)
    assert "Anteckningar" in page.text and "Kirjaukset" not in page.text
    assert kept["name_fi"] == ["Vaihtaja"] and "notes.add" not in kept and "notes.edit" in kept
    eeva.get("/lang/fi")


def test_a_role_nobody_holds_is_changed_at_once(app: Flask, eeva: RoleAdmin) -> None:
    role = eeva.add_role(*NO_NOTES, name="Vapaa")
    values = typed(eeva.get(f"/local-roles/edit/{role}"), reason="Sijaisille")
    assert eeva.client.post(f"/local-roles/edit/{role}", data=values).status_code == 303


@pytest.mark.parametrize(("language", "gap", "same"), [("fi", "on voitava myös avata", "Jätä jotakin pois"), ("sv", "måste man också kunna öppna", "Lämna bort något")])
def test_bad_input_is_explained(eeva: RoleAdmin, language: str, gap: str, same: str) -> None:
    eeva.get(f"/lang/{language}")
    path = "/local-roles/add?base=CASEWORKER"
    values = typed(eeva.get(path), name_fi="Nimi", name_sv="Namn")
    answer = eeva.client.post(path, data=values)
    assert answer.status_code == 422 and same in answer.text and answer.text.count(same) == 1
    del values["notes.show"]
    answer = eeva.client.post(path, data=values)
    assert answer.status_code == 422 and gap in answer.text and "notes.edit" in typed(answer)
    eeva.get("/lang/fi")


def test_a_deed_of_another_role_in_the_form_gives_nothing(app: Flask, eeva: RoleAdmin) -> None:
    path = "/local-roles/add?base=INTAKE_WORKER"
    values = typed(eeva.get(path), name_fi="Ahne", name_sv="Girig") | {"plans.agree": ["y"], "user-rights.list": ["y"]}
    del values["notes.show"]
    role = eeva.client.post(path, data=values).location.rsplit("/", 1)[1]
    page = eeva.get(f"/local-roles/show/{role}").text
    assert "sopia suunnitelman" not in page and "Käyttöoikeudet" not in page.split("<main")[1]


def test_a_role_that_somebody_holds_is_not_deleted(app: Flask, eeva: RoleAdmin) -> None:
    role = eeva.add_role(*NO_NOTES, name="Pysyvä")
    eeva.give(role, grant_of(app, "aino"))
    eeva.get(f"/local-roles/show/{role}")
    assert eeva.post(f"/local-roles/delete/{role}").status_code == 303
    assert eeva.get(f"/local-roles/show/{role}").status_code == 200
    eeva.give(role)
    eeva.get(f"/local-roles/show/{role}")
    eeva.post(f"/local-roles/delete/{role}")
    assert eeva.get(f"/local-roles/show/{role}").status_code == 404


def test_another_organisations_roles_and_people_are_out_of_reach(app: Flask, eeva: RoleAdmin) -> None:
    role = eeva.add_role(*NO_NOTES, name="Oma")
    with app.app_context(), system_scope():
        cecilia = db.session.get_one(AccessGrant, grant_of(app, "cecilia"))
        foreign = LocalRole(org_id=cecilia.organisation_id, base="CASEWORKER", name_fi="Vieras", name_sv="Främmande", withheld="can_add NoteView")
        db.session.add(foreign)
        db.session.commit()
        key, grant = foreign.id, cecilia.id
    assert "Vieras" not in eeva.get("/local-roles/list/").text
    for path in (f"/local-roles/show/{key}", f"/local-roles/edit/{key}", f"/local-roles/give/{key}", f"/roles/list/?first=CASEWORKER&second={key}"):
        assert eeva.get(path).status_code in (400, 404), path
    values = typed(eeva.get(f"/local-roles/give/{role}")) | {"holders": [grant]} | CONFIRMED
    assert eeva.client.post(f"/local-roles/give/{role}", data=values).status_code == 422
    with app.app_context(), system_scope():
        assert db.session.get_one(AccessGrant, grant).local_role_id is None


def test_nobody_narrows_or_widens_their_own_right(app: Flask, eeva: RoleAdmin) -> None:
    role = eeva.add_role("user-rights.show", base="ACCESS_ADMIN", name="Katselija")
    page = eeva.get(f"/local-roles/give/{role}")
    assert grant_of(app, "eeva") not in page.text


def test_the_wrong_role_is_refused(app: Flask) -> None:
    for username in ("aino", "bengt", "veera"):
        assert Browser(app).sign_in(username).get("/local-roles/list/").status_code == 403


def test_every_change_leaves_its_event(app: Flask, eeva: RoleAdmin) -> None:
    role = eeva.add_role(*NO_NOTES, name="Kirjattu")
    grant = grant_of(app, "aino")
    eeva.give(role, grant)
    eeva.give(role)
    with app.config["OWNER"].app_context(), system_scope():
        found = select(AuditEvent.name, AuditEvent.fields).where(AuditEvent.row_id.in_([role, grant])).order_by(AuditEvent.at)
        names = [name for name, _fields in db.session.execute(found)]
    assert names[names.index("local_role:added") :].count("access_grant:role_changed") == 2


def test_the_difference_to_the_base_role_is_shown(eeva: RoleAdmin) -> None:
    role = eeva.add_role(*NO_NOTES, name="Verrattu")
    page = eeva.get(f"/roles/list/?first=CASEWORKER&second={role}").text
    assert page.count('role="rowheader"') == len(NO_NOTES) and page.count('class="yes"') == len(NO_NOTES)


def test_a_session_is_still_loaded_by_one_statement(app: Flask, eeva: RoleAdmin) -> None:
    with counted_statements(app) as statements:
        eeva.get("/roles/list/")
    assert sum("user_session" in one for one in statements) == 1 and sum("ab_permission" in one for one in statements) == 1
