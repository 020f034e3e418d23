"""Writes of training places: ask for one, make it, empty it and load its cast anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import new_id, now
from app.demo.rows import Batch
from app.demo.source import Home
from app.organisations.models import Organisation
from app.training.places.cast import Making, add_story
from app.training.places.clearing import clear
from app.training.places.office import add_office
from app.training.places.models import TrainingMember, TrainingPlace, TrainingWorld
from app.training.places.persons import people
from app.training.places.queries import day_of_world, next_seed, own_place
from app.training.places.sides import add_sides
from app.training.places.staff import code_of, give_rights, make_organisations, workers_of
from app.training.places.stories import ME, STORIES


def ask_place(session: Session, user_id: int) -> TrainingPlace:
    """Give the person's own place, asked for anew when there is none; the caller commits.

    Two who ask at once: the later flush raises IntegrityError.
    """
    return own_place(session, user_id) or _new_place(session, "OWN", None, user_id, [user_id], instructor_id=None)


def ask_course(session: Session, name: str, instructor_id: int, members: Sequence[int], *, is_shared: bool) -> list[TrainingPlace]:
    """Ask for the places of a course, one for each member or one for all; the caller commits."""
    groups = [list(members)] if is_shared else [[member] for member in members]
    return [_new_place(session, "COURSE", name, instructor_id, group, instructor_id=instructor_id) for group in groups]


def _new_place(session: Session, kind: str, name: str | None, owner_id: int, members: Sequence[int], *, instructor_id: int | None) -> TrainingPlace:
    seed = next_seed(session)
    code_of(seed)
    place = TrainingPlace(id=new_id(), kind=kind, name=name, owner_id=owner_id, seed=seed)
    session.add(place)
    session.flush()
    session.add_all([TrainingMember(place_id=place.id, user_id=member) for member in members if member != instructor_id])
    if instructor_id is not None:
        session.add(TrainingMember(place_id=place.id, user_id=instructor_id, is_instructor=True))
    session.flush()
    return place


def load_place(session: Session, place: TrainingPlace, *, is_told: bool = True) -> int:
    """Make a place, or empty it and make it anew, as of the day of the invented records; gives how many rows went. For work without a person.

    The caller commits, and tells the log where a person asked for it. Whoever works there keeps their rights and gets back those that were ended.
    """
    on = day_of_world(session) or date.today()
    is_new = place.made_at is None
    make_organisations(session, place)
    gone = 0 if is_new else clear(session, place.organisation_ids)
    trainees = list(session.scalars(
        select(TrainingMember.user_id).where(TrainingMember.place_id == place.id, TrainingMember.is_instructor.is_(False)).order_by(TrainingMember.user_id)
    ))  # fmt: skip
    give_rights(session, place, trainees, on)
    _load_cast(session, place, trainees[0], on)
    place.made_at, place.reset_at = place.made_at or now(), None if is_new else now()
    if is_told:
        record_event(session, "training_place:added" if is_new else "training_place:emptied", row_id=place.id)
    return gone


def _load_cast(session: Session, place: TrainingPlace, trainee_id: int, on: date) -> None:
    workers, batch = workers_of(session, place, trainee_id, on), Batch()
    municipality = session.get_one(Organisation, str(place.municipality_id))
    home = Home(municipality.id, municipality.code, municipality.name_fi, municipality.name_sv, "fi", "99")
    persons = people(session, place.seed, home, on)
    for story in STORIES:
        add_story(batch, Making(place.seed, story, persons[story.key], workers, on))
    batch.put(session, on)
    add_sides(session, place, workers[ME], on)
    add_office(session, place, trainee_id, on)


def begin_world(session: Session, on: date) -> None:
    """Write down of which day the invented records are, once; the caller commits."""
    if day_of_world(session) is None:
        session.add(TrainingWorld(id=1, renewed_on=on))
        session.flush()
