"""Eeva at an own role's form, over a database of its own: rights are changed here."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.users.models import AccessGrant
from tests.support.app import Browser, make_app, prepare
from tests.support.form import typed

CONFIRMED = {"_confirmed": "y"}


class RoleAdmin(Browser):
    """Makes and changes own roles as a person does, through the pages."""

    def add_role(self, *left_out: str, base: str = "CASEWORKER", name: str = "Sijainen") -> str:
        """Make a role without the deeds named, and give its key."""
        path = f"/local-roles/add?base={base}"
        values = typed(self.get(path), name_fi=name, name_sv=f"{name} sv")
        for deed in left_out:
            del values[deed]
        answer = self.client.post(path, data=values)
        assert answer.status_code == 303, answer.text
        return str(answer.location.rsplit("/", 1)[1])

    def give(self, role: str, *grants: str) -> None:
        """Let exactly these rights be of the role."""
        path = f"/local-roles/give/{role}"
        values = typed(self.get(path)) | {"holders": [*grants]} | CONFIRMED
        assert self.client.post(path, data=values).status_code == 303


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("roles")
    if request.param == "sqlite":
        found = make_app(folder)
        prepare(found, 40)
        found.config["OWNER"] = found
        return found
    server = request.getfixturevalue("postgres")
    database = server.new_database()
    owner = make_app(folder, server.url("koto_owner", database))
    prepare(owner, 40)
    # The serving role writes the log and cannot read it.
    return make_app(folder, server.url("koto_web", database), OWNER=owner)


@pytest.fixture
def eeva(app: Flask) -> RoleAdmin:
    browser = RoleAdmin(app)
    browser.sign_in("eeva")
    return browser


def grant_of(app: Flask, username: str) -> str:
    """Give the key of a person's right."""
    with app.app_context(), system_scope():
        return db.session.scalars(select(AccessGrant.id).join(User, User.id == AccessGrant.user_id).where(User.username == username)).one()
