"""Sign-in by the realm of the account: two real directories of different schema, groups within groups, what a group gives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.directories.rules import normal_realm
from app.users.models import AccessGrant
from tests.support.app import Browser
from tests.support.directories import PORVOO, VANTAA, Directories
from tests.support.slapd import ALL_STAFF, CASEWORKERS, Slapd
from tests.support.slapd_ad import GUIDES, LEADS, AdSlapd


@pytest.fixture
def both(directories: Directories, people: Slapd, users: AdSlapd) -> tuple[str, str]:
    return directories.add(people, "vantaa.example", VANTAA), directories.add(users, "porvoo.example", PORVOO)


def usernames(app: Flask) -> set[str]:
    with app.app_context(), system_scope():
        return set(db.session.scalars(select(User.username)))


def chosen(page: str, name: str) -> str | None:
    """Give the value that a select of a page stands at."""
    select_text = re.search(rf'<select id="{name}".*?</select>', page, re.S)
    found = select_text and re.search(r'value="([^"]*)" selected', select_text[0])
    return found[1] if found else None


def test_two_municipalities_may_both_have_a_maija(directories: Directories, both: tuple[str, str], app: Flask) -> None:
    one, other = directories.signed_in("maija@vantaa.example"), directories.signed_in("MAIJA@Porvoo.Example")
    assert "Maija Meri" in one.get("/my-rights/").text and "Maija Åström" in other.get("/my-rights/").text
    assert {"maija@vantaa.example", "maija@porvoo.example"} <= usernames(app)


def test_a_password_of_one_directory_opens_nothing_in_the_other(directories: Directories, both: tuple[str, str]) -> None:
    assert directories.sign_in("otto@vantaa.example").status_code == 401
    assert directories.sign_in("otto@porvoo.example").status_code == 303
    assert directories.sign_in("otto@porvoo.example", "wrong").status_code == 401
    assert directories.sign_in("otto").status_code == 401


def test_a_name_without_a_known_realm_is_asked_for_as_before(directories: Directories, both: tuple[str, str], app: Flask) -> None:
    Browser(app).sign_in("aino")
    assert directories.sign_in("maija@unknown.example").status_code == 401
    assert directories.sign_in("maija").status_code == 401


def test_a_realm_with_other_letters_is_one_realm_in_every_spelling(directories: Directories, people: Slapd, app: Flask) -> None:
    realm = normal_realm("käyttöjä.example")
    assert realm
    directories.add(people, realm, VANTAA)
    for spelling in ("käyttöjä.example", "KÄYTTÖJÄ.EXAMPLE", realm):
        directories.signed_in(f"åke@{spelling}")
    assert len([name for name in usernames(app) if name.startswith("åke@")]) == 1


@pytest.mark.parametrize("password", [" ", "\t", "\0", "oikea-salasana-ö\0"])
def test_a_blank_password_signs_nobody_in(directories: Directories, both: tuple[str, str], password: str) -> None:
    assert directories.sign_in("maija@vantaa.example", password).status_code in (401, 422)


@pytest.mark.parametrize("name", ["*", "mai*", "maija)(uid=*", "*)(|(uid=*", "\\2a", "maija)(&"])
def test_nothing_in_a_name_is_read_as_a_part_of_the_filter(directories: Directories, both: tuple[str, str], name: str) -> None:
    assert directories.sign_in(f"{name}@vantaa.example").status_code == 401
    assert directories.state(both[0]).failures == 0


def test_a_group_only_fills_in_the_application(directories: Directories, both: tuple[str, str]) -> None:
    directories.map_group(both[0], CASEWORKERS.upper(), "CASEWORKER")
    browser = directories.signed_in("maija@vantaa.example")
    assert browser.get("/").location == "/my-rights/" and directories.grants("maija@vantaa.example") == []
    page = browser.get("/my-rights/apply").text
    assert (chosen(page, "organisation_id"), chosen(page, "role")) == (VANTAA, "CASEWORKER")
    nobody = directories.signed_in("nogroup@vantaa.example").get("/my-rights/apply").text
    assert (chosen(nobody, "organisation_id"), chosen(nobody, "role")) == (VANTAA, None)


def test_a_group_gives_a_right_where_the_organisation_said_so_and_takes_it_back(directories: Directories, both: tuple[str, str], people: Slapd) -> None:
    directories.map_group(both[0], CASEWORKERS, "CASEWORKER", bypasses_application=True)
    assert directories.signed_in("leaver@vantaa.example").get("/").status_code == 200
    assert directories.grants("leaver@vantaa.example") == [("CASEWORKER", VANTAA)]
    people.remove_from_group("leaver")
    try:
        assert directories.signed_in("leaver@vantaa.example").get("/").location == "/my-rights/"
        assert directories.grants("leaver@vantaa.example") == []
    finally:
        people.add_to_group("leaver")


def test_a_right_that_somebody_ended_does_not_come_back_by_the_group(directories: Directories, both: tuple[str, str], app: Flask) -> None:
    directories.map_group(both[0], CASEWORKERS, "CASEWORKER", bypasses_application=True)
    directories.signed_in("åke@vantaa.example")
    with app.app_context(), system_scope():
        grant = db.session.scalars(select(AccessGrant).join(AccessGrant.user).where(User.username == "åke@vantaa.example")).one().id
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/user-rights/end/{grant}")
    assert eeva.post(f"/user-rights/end/{grant}", end_reason="MISUSE").status_code == 303
    assert directories.signed_in("åke@vantaa.example").get("/").location == "/my-rights/"


def test_administrators_always_apply(directories: Directories, both: tuple[str, str]) -> None:
    directories.map_group(both[0], CASEWORKERS, "ACCESS_ADMIN", bypasses_application=True)
    browser = directories.signed_in("bengt@vantaa.example")
    assert directories.grants("bengt@vantaa.example") == []
    assert chosen(browser.get("/my-rights/apply").text, "role") == "ACCESS_ADMIN"


def test_nobody_gives_themselves_a_right_by_writing_the_line(directories: Directories, both: tuple[str, str], app: Flask) -> None:
    directories.signed_in("örjan@vantaa.example")
    with app.app_context(), system_scope():
        writer = db.session.scalars(select(User.id).where(User.username == "örjan@vantaa.example")).one()
    directories.map_group(both[0], CASEWORKERS, "CASEWORKER", bypasses_application=True, changed_by=writer)
    assert directories.signed_in("örjan@vantaa.example").get("/").location == "/my-rights/"
    assert directories.signed_in("maija@vantaa.example").get("/").status_code == 200


def test_a_right_by_a_group_waits_for_the_agency_where_it_opens_rights(
    directories: Directories, both: tuple[str, str], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "KOTO", replace(app.config["KOTO"], opens_rights=False))
    directories.map_group(both[0], CASEWORKERS, "INTAKE_WORKER", bypasses_application=True)
    for _time in range(2):
        assert directories.signed_in("maija@vantaa.example").get("/").location == "/my-rights/"
    assert directories.grants("maija@vantaa.example").count(("INTAKE_WORKER", VANTAA)) == 1


def test_groups_within_groups_count_in_a_circle_too(directories: Directories, both: tuple[str, str]) -> None:
    directories.map_group(both[0], ALL_STAFF, "TEAM_LEAD")
    directories.map_group(both[1], LEADS.lower(), "TEAM_LEAD")
    for account in ("maija@vantaa.example", "maija@porvoo.example"):
        assert chosen(directories.signed_in(account).get("/my-rights/apply").text, "role") == "TEAM_LEAD"
    assert chosen(directories.signed_in("otto@porvoo.example").get("/my-rights/apply").text, "role") is None


def test_a_server_that_promises_the_rule_and_finds_nothing_by_it_is_walked(directories: Directories, tmp_path: Any) -> None:
    with AdSlapd(tmp_path, says_it_walks=True) as server:
        directory = directories.add(server, "raasepori.example", PORVOO)
        directories.map_group(directory, LEADS, "TEAM_LEAD")
        assert chosen(directories.signed_in("maija@raasepori.example").get("/my-rights/apply").text, "role") == "TEAM_LEAD"


def test_names_and_address_come_by_the_mapping(directories: Directories, both: tuple[str, str]) -> None:
    browser = directories.signed_in("otto@porvoo.example")
    assert "Otto Ojala" in browser.get("/my-rights/").text
    assert 'value="otto@example.fi"' in browser.get("/my-rights/apply").text


def test_a_name_that_carries_its_realm_in_the_directory_carries_it_once(directories: Directories, users: AdSlapd, app: Flask) -> None:
    directories.add(users, "ad.test", PORVOO, username_attribute="userPrincipalName", user_filter="(userPrincipalName={username}@ad.test)")
    directories.signed_in("otto@ad.test")
    assert "otto@ad.test" in usernames(app)


def test_nobody_takes_an_account_over_by_taking_its_realm(directories: Directories, both: tuple[str, str], people: Slapd) -> None:
    directories.map_group(both[0], CASEWORKERS, "CASEWORKER", bypasses_application=True)
    assert directories.sign_in("aino.ldap@vantaa.example").status_code == 303
    directories.clear()
    directories.add(people, "vantaa.example", PORVOO)
    assert directories.sign_in("aino.ldap@vantaa.example").status_code == 401
    directories.clear()
    directories.add(people, "vantaa.example", VANTAA)
    assert directories.sign_in("aino.ldap@vantaa.example").status_code == 303


def test_a_directory_out_of_use_signs_nobody_in(directories: Directories, both: tuple[str, str]) -> None:
    directories.change(both[0], is_active=False)
    assert directories.sign_in("maija@vantaa.example").status_code == 401
    assert directories.sign_in("maija@porvoo.example").status_code == 303


def test_the_group_of_another_organisations_directory_gives_nothing(directories: Directories, both: tuple[str, str]) -> None:
    directories.map_group(both[0], GUIDES, "CASEWORKER", bypasses_application=True)
    directories.signed_in("maija@porvoo.example")
    assert directories.grants("maija@porvoo.example") == []
