"""A team lead sets the number of days for what the law asks without delay: within bounds, and from a day on."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.assessments.models import Assessment
from tests.obligations.conftest import stored
from tests.support.app import Browser
from tests.support.plan_form import in_vantaa, new_client

TODAY = date.today()
ADD = "/local-numbers/add"


def test_the_number_holds_from_its_day_on_and_not_before(app: Flask) -> None:
    client = new_client(app)
    with in_vantaa(app) as session:
        assessment = session.scalars(select(Assessment).where(Assessment.client_id == client)).one()
        assessment.completed_on = TODAY
        session.commit()
    older = new_client(app)
    before = stored(app, older, "R04")
    bengt = Browser(app).sign_in("bengt")
    assert "viipymättä" in bengt.get("/local-numbers/list/").text or "utan dröjsmål" in bengt.page.text
    bengt.get(ADD)
    saved = bengt.post(ADD, setting="R04_days", amount="21", valid_from=str(TODAY))
    assert saved.status_code == 303, re.findall(r'field-error".*?</p>', saved.text)
    ((due, _state),) = stored(app, client, "R04")
    assert timedelta(days=21) <= due - TODAY <= timedelta(days=25) and stored(app, older, "R04") == before
    # A second number from the same day, one that is not without delay, and one for what has happened.
    for fields, told in (({"amount": "20"}, "jo luku|redan ett tal"), ({"amount": "90"}, "1–30|mellan 1 och 30"), ({"valid_from": str(TODAY - timedelta(days=1))}, "jälkikäteen|efterhand")):
        bengt.get(ADD)
        refused = bengt.post(ADD, **{"setting": "R04_days", "amount": "21", "valid_from": str(TODAY), **fields})
        assert refused.status_code == 422 and re.search(told, refused.text), fields
    # Taken back, the limits are as before; the client of another municipality was never asked.
    place = saved.headers["Location"].replace("show", "delete")
    bengt.get(saved.headers["Location"])
    assert bengt.post(place).status_code == 303
    ((due, _state),) = stored(app, client, "R04")
    assert timedelta(days=14) <= due - TODAY <= timedelta(days=18)


def test_a_caseworker_does_not_set_them(aino: Browser) -> None:
    assert aino.get(ADD).status_code == 403 and aino.get("/local-numbers/list/").status_code == 403


def test_another_organisation_does_not_see_the_number(app: Flask) -> None:
    bengt = Browser(app).sign_in("bengt")
    bengt.get(ADD)
    place = bengt.post(ADD, setting="R01_working_days", amount="3", valid_from=str(TODAY + timedelta(days=400))).headers["Location"]
    other = Browser(app).sign_in("cecilia")
    assert other.get(place).status_code in (403, 404)
    bengt.get(place)
    assert bengt.post(place.replace("show", "delete")).status_code == 303
