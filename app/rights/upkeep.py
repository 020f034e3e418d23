"""What the calendar does to rights: reminders before the end, a yearly confirmation, the end of what nobody uses or confirms.

Run daily (`rights upkeep`); run twice on a day it does nothing the second time, and a missed day is made up for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.rights.actions import end_right, note_event
from app.rights.models import RightEvent
from app.rights.notices import tell, tell_administrators
from app.rights.queries import superiors_of
from app.rights.trainees.upkeep import end_of_access
from app.users.models import AccessGrant
from app.users.queries import in_force

# The project's own numbers; the act asks only that a right ends with its grounds (§ 81).
BEFORE_END = {"REMINDED_4_WEEKS": timedelta(weeks=4), "REMINDED_1_WEEK": timedelta(weeks=1)}
UNUSED, THEN_ENDS = timedelta(days=90), timedelta(days=14)
CONFIRMED_EVERY = timedelta(days=365)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _since(what: str, day: date) -> Any:
    """Give the condition that an event of this kind was written for the right on a day or later."""
    return exists().where(RightEvent.grant_id == AccessGrant.id, RightEvent.what == what, RightEvent.at >= _morning(day))


def upkeep(session: Session, on: date) -> dict[str, int]:
    """Do all that is due on a day; gives how many rights each thing was done to, and commits."""
    done: Counter[str] = Counter()
    for work in (_end_unanswered, _remind, _flag_unused, _ask_confirmation):
        done += work(session, on)
    if current_app.config["KOTO"].is_training:
        done += end_of_access(session, on)
    session.commit()
    return dict(done)


def _each(session: Session, what: str, condition: Any, on: date, act: Callable[[AccessGrant], None]) -> Counter[str]:
    found = list(session.scalars(select(AccessGrant).where(in_force(on), condition)))
    for grant in found:
        act(grant)
    return Counter({what: len(found)})


def _tell_holder(session: Session, what: str, on: date) -> Callable[[AccessGrant], None]:
    def act(grant: AccessGrant) -> None:
        note_event(session, what, by=None, grant_id=grant.id, at=_morning(on))
        tell(session, what, user_id=grant.user_id, role=grant.role, organisation_id=grant.organisation_id)

    return act


def _remind(session: Session, on: date) -> Counter[str]:
    done: Counter[str] = Counter()
    later = timedelta(0)
    for what, ahead in sorted(BEFORE_END.items(), key=lambda pair: pair[1]):
        # In the last week the letter of four weeks is not made up for.
        due = (AccessGrant.valid_to <= on + ahead) & (AccessGrant.valid_to >= on + later) & ~_since(what, on - ahead)
        done += _each(session, what, due, on, _tell_holder(session, what, on))
        later = ahead + timedelta(days=1)
    return done


def _last_use() -> Any:
    return func.coalesce(AccessGrant.last_used_on, AccessGrant.valid_from)


def _flag_unused(session: Session, on: date) -> Counter[str]:
    due = (_last_use() < on - UNUSED) & ~_since("FLAGGED_UNUSED", on - UNUSED)
    return _each(session, "FLAGGED_UNUSED", due, on, _tell_holder(session, "FLAGGED_UNUSED", on))


def _end_for(session: Session, reason: str) -> Callable[[AccessGrant], None]:
    return lambda grant: end_right(session, grant, by=None, reason=reason)


def _end_unanswered(session: Session, on: date) -> Counter[str]:
    """End what was found unused, or whose need was asked for, `THEN_ENDS` ago or earlier, and is so still."""
    done: Counter[str] = Counter()
    for what, reason, still in (
        ("FLAGGED_UNUSED", "UNUSED", _last_use() < on - UNUSED),
        ("CONFIRMATION_ASKED", "UNCONFIRMED", func.coalesce(AccessGrant.confirmed_on, AccessGrant.valid_from) < on - CONFIRMED_EVERY),
    ):
        latest = select(func.max(RightEvent.at)).where(RightEvent.grant_id == AccessGrant.id, RightEvent.what == what).scalar_subquery()
        due = still & (latest < _morning(on - THEN_ENDS + timedelta(days=1)))
        done += _each(session, f"ENDED_{reason}", due, on, _end_for(session, reason))
    return done


def _ask_confirmation(session: Session, on: date) -> Counter[str]:
    """Ask the superiors in an organisation yearly whether each right is still needed."""

    def ask(grant: AccessGrant) -> None:
        note_event(session, "CONFIRMATION_ASKED", by=None, grant_id=grant.id, at=_morning(on))
        asked = superiors_of(session, grant.grantor_id or grant.organisation_id, grant.user_id, on)
        tell_administrators(session, "CONFIRMATION_ASKED", asked,
                            role=grant.role, organisation_id=grant.organisation_id, path=f"/user-rights/show/{grant.id}")  # fmt: skip

    due = (func.coalesce(AccessGrant.confirmed_on, AccessGrant.valid_from) < on - CONFIRMED_EVERY) & ~_since("CONFIRMATION_ASKED", on - CONFIRMED_EVERY)
    return _each(session, "CONFIRMATION_ASKED", due, on, ask)


