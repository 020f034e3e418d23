"""All settings of an organisation on one page, with where each comes from; the national agency's time limits hold where there is none."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import delete

from app.access.actor import system_scope
from app.care.settings.gathering import settings_of
from app.db.base import db
from app.deadlines.facts import Settings
from app.obligations.models import NATIONAL, LocalNumber
from app.organisations.models import organisation_key
from app.reports.disclosure.limits import OFFICIAL, PUBLIC, limits_of
from tests.care.conftest import Keeper, signed_in

TODAY = date.today()
TOMORROW = TODAY + timedelta(days=1)
VANTAA, PORVOO = (organisation_key("MUNICIPALITY", code) for code in ("092", "638"))


def test_the_own_number_holds_before_the_national_and_that_before_the_default() -> None:
    own, national = {"R02_days": ((TOMORROW, 7),)}, {"R02_days": ((TODAY, 10),)}
    settings = Settings(dated=own, national=national)
    assert [settings.amount_for("R02_days", day, 14) for day in (TODAY - timedelta(days=1), TODAY, TOMORROW)] == [14, 10, 7]


def test_a_national_time_limit_holds_from_tomorrow_at_the_earliest_and_in_every_organisation(app: Flask, owner: Flask, kaisa: Keeper) -> None:
    late = kaisa.fill("/national-numbers/add", setting="R02_days", amount="9", valid_from=TODAY.isoformat())
    assert late.status_code == 422 and "huominen" in late.text
    assert kaisa.fill("/national-numbers/add", setting="R02_days", amount="9", valid_from=TOMORROW.isoformat()).status_code == 303
    with owner.app_context(), system_scope():
        db.session.add(LocalNumber(org_id=PORVOO, setting="R02_days", amount=3, valid_from=TODAY))
        db.session.commit()

        def found(key: str, on: date) -> list[tuple[str, str]]:
            with owner.test_request_context():
                return [(one.value, str(one.source)) for one in settings_of(db.session, key, on)]

        assert ("14", "Palvelun oletus") in found(VANTAA, TODAY)
        assert ("9", "KEHA-keskus") in found(VANTAA, TOMORROW) and ("9", "KEHA-keskus") in found(NATIONAL, TOMORROW)
        assert ("3", "Oma päätös") in found(PORVOO, TOMORROW)
        db.session.execute(delete(LocalNumber).where(LocalNumber.org_id.in_((PORVOO, NATIONAL))))
        db.session.commit()


def test_the_smallest_numbers_that_figures_tell_are_those_that_hide_cells(owner: Flask) -> None:
    with owner.test_request_context(), system_scope():
        names = {one.name: one.value for one in settings_of(db.session, VANTAA, TODAY)}
    for audience, words in ((OFFICIAL, "muille viranomaisille"), (PUBLIC, "kaikille")):
        assert [value for name, value in names.items() if words in name] == [str(limits_of(audience, TODAY).fewest)]


def test_each_sees_its_own_page_and_the_national_agency_every_one(app: Flask, kaisa: Keeper) -> None:
    bengt = signed_in(app, "bengt")
    answer = bengt.get("/organisation-settings/list/")
    assert answer.status_code == 303 and answer.location.endswith(VANTAA)
    page = bengt.get(answer.location).text
    assert "Palvelun oletus" in page or "Tjänstens standardvärde" in page
    assert bengt.get(f"/organisation-settings/show/{PORVOO}").status_code == 404
    assert kaisa.get(f"/organisation-settings/show/{PORVOO}").status_code == 200
    assert signed_in(app, "aino").get("/organisation-settings/list/").status_code == 403
