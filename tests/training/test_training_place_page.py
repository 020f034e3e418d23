"""The page of one's own training place, from asking for it to starting over."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.clients.models import Client
from app.core.identity_code import IdentityCodeError, normal_form
from app.jobs.access import as_system
from app.jobs.models import Job
from app.jobs.runner import run_job
from app.training.places.models import TrainingPlace
from app.training.places.persons import client_key
from app.training.places.queries import own_place
from app.users.queries import user_by_name
from tests.support.app import Browser, make_app

Trained = tuple[Flask, Flask, dict[str, Any]]


def work(owner: Flask) -> list[str]:
    """Do what the worker would do; gives how the jobs ended."""
    with owner.app_context():
        with as_system() as session:
            keys = list(session.scalars(select(Job.id).where(Job.state == "QUEUED")))
        for key in keys:
            run_job(key)
        with as_system() as session:
            return list(session.scalars(select(Job.state).where(Job.id.in_(keys))))


def test_a_trainee_asks_for_a_place_and_acts_there(trained: Trained) -> None:
    serving, owner, _places = trained
    bengt = Browser(serving).sign_in("bengt")
    bengt.get("/training-place/")
    assert bengt.post("/training-place/make").status_code == 303
    assert "Din övningsplats skapas" in bengt.get("/training-place/").text
    assert work(owner) == ["DONE"]
    page = bengt.get("/training-place/").text
    assert "Övningskommun 3" in page and "Min övningsplats" in page
    rights = bengt.get("/my-rights/").text
    assert rights.count("Övningskommun 3") >= 6 and "Övningsvälfärdsområde 3" in rights


def test_a_reset_is_confirmed_and_told_in_the_log(trained: Trained) -> None:
    serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        client = session.get_one(Client, client_key(session.get_one(TrainingPlace, places["aino"]).seed, "running"))
        name, client.family_name, user = client.family_name, "Muutettu", user_by_name(session, "aino").id  # type: ignore[union-attr]
        key = client.id
        session.commit()
    aino = Browser(serving).sign_in("aino")
    assert "Tyhjennä paikka" in aino.get(f"/training-place/reset/{places['aino']}").text
    assert aino.post(f"/training-place/confirm-reset/{places['aino']}").status_code == 303
    assert work(owner) == ["DONE"]
    with owner.app_context(), as_system() as session:
        assert session.get_one(Client, key).family_name == name
        assert session.scalars(select(AuditEvent.user_id).where(AuditEvent.name == "training_place:emptied")).all() == [user]


def test_another_trainees_place_is_unknown(trained: Trained) -> None:
    serving, owner, places = trained
    aino = Browser(serving).sign_in("aino")
    aino.get("/training-place/")
    for path in ("reset", "confirm-reset"):
        answer = aino.get(f"/training-place/reset/{places['cecilia']}") if path == "reset" else None
        assert answer is None or answer.status_code == 404
    aino.get("/training-place/")
    assert aino.post(f"/training-place/confirm-reset/{places['cecilia']}").status_code == 404
    assert aino.get(f"/training-place/file/{places['cecilia']}/vanha-jarjestelma.csv").status_code == 404
    assert work(owner) == []


def test_the_files_hold_the_faults_they_promise(trained: Trained) -> None:
    serving, _owner, places = trained
    aino = Browser(serving).sign_in("aino")
    answer = aino.get(f"/training-place/file/{places['aino']}/vanha-jarjestelma.csv")
    rows = list(csv.reader(StringIO(answer.data.decode("iso-8859-1")), delimiter=";"))[1:]
    assert any(row[4].startswith("31.2.") for row in rows) and any(not row[1] for row in rows) and any(row[6] == "XQ" for row in rows)
    assert len({tuple(row) for row in rows}) == len(rows) - 1
    wrong = []
    for row in rows:
        try:
            assert normal_form(row[3], today=date.today(), artificial=True)[7] == "9"
        except IdentityCodeError:
            wrong.append(row[0])
    assert len(wrong) == 1
    book = aino.get(f"/training-place/file/{places['aino']}/vanha-jarjestelma.xlsx")
    assert len(CalamineWorkbook.from_object(BytesIO(book.data)).get_sheet_by_index(0).to_python()) == len(rows) + 1
    assert aino.get(f"/training-place/file/{places['aino']}/muu.csv").status_code == 404


def test_production_has_no_such_page(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(tmp_path)
    object.__setattr__(app.config["KOTO"], "environment", "production")
    assert app.test_client().get("/training-place/").status_code == 404


def test_nobody_gets_a_second_place(trained: Trained) -> None:
    serving, owner, places = trained
    aino = Browser(serving).sign_in("aino")
    aino.get("/training-place/reset/" + places["aino"])
    aino.post("/training-place/make")
    assert work(owner) == []
    with owner.app_context(), as_system() as session:
        user: Any = user_by_name(session, "aino")
        found: Any = own_place(session, user.id)
        assert found.id == places["aino"]
