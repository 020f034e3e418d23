"""An appointment through the pages: booked, kept or missed, and what is proposed then."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.appointments.events import events_of
from app.appointments.models import Appointment
from app.clients.models import Client
from tests.support.app import Browser
from tests.support.plan_form import VANTAA, in_vantaa, new_client
from tests.support.services import do

TODAY = date.today()
MEETING = {"clock": "09:30", "purpose": "ASSESSMENT", "channel": "OFFICE", "language": "uk", "interpreter_needed": "y", "interpreter_mode": "PHONE",
           "interpreter_agency": "Esimerkkitulkit"}  # fmt: skip
FEE = {"interpreter_cost": "80", "fee_amount": "56,70", "is_reasonable": "y", "fee_ground": "Tulot riittävät"}


def before(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def booked(app: Flask, **columns: Any) -> str:
    """Make a booking of yesterday whose client was told all, and give its key."""
    client_id = new_client(app)
    told = TODAY - timedelta(days=10)
    values = {"held_on": TODAY - timedelta(days=1), "clock": "09:30", "purpose": "PLAN", "language": "uk", "interpreter_needed": True,
              "interpreter_mode": "PHONE", "booked_on": told, "cancelling_told_on": told, "fee_warned_on": told, "fee_warned_language": "uk"}  # fmt: skip
    with in_vantaa(app) as session:
        item = Appointment(client_id=client_id, org_id=VANTAA, **{**values, **columns})
        session.add(item)
        session.commit()
        return str(item.id)


def saved(app: Flask, key: str) -> Appointment:
    with in_vantaa(app) as session:
        found = session.get_one(Appointment, key)
        session.expunge_all()
        return found


@pytest.fixture
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


def test_it_is_booked_missed_and_a_fee_is_proposed(app: Flask) -> None:
    aino, client_id = Browser(app).sign_in("aino"), new_client(app)
    place = f"/appointments/add?client={client_id}"
    answer = do(aino, place, held_on=before(2), booked_on=before(12), cancelling_told_on=before(12), fee_warned_on=before(12), fee_warned_language="uk", **MEETING)
    assert answer.status_code == 303
    with in_vantaa(app) as session:
        key = session.scalars(select(Appointment.id).where(Appointment.client_id == client_id)).one()
    assert do(aino, f"/appointments/miss/{key}", interpreter_outcome="IN_VAIN", interpreter_cost="80").status_code == 303
    proposal = aino.get(f"/appointments/propose/{key}").text
    assert 'value="56,70"' in proposal and "56,70" in proposal and (TODAY + timedelta(days=14)).isoformat() in proposal
    assert do(aino, f"/appointments/propose/{key}", is_reasonable="y", fee_ground="Tulot riittävät").status_code == 303
    item = saved(app, key)
    assert (item.status, item.interpreter_cost, item.fee_amount, item.fee_due_on) == ("FEE_PROPOSED", 80, Decimal("56.70"), TODAY + timedelta(days=14))
    page = aino.get(f"/appointments/show/{key}").text
    assert "56,70" in page and "maksua esitetty" in page and "Tulot riittävät" in page and "tulkki odotti turhaan" in page
    # A reason that is told afterwards takes the proposal back.
    assert do(aino, f"/appointments/excuse/{key}", excuse_reason="Lapsi sairastui").status_code == 303
    item = saved(app, key)
    assert (item.status, item.fee_amount, item.fee_due_on, item.fee_ground) == ("EXCUSED", None, None, None)


@pytest.mark.parametrize(
    ("columns", "fields", "sentence"),
    [
        ({"fee_warned_on": None}, {}, "siitä on kerrottu asiakkaalle aikaa varattaessa (32 a §)"),
        ({"cancelling_told_on": None}, {}, "miten aika perutaan (32 a §)"),
        ({"interpreter_needed": False}, {}, "tulkkia ei ollut varattu (32 a §)"),
        ({}, {"fee_amount": "56,71"}, "ei koskaan yli 56,70"),
        ({}, {"fee_due_on": (TODAY + timedelta(days=12)).isoformat()}, "kaksi viikkoa väliin jääneen tapaamisen jälkeen (32 a §)"),
        ({}, {"is_reasonable": ""}, "asiakkaalle kohtuuton (32 a §)"),
    ],
)  # fmt: skip
def test_what_forbids_the_fee_is_told(sqlite_app: Flask, aino: Browser, columns: dict[str, Any], fields: dict[str, str], sentence: str) -> None:
    key = booked(sqlite_app, status="NO_SHOW", **columns)
    sent = {name: value for name, value in {**FEE, **fields}.items() if value}
    answer = do(aino, f"/appointments/propose/{key}", **sent)
    assert answer.status_code == 422 and sentence in answer.text.replace("\xa0", " ") and saved(sqlite_app, key).status == "NO_SHOW"


def test_v11_no_fee_under_18_in_swedish(sqlite_app: Flask) -> None:
    key = booked(sqlite_app, status="NO_SHOW")
    with in_vantaa(sqlite_app) as session:
        session.get_one(Client, session.get_one(Appointment, key).client_id).birth_date = TODAY - timedelta(days=17 * 365)
        session.commit()
    answer = do(Browser(sqlite_app).sign_in("bengt"), f"/appointments/propose/{key}", **FEE)
    assert answer.status_code == 422 and "en kund under 18 år (32 a §)" in answer.text


def test_bad_bookings_are_explained(sqlite_app: Flask, aino: Browser) -> None:
    place = f"/appointments/add?client={new_client(sqlite_app)}"
    answer = do(aino, place, held_on=before(-3), booked_on=before(0), **{**MEETING, "clock": "9.30", "interpreter_mode": ""})
    assert answer.status_code == 422 and "tunteina ja minuutteina" in answer.text and "Valitse, miten tapaaminen tulkataan" in answer.text


def test_what_is_still_to_come_is_not_missed_and_is_cancelled_in_time(sqlite_app: Flask, aino: Browser) -> None:
    key = booked(sqlite_app, held_on=TODAY + timedelta(days=1))
    for deed in ("attend", "miss"):
        answer = do(aino, f"/appointments/{deed}/{key}", interpreter_outcome="HELD")
        assert answer.status_code == 422 and "Tapaaminen on vielä edessä" in answer.text
    assert do(aino, f"/appointments/cancel/{key}").status_code == 303 and saved(sqlite_app, key).status == "CANCELLED_IN_TIME"
    assert aino.get(f"/appointments/edit/{key}").status_code == 409


def test_interpreting_is_asked_about_only_where_it_was_booked(sqlite_app: Flask, aino: Browser) -> None:
    with_interpreter, without = booked(sqlite_app), booked(sqlite_app, interpreter_needed=False)
    assert 'name="interpreter_cost"' in aino.get(f"/appointments/attend/{with_interpreter}").text
    assert 'name="interpreter_cost"' not in aino.get(f"/appointments/attend/{without}").text
    assert do(aino, f"/appointments/attend/{without}").status_code == 303 and saved(sqlite_app, without).status == "ATTENDED"


def test_no_fee_is_proposed_with_a_reason(sqlite_app: Flask, aino: Browser) -> None:
    key = booked(sqlite_app, status="FEE_PROPOSED", fee_amount=Decimal(40), fee_due_on=TODAY, fee_ground="x")
    assert do(aino, f"/appointments/waive/{key}").status_code == 422
    assert do(aino, f"/appointments/waive/{key}", waive_reason="Kohtuuton").status_code == 303
    item = saved(sqlite_app, key)
    assert (item.status, item.waive_reason, item.fee_amount) == ("FEE_WAIVED", "Kohtuuton", None)


def test_the_time_limits_learn_of_missed_appointments(sqlite_app: Flask) -> None:
    keys = {status: booked(sqlite_app, status=status) for status in ("BOOKED", "ATTENDED", "NO_SHOW", "FEE_PROPOSED", "FEE_WAIVED", "EXCUSED")}
    with in_vantaa(sqlite_app) as session:
        clients = {session.get_one(Appointment, key).client_id: status for status, key in keys.items()}
        found = events_of(session, list(clients))
    assert {clients[key] for key in found} == {"NO_SHOW", "FEE_PROPOSED"}
    assert {(event.type, event.on) for rows in found.values() for event in rows} == {("MISSED_APPOINTMENT", TODAY - timedelta(days=1))}


def test_it_refuses_other_organisations_and_roles(sqlite_app: Flask) -> None:
    key = booked(sqlite_app)
    for user, status in (("cecilia", 404), ("pekka", 403), ("veera", 403), ("eeva", 403)):
        other = Browser(sqlite_app).sign_in(user)
        assert other.get(f"/appointments/show/{key}").status_code == status
        assert other.get(f"/appointments/miss/{key}").status_code == status
