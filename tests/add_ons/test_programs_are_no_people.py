"""Whatever looks for people of an organisation finds no program, whose right is a right all the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask, g
from flask_appbuilder.security.sqla.models import User

from app.access.actor import system_scope
from app.add_ons.models import AddOn
from app.add_ons.scopes import scopes
from app.care.use.counting import _questions
from app.db.base import db
from app.explanations.queries import chain_of
from app.imports.workspace.people import LeadRelation
from app.rights.queries import superiors_of
from app.rollout.deriving import _wanted
from app.rollout.queries import roles_held
from app.rollout.stages import Stage
from app.roles.queries import grants_of_role
from app.users.acting import actor_of
from app.users.models import AccessGrant
from app.users.relations import EveryWorkerRelation, WorkerRelation
from app.work_queue.digest import _readers
from tests.add_ons.conftest import accepted

TODAY = date.today()


@pytest.fixture(scope="module")
def lead(app: Flask) -> tuple[int, str, str]:
    """An add-on that may do everything, and so has a lead's right: its account, its right and its municipality."""
    with app.app_context():
        names = list(scopes())
    key = accepted(app, "Kaikkivoipa", *names)
    with app.config["OWNER"].app_context(), system_scope():
        grant = db.session.get_one(AddOn, key).grant
        assert grant.role == "TEAM_LEAD"
        return grant.user_id, grant.id, grant.organisation_id


def _people_of(relation: Any) -> Any:
    return lambda user, grant, home: {row.id for row in db.session.execute(relation._workers())}


FINDERS = {
    "worker": _people_of(WorkerRelation()), "lead": _people_of(LeadRelation()), "every worker": _people_of(EveryWorkerRelation()),
    "superior": lambda user, grant, home: {one.user_id for one in superiors_of(db.session, home, 0, TODAY)},
    "holder": lambda user, grant, home: {one.user_id for one in grants_of_role(db.session, home, "TEAM_LEAD", TODAY)},
    "reader": lambda user, grant, home: {one for one, _org in _readers(db.session, TODAY)},
}  # fmt: skip


@pytest.mark.parametrize("finder", FINDERS)
def test_no_finder_of_people_gives_a_program(app: Flask, lead: tuple[int, str, str], finder: str) -> None:
    user, grant, home = lead
    with app.config["OWNER"].app_context(), system_scope():
        person = db.session.get_one(AccessGrant, grant)
        g.actor = actor_of(db.session, user, grant)[0]  # type: ignore[index]
        find = FINDERS[finder]
        assert user not in find(user, grant, home)
        # The same right of a person is found, so it is this that makes the difference.
        person.is_program = False
        db.session.flush()
        assert user in find(user, grant, home)
        db.session.rollback()


def test_no_number_counts_a_program(app: Flask, lead: tuple[int, str, str]) -> None:
    _user, grant, home = lead
    with app.config["OWNER"].app_context(), system_scope():
        others = db.session.query(AccessGrant).filter(AccessGrant.organisation_id == home, AccessGrant.id != grant)
        others.update({"ended_at": AccessGrant.opened_at, "last_used_on": None})
        assert home not in dict(db.session.execute(_questions(TODAY)["rights"]).all()) and roles_held(db.session, home, TODAY) == set()
        named = next(wanted for stage, wanted in _wanted() if stage is Stage.USERS_NAMED)
        assert home not in dict(db.session.execute(named).all())
        db.session.rollback()


def test_why_a_program_sees_a_client_is_explained_like_a_persons(app: Flask, lead: tuple[int, str, str]) -> None:
    user, grant, _home = lead
    with app.config["OWNER"].app_context(), system_scope():
        links = chain_of(db.session, db.session.get_one(User, user), {}, TODAY)
        assert [link.grant.id for link in links] == [grant]
