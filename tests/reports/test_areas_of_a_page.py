"""Areas of then or of now: one argument for the page, its files and the command, and no area is told that the closed period did not settle."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.models import organisation_key
from app.reports.areas import AsOf, Level, area_of
from app.reports.catalogue.indicator import Audience
from app.reports.composed import composed_of
from app.reports.figures import Figure, Question, Viewer, figures
from app.reports.models import ReportPeriod
from tests.support.app import Browser
from tests.support.out_figures import keep_facts
from tests.support.planted import hide

RAUMA, TURKU, KEURUU = "684", "853", "249"
AGENCY = Viewer(Audience.NATIONAL)


def region(code: str, on: date | None = None) -> str:
    return area_of(Level.REGION, on)[organisation_key("MUNICIPALITY", code)]


@pytest.fixture
def of_2025(sqlite_app: Flask) -> Flask:
    """Two municipalities that were of two regions in 2025 and are of one today; closed while they were of two."""
    keep_facts(sqlite_app, "I01", "2025Q1", {(RAUMA, "", ""): 30, (TURKU, "", ""): 200})
    return closed_on(sqlite_app, "2025Q1", date(2025, 4, 30))


def closed_on(app: Flask, period: str, day: date) -> Flask:


    with app.app_context(), system_scope():
        db.session.get_one(ReportPeriod, period).closed_at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        db.session.commit()
    return app


def told(app: Flask, as_of: AsOf) -> dict[str, Figure]:
    with app.app_context(), system_scope():
        return {one.area: one for one in figures(db.session, AGENCY, Question("I01", Level.REGION, ("2025Q1",), as_of=as_of)).figures}


def test_each_way_adds_up_its_own_areas(of_2025: Flask) -> None:
    then, now = told(of_2025, AsOf.THEN), told(of_2025, AsOf.NOW)
    assert (then["03"].numerator, then["02"].numerator) == (30, 200)
    assert now[region(RAUMA)].numerator == 230 and region(RAUMA) == region(TURKU)


def test_an_area_of_today_is_hidden_with_any_of_its_parts(of_2025: Flask) -> None:
    with of_2025.app_context(), system_scope():
        hide(db.session, "REGION", "03", "2025Q1")
        db.session.commit()
    then, now = told(of_2025, AsOf.THEN), told(of_2025, AsOf.NOW)
    assert then["03"].is_hidden and not then["02"].is_hidden and now[region(RAUMA)].is_hidden


def test_an_area_that_whole_areas_of_the_closing_do_not_make_up_is_not_told(of_2025: Flask) -> None:
    made = composed_of(area_of(Level.REGION), Level.REGION, date(2025, 4, 30))
    assert {"03", "04"} == made.unmade
    now = told(of_2025, AsOf.NOW)
    assert now["03"].is_hidden and now["04"].is_hidden
    assert not composed_of(area_of(Level.REGION), Level.REGION, date.today()).unmade


def test_the_page_its_caption_and_its_files_say_which(of_2025: Flask) -> None:
    asked = "level=REGION&area=&period=2025Q1&to=2025Q1&areas=then"
    ulla, tuomas = Browser(of_2025).sign_in("ulla"), Browser(of_2025).sign_in("tuomas")
    assert "Satakunnan ELY-keskus" in tuomas.get(f"/reports/show/I01?{asked}").text
    page = ulla.get(f"/reports/show/I01?{asked}").text
    assert "sådana de var 31.3.2025" in page and "Områdena är sådana de var 31.3.2025" in page and "areas=then" in page
    ulla.get(f"/reports/file/I01.csv?{asked}")
    rows = ulla.post(f"/reports/file/I01.csv?{asked}", purpose="STEERING").data.decode("utf-8-sig").splitlines()
    assert "Satakunnan ELY-keskus" in rows[2] and ";THEN;" in rows[1]
    ulla.get(f"/reports/file/I01.json-stat?{asked}")
    stat = json.loads(ulla.post(f"/reports/file/I01.json-stat?{asked}", purpose="STEERING").data)
    assert stat["extension"]["areas"] == "THEN" and "31.3.2025" in json.dumps(stat["extension"]["definition"])
    result = of_2025.test_cli_runner().invoke(args=["reports", "show", "I01", "--level", "region", "--code", "03", "--from", "2025-01-01", "--to", "2025-03-31", "--areas", "then", "--as", "tuomas"])
    assert json.loads(result.stdout)["figures"][0]["area"]["fi"] == "Satakunnan ELY-keskus", result.output


def test_bad_input_is_explained(of_2025: Flask) -> None:
    page = Browser(of_2025).sign_in("tuomas").get("/reports/show/I01?areas=later")
    assert page.status_code == 422 and "Alueet ovat silloiset tai nykyiset." in page.text
