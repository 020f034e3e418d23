"""The calendar's work on rights, day by day: once each, made up for when missed, and never to a right that is fine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select, update

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.mail.models import OutgoingMail
from app.rights.models import RightEvent
from app.rights.upkeep import upkeep
from app.users.models import AccessGrant, UserProfile

TODAY = date(2026, 6, 1)


@pytest.fixture
def grant(world: Flask) -> Iterator[AccessGrant]:
    """Aino's right alone, in use and confirmed; every other one is ended."""
    with world.config["OWNER"].app_context(), system_scope():
        user = db.session.scalars(select(User.id).where(User.username == "aino")).one()
        db.session.execute(delete(RightEvent))
        db.session.execute(delete(OutgoingMail))
        db.session.execute(update(AccessGrant).where(AccessGrant.user_id != user, AccessGrant.role != "ACCESS_ADMIN").values(ended_at=now()))
        db.session.execute(update(AccessGrant).values(last_used_on=TODAY, confirmed_on=TODAY))
        found = db.session.scalars(select(AccessGrant).where(AccessGrant.user_id == user)).one()
        db.session.get_one(UserProfile, user).email = "aino@example.fi"
        found.valid_to, found.ended_at, found.end_reason = None, None, None
        db.session.commit()
        yield found


def kinds() -> list[str]:
    return sorted(db.session.scalars(select(OutgoingMail.kind)))


def run(on: date) -> dict[str, int]:
    return {what: number for what, number in upkeep(db.session, on).items() if number}


def test_a_right_that_is_fine_is_left_alone(grant: AccessGrant) -> None:
    assert run(TODAY) == {} and kinds() == []


@pytest.mark.parametrize(
    ("days", "what"),
    [(29, None), (28, "REMINDED_4_WEEKS"), (20, "REMINDED_4_WEEKS"), (8, "REMINDED_4_WEEKS"), (7, "REMINDED_1_WEEK"), (1, "REMINDED_1_WEEK"), (0, "REMINDED_1_WEEK")],
)
def test_the_end_is_told_before_it_comes(grant: AccessGrant, days: int, what: str | None) -> None:
    grant.valid_to = TODAY + timedelta(days=days)
    assert run(TODAY) == ({what: 1} if what else {})
    assert run(TODAY) == {}, "twice on a day does nothing"
    assert kinds() == ([what] if what else [])


def test_each_reminder_comes_once_on_the_way_to_the_end(grant: AccessGrant) -> None:
    grant.valid_to = TODAY + timedelta(days=40)
    for day in range(42):
        run(TODAY + timedelta(days=day))
    assert kinds() == ["REMINDED_1_WEEK", "REMINDED_4_WEEKS"]


def test_an_unused_right_is_flagged_then_ended(grant: AccessGrant) -> None:
    grant.last_used_on = TODAY - timedelta(days=90)
    assert run(TODAY) == {}
    day = TODAY + timedelta(days=1)
    assert run(day) == {"FLAGGED_UNUSED": 1}
    assert run(day + timedelta(days=13)) == {}
    assert run(day + timedelta(days=14)) == {"ENDED_UNUSED": 1}
    assert grant.end_reason == "UNUSED" and kinds() == ["ENDED", "FLAGGED_UNUSED"]


def test_use_after_the_flag_saves_the_right(grant: AccessGrant) -> None:
    grant.last_used_on = TODAY - timedelta(days=91)
    run(TODAY)
    grant.last_used_on = TODAY + timedelta(days=3)
    assert run(TODAY + timedelta(days=30)) == {} and grant.ended_at is None


def test_the_need_is_confirmed_yearly_or_the_right_ends(grant: AccessGrant) -> None:
    grant.confirmed_on = TODAY - timedelta(days=366)
    assert run(TODAY) == {"CONFIRMATION_ASKED": 1}
    assert run(TODAY + timedelta(days=13)) == {}
    grant.confirmed_on = TODAY + timedelta(days=13)
    assert run(TODAY + timedelta(days=20)) == {}
    grant.confirmed_on = TODAY - timedelta(days=366)
    assert run(TODAY + timedelta(days=20)) == {"ENDED_UNCONFIRMED": 1}


@pytest.mark.parametrize(("has_lead", "asked"), [(True, "bengt"), (False, "eero")])
def test_the_superior_is_asked_and_without_one_the_administrators(grant: AccessGrant, has_lead: bool, asked: str) -> None:
    bengt = db.session.scalars(select(User.id).where(User.username == "bengt")).one()
    db.session.get_one(UserProfile, bengt).email = "bengt@example.fi"
    db.session.execute(update(AccessGrant).where(AccessGrant.user_id == bengt).values(ended_at=None if has_lead else now()))
    grant.confirmed_on = TODAY - timedelta(days=366)
    assert run(TODAY)["CONFIRMATION_ASKED"] == 1
    assert list(db.session.scalars(select(OutgoingMail.receiver))) == [f"{asked}@example.fi"]


def test_a_missed_day_is_made_up_for(grant: AccessGrant) -> None:
    grant.last_used_on = TODAY - timedelta(days=91)
    run(TODAY)
    assert run(TODAY + timedelta(days=60)) == {"ENDED_UNUSED": 1}
