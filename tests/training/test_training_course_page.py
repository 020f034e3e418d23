"""An instructor's courses."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from app.db.types import now
from app.jobs.access import as_system
from app.training.exercises.all import BY_ID
from app.training.exercises.models import TrainingAttempt
from app.training.places.models import TrainingMember, TrainingPlace
from app.users.queries import user_by_name
from tests.support.app import Browser
from tests.training.test_training_place_page import work

Trained = tuple[Flask, Flask, dict[str, Any]]


def test_each_member_gets_a_place_and_the_instructor_starts_one_over(trained: Trained) -> None:
    serving, owner, _places = trained
    bengt = Browser(serving).sign_in("bengt")
    bengt.get("/training-courses/add")
    assert bengt.post("/training-courses/add", name="Syksy", members="aino\nIida").status_code == 303
    assert work(owner) == ["DONE", "DONE"]
    page = bengt.get("/training-courses/").text
    assert "Aino Aarnio: 0 av" in page and "Iida Ilmonen: 0 av" in page and "Syksy" in page
    with owner.app_context(), as_system() as session:
        places = session.scalars(select(TrainingPlace).where(TrainingPlace.name == "Syksy")).all()
        assert len(places) == 2 and all(place.made_at for place in places)
        key = places[0].id
        user: Any = user_by_name(session, "aino")
        exercise = next(iter(BY_ID.values()))
        session.add(TrainingAttempt(user_id=user.id, exercise=exercise.id, version=exercise.version, organisation_id=str(places[0].municipality_id), finished_at=now()))
        session.commit()
    assert f"Aino Aarnio: 1 av {len(BY_ID)} övningar klara" in bengt.get("/training-courses/").text
    bengt.get(f"/training-courses/reset/{key}")
    assert bengt.post(f"/training-courses/confirm-reset/{key}").status_code == 303
    assert work(owner) == ["DONE"]
    # What somebody has learned is not of the place.
    assert f"Aino Aarnio: 1 av {len(BY_ID)} övningar klara" in bengt.get("/training-courses/").text


def test_a_shared_course_has_one_place(trained: Trained) -> None:
    serving, owner, _places = trained
    bengt = Browser(serving).sign_in("bengt")
    bengt.get("/training-courses/add")
    assert bengt.post("/training-courses/add", name="Yhdessä", members="aino\niida", is_shared="y").status_code == 303
    assert work(owner) == ["DONE"]
    with owner.app_context(), as_system() as session:
        place = session.scalars(select(TrainingPlace).where(TrainingPlace.name == "Yhdessä")).one()
        assert len(session.scalars(select(TrainingMember).where(TrainingMember.place_id == place.id)).all()) == 3


def test_bad_input_is_explained(trained: Trained) -> None:
    serving, owner, _places = trained
    bengt = Browser(serving).sign_in("bengt")
    bengt.get("/training-courses/add")
    answer = bengt.post("/training-courses/add", name="Syksy", members="aino\nkuka")
    assert answer.status_code == 422 and "Det finns inget konto med detta namn: kuka" in answer.text and "Syksy" in answer.text
    assert bengt.post("/training-courses/add", name="Syksy", members="bengt").status_code == 422
    assert bengt.post("/training-courses/add", name="", members="aino").status_code == 422
    assert work(owner) == []


def test_it_refuses_who_does_not_teach_and_courses_of_others(trained: Trained) -> None:
    serving, _owner, places = trained
    aino = Browser(serving).sign_in("aino")
    assert aino.get("/training-courses/").status_code == 403
    eeva = Browser(serving).sign_in("eeva")
    assert eeva.get("/training-courses/").status_code == 200
    assert eeva.get(f"/training-courses/reset/{places['aino']}").status_code == 404
