"""Reads of training places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.training.places.models import TrainingMember, TrainingPlace, TrainingWorld
from app.training.places.persons import client_key
from app.training.places.staff import NO_PASSWORD
from app.users.models import UserSession


def own_place(session: Session, user_id: int) -> TrainingPlace | None:
    """Give the place that a person has of their own."""
    return session.scalar(select(TrainingPlace).where(TrainingPlace.owner_id == user_id, TrainingPlace.kind == "OWN"))


def places_of(session: Session, user_id: int) -> list[TrainingPlace]:
    """Give the places that a person works in, their own first."""
    query = select(TrainingPlace).join(TrainingMember, TrainingMember.place_id == TrainingPlace.id)
    wanted = query.where(TrainingMember.user_id == user_id, TrainingMember.is_instructor.is_(False))
    return list(session.scalars(wanted.order_by(TrainingPlace.kind.desc(), TrainingPlace.seed)))


def courses_of(session: Session, user_id: int) -> dict[str, list[TrainingPlace]]:
    """Give the places of an instructor's courses by the course's name."""
    found: dict[str, list[TrainingPlace]] = {}
    query = select(TrainingPlace).where(TrainingPlace.owner_id == user_id, TrainingPlace.kind == "COURSE")
    for place in session.scalars(query.order_by(TrainingPlace.name, TrainingPlace.seed)):
        found.setdefault(str(place.name), []).append(place)
    return found


def trainees_of(session: Session, place_ids: Iterable[str]) -> list[tuple[str, User]]:
    """Give who works in the places, instructors left out, by name."""
    query = select(TrainingMember.place_id, User).join(User, User.id == TrainingMember.user_id)
    wanted = query.where(TrainingMember.place_id.in_(list(place_ids)), TrainingMember.is_instructor.is_(False))
    return [(key, user) for key, user in session.execute(wanted.order_by(User.last_name, User.first_name, User.id)).unique()]


def last_deeds(session: Session, user_ids: Collection[int]) -> dict[int, datetime]:
    """Give when each was last at work, by their sessions: the serving role may not read the log."""
    wanted = select(UserSession.user_id, func.max(UserSession.last_used_at)).where(UserSession.user_id.in_(user_ids))
    return dict(session.execute(wanted.group_by(UserSession.user_id)).tuples().all())


def day_of_world(session: Session) -> date | None:
    """Give the day that the invented records are of; None where they are of the day they were loaded."""
    return session.scalar(select(TrainingWorld.renewed_on))


def next_seed(session: Session) -> int:
    """Give the number of the next place."""
    return (session.scalar(select(func.max(TrainingPlace.seed))) or 0) + 1


def known_client(session: Session, place: TrainingPlace) -> Client | None:
    """Give the client whom the files to practise with tell of too, as far as the reader sees them."""
    return session.scalar(select(Client).where(Client.id == client_key(place.seed, "guided")))


def accounts_named(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Give the keys of active accounts by their user names in lower case; who cannot sign in is none."""
    lower = func.lower(User.username)
    found = session.execute(select(lower, User.id).where(lower.in_(list(names)), User.active.is_(True), User.password != NO_PASSWORD))
    return dict(found.tuples().all())
