"""Each step tells the other side by a letter that names no client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select

from app.access.actor import system_scope
from app.db.base import db
from app.mail.models import OutgoingMail
from app.users.models import UserProfile
from tests.participations.conftest import REASON, accepted, invited
from tests.support.app import Browser

# The outbox takes letters and shows none to the serving role of PostgreSQL.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def letters(app: Flask) -> Iterator[Callable[[], list[tuple[str, str, str]]]]:
    """Let Aino and Veera have addresses, and give what tells the letters since then as (kind, receiver, text)."""

    def addresses(suffix: str | None) -> None:
        with app.app_context(), system_scope():
            db.session.execute(delete(OutgoingMail))
            for name in ("aino", "veera"):
                profile = db.session.get_one(UserProfile, db.session.scalars(select(User.id).where(User.username == name)).one())
                profile.email = suffix and f"{name}{suffix}"
            db.session.commit()

    def told() -> list[tuple[str, str, str]]:
        with app.app_context(), system_scope():
            rows = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.queued_at))
            return [(row.kind, row.receiver or "", f"{row.subject}\n{row.body}") for row in rows]

    addresses("@example.fi")
    yield told
    addresses(None)


def test_both_sides_get_a_letter_without_the_client(app: Flask, aino: Browser, client: dict[str, str], letters: Any) -> None:
    veera = Browser(app).sign_in("veera")
    key = invited(aino, client)
    accepted(veera, key)
    aino.get(f"/participations/end/{key}")
    aino.post(f"/participations/end/{key}", end_reason="Ei enää tarpeen")
    found = letters()
    assert [(kind, receiver) for kind, receiver, _text in found] == [
        ("PARTICIPATION_INVITED", "veera@example.fi"), ("PARTICIPATION_ACCEPTED", "aino@example.fi"), ("PARTICIPATION_ENDED", "veera@example.fi"),
    ]  # fmt: skip
    for _kind, _receiver, text in found:
        assert f"/participations/show/{key}" in text
        assert not any(word in text.replace("Vantaan ja Keravan hyvinvointialue", "") for word in ("Vantaa", "Testaaja", "Taina", client["client"], REASON, "tarpeen"))


def test_a_refusal_tells_who_invited(app: Flask, aino: Browser, client: dict[str, str], letters: Any) -> None:
    veera = Browser(app).sign_in("veera")
    key = invited(aino, client)
    veera.get(f"/participations/leave/{key}")
    veera.post(f"/participations/leave/{key}", end_reason="Ei palveluissamme")
    assert [(kind, receiver) for kind, receiver, _text in letters()][1:] == [("PARTICIPATION_DECLINED", "aino@example.fi")]
