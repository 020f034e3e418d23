"""The table of roles and the running application name the same views and permissions, and each has its words."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access.roles import ROLES
from app.roles.rules import PARTS
from app.roles.sentences import DEEDS
from tests.support.app import Browser

# Offered by the framework's base class for every view; nobody holds them, so they answer 403.
UNGRANTED = {"can_download"}


def offered(app: Flask) -> set[tuple[str, str]]:
    """Give (view, permission) of everything that is registered."""
    return {(view.class_permission_name, name) for view in app.appbuilder.baseviews for name in view.base_permissions or ()}  # type: ignore[attr-defined]


def granted() -> set[tuple[str, str]]:
    return {(view, name) for views in ROLES.values() for view, permissions in views.items() for name in permissions}


def test_roles_name_only_what_exists(sqlite_app: Flask) -> None:
    assert granted() - offered(sqlite_app) == set()


def test_somebody_may_do_everything_that_is_offered(sqlite_app: Flask) -> None:
    assert {pair for pair in offered(sqlite_app) - granted() if pair[1] not in UNGRANTED} == set()


def test_each_permission_has_its_words(sqlite_app: Flask) -> None:
    own = {name for view in sqlite_app.appbuilder.baseviews for name in getattr(view, "deeds", {})}  # type: ignore[attr-defined]
    assert {name for _view, name in granted()} == DEEDS.keys() | PARTS | own


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_told_in_sentences(sqlite_app: Flask, role: str) -> None:
    page = Browser(sqlite_app).sign_in("eeva").get(f"/roles/show/{role}")
    assert page.status_code == 200 and page.text.count("<dt>") == len(ROLES[role])
    assert "can_" not in page.text and "View" not in page.text


def test_unknown_roles_and_other_readers_are_refused(sqlite_app: Flask) -> None:
    assert Browser(sqlite_app).sign_in("eeva").get("/roles/show/Admin").status_code == 404
    assert Browser(sqlite_app).sign_in("aino").get("/roles/list/").status_code == 403


def test_the_matrix_says_of_each_deed_and_role_what_the_table_says(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("eeva").get("/roles/list/").text
    words = granted() - {(view, name) for view, name in granted() if name in PARTS}
    assert page.count('role="rowheader"') == len(words)
    allowed = sum(len(set(permissions) - PARTS) for views in ROLES.values() for permissions in views.values())
    assert page.count('class="yes"') == allowed


def test_only_what_differs_between_two_roles_is_shown(sqlite_app: Flask) -> None:
    eeva = Browser(sqlite_app).sign_in("eeva")
    differing = {
        (view, name) for view, name in granted()
        if name not in PARTS and (name in ROLES["CASEWORKER"].get(view, ())) != (name in ROLES["WSC_PARTICIPANT"].get(view, ()))
    }  # fmt: skip
    assert eeva.get("/roles/list/?first=CASEWORKER&second=WSC_PARTICIPANT").text.count('role="rowheader"') == len(differing)
    lead = eeva.get("/roles/list/?first=CASEWORKER&second=TEAM_LEAD").text
    more = {(view, name) for view, names in ROLES["TEAM_LEAD"].items() for name in set(names) - set(ROLES["CASEWORKER"].get(view, ())) - PARTS}
    assert lead.count('role="rowheader"') == len(more) >= 4 and "viedä luettelon tiedostoon" in lead
    assert "saa tehdä samat asiat" in eeva.get("/roles/list/?first=CASEWORKER&second=CASEWORKER").text
    assert eeva.get("/roles/list/?first=CASEWORKER&second=Admin").status_code == 400


def test_those_who_hold_a_role_are_one_click_away(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("eeva").get("/user-rights/list/?f.role=TEAM_LEAD").text
    assert "Berg, Bengt" in page and "Aarnio, Aino" not in page
