"""Every deed of every life, in every state, by every role: done, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.roles import ROLES
from app.clients.models import Client
from app.codes.lists import label, values
from app.core.states import Life, NotNow, follow
from app.db.base import db
from app.organisations.models import organisation_key
from docs.states import lives, roles_of
from tests.support.app import Browser, make_app
from tests.support.examples import HOMES

# Who holds the role in the municipality of the examples, or one that the row is shared with.
_CAST = {"CASEWORKER": "aino", "TEAM_LEAD": "bengt", "WSC_PARTICIPANT": "veera", "PROVIDER_USER": "pekka", "ACCESS_ADMIN": "kaisa", "LOG_AUDITOR": "lotta", "INTAKE_WORKER": "iida", "ANALYST": "minna"}
LIVES = lives()


class _Row:
    def __init__(self, status: str) -> None:
        self.status = status


@pytest.fixture(scope="module")
def app(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(Path(copytree(examples, tmp_path_factory.mktemp("states") / "instance")))


def _view(app: Flask, life: type[Life]) -> Any:
    return next(view for view in app.appbuilder.baseviews if type(view).__name__ == life.view)  # type: ignore[attr-defined]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_a_life_is_declared_whole(app: Flask, life: type[Life]) -> None:
    assert {str(state.value) for state in life.states} <= {value.code for value in values(life.codes)}
    by_hand = set(life.deeds()) - life.by_itself
    assert set(life.words) >= by_hand and life.by_itself <= set(life.deeds())
    for deed in by_hand:
        assert roles_of(life, deed), f"nobody may {deed}"
    assert by_hand <= set(getattr(_view(app, life), "deeds_of_life", ()))


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_a_deed_leads_where_it_is_declared_to_and_nowhere_else(life: type[Life]) -> None:
    steps = {(state, deed): target for state, deed, target in life.steps()}
    for state in (str(one.value) for one in life.states):
        for deed in life.deeds():
            row = _Row(state)
            if (state, deed) in steps:
                follow(life, row, deed)
                assert row.status == steps[state, deed]
            else:
                with pytest.raises(NotNow):
                    follow(life, row, deed)
                assert row.status == state


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_pages_of_deeds_answer_as_declared(app: Flask, life: type[Life], role: str) -> None:
    if role not in _CAST:
        # Nobody of the cast has the role; `tests/access` asks every page of a person made for it.
        assert all(role not in roles_of(life, deed) for deed in life.deeds())
        return
    view, browser = _view(app, life), Browser(app)
    rows = _rows(app, view)
    browser.sign_in(_CAST[role])
    # A county and a provider see no row of these, and the deeds are refused before a row is looked for.
    for state in (str(one.value) for one in life.states):
        for deed in sorted(set(life.deeds()) - life.by_itself):
            answer = browser.get(f"{view.route_base}/{deed}/{rows[state]}")
            may, can = role in roles_of(life, deed), life.allows(state, deed)
            assert answer.status_code == (200 if may and can else 409 if may else 403), (state, deed)
            if may and not can:
                assert any(escape(label(life.codes, state, language)) in answer.text for language in ("fi", "sv")), (state, deed)


def _rows(app: Flask, view: Any) -> dict[str, str]:
    """Give a row of the municipality in each state; the examples hold one of every code."""
    model = view.datamodel.obj
    with app.app_context(), system_scope():
        home = organisation_key("MUNICIPALITY", HOMES[0])
        rows = select(model.status, model.id).where(model.org_id == home)
        if model is Client:
            # One that was joined to another is read only.
            rows = rows.where(Client.merged_into_id.is_(None))
        found = {str(status): key for status, key in db.session.execute(rows)}
        db.session.rollback()
    return found
