"""Two administrators at one application: one decision stands, the other is told; nothing is granted twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.clients.facts import Note
from app.db.base import db
from app.mail.models import OutgoingMail
from app.rights.models import RightApplication, RightEvent
from app.users.models import AccessGrant
from tests.rights.conftest import application_at, apply
from tests.support.app import Browser
from tests.support.form import typed

ROUNDS = 6


def _answers(posts: list[tuple[Browser, str, dict[str, Any]]]) -> list[Any]:
    """Send the posts at the same moment."""
    together = Barrier(len(posts))

    def send(post: tuple[Browser, str, dict[str, Any]]) -> Any:
        browser, path, values = post
        together.wait()
        return browser.client.post(path, data=values)

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


@pytest.mark.parametrize("second", ["grant", "refuse"])
def test_two_administrators_decide_one_application(app: Flask, second: str) -> None:
    matti, eeva, eero = (Browser(app).sign_in(name) for name in ("matti", "eeva", "eero"))
    for _round in range(ROUNDS):
        assert apply(matti).status_code == 303
        key = application_at(eeva)
        paths = (f"/right-applications/grant/{key}", f"/right-applications/{second}/{key}")
        values = [typed(browser.get(path)) for browser, path in zip((eeva, eero), paths, strict=True)]
        values[1] |= {"decision_reason": ["Ei tarvita."]}
        answers = _answers([(eeva, paths[0], values[0]), (eero, paths[1], values[1])])
        assert {answer.status_code for answer in answers} <= {303, 409, 503}, [answer.status_code for answer in answers]
        with app.config["OWNER"].app_context(), system_scope():
            application = db.session.get_one(RightApplication, key)
            grants = db.session.scalars(select(AccessGrant).where(AccessGrant.application_id == key)).all()
            decided = db.session.scalars(select(RightEvent.what).where(RightEvent.application_id == key, RightEvent.what.in_(("GRANTED", "REFUSED")))).all()
            assert application.state in ("GRANTED", "REFUSED") and list(decided) == [application.state]
            assert len(grants) == (application.state == "GRANTED")
            told = db.session.scalars(select(OutgoingMail.kind).where(OutgoingMail.user_id == application.user_id)).all()
            assert told.count("OPENED") + told.count("REFUSED") == _round + 1
            for grant in grants:
                # Out of the way of the next round, which is about the same person and role.
                grant.valid_from = grant.valid_from.replace(year=2000 + _round)
            db.session.commit()


def test_a_right_removed_during_a_request_ends_before_the_next(app: Flask) -> None:
    aino, eeva = Browser(app).sign_in("aino"), Browser(app).sign_in("eeva")
    with app.config["OWNER"].app_context(), system_scope():
        right = db.session.scalars(select(AccessGrant.id).join(AccessGrant.user).where(AccessGrant.user.property.mapper.class_.username == "aino")).one()
    values = typed(eeva.get(f"/user-rights/end/{right}")) | {"end_reason": ["SECURITY"]}
    client = aino.get("/clients/list/").text.split("/clients/show/")[1][:36]
    note = typed(aino.get(f"/notes/add?client={client}")) | {"entry_date": ["2026-06-01"], "kind": ["OTHER"], "content": ["Kesken jäänyt"]}
    first, second = _answers([(aino, f"/notes/add?client={client}", note), (eeva, f"/user-rights/end/{right}", values)])
    assert second.status_code == 303 and first.status_code in (302, 303, 403)
    with app.config["OWNER"].app_context(), system_scope():
        notes = db.session.scalars(select(Note).where(Note.client_id == client, Note.content == "Kesken jäänyt")).all()
        # Saved and told so, or refused and not there: nothing between, whichever was first.
        assert len(notes) == (first.status_code == 303)
    assert aino.get("/clients/list/").status_code == 302
