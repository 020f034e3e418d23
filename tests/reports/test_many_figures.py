"""Many questions at once have the answers that each has by itself, from four statements."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.reports.areas import Level
from app.reports.catalogue.indicator import Audience
from app.reports.figures import NotForViewerError, Question, Viewer, figures
from app.reports.many import many
from app.reports.queries import closed_of, written_periods
from tests.support.app import counted_statements
from tests.support.planted import CLOSED, OPEN, municipality

VIEWERS = [Viewer(Audience.MUNICIPALITY, municipality("638")), Viewer(Audience.LEAD, municipality("092")), Viewer(Audience.AGENCY), Viewer(Audience.NATIONAL)]
PLACES = [(Level.MUNICIPALITY, "092"), (Level.MUNICIPALITY, "638"), (Level.MUNICIPALITY, None), (Level.REGION, "01"), (Level.REGION, None), (Level.COUNTRY, "FI")]
QUESTIONS = [
    Question("I01", level, periods, area, by)
    for (level, area), periods, by in product(PLACES, [("2026Q3",), (*CLOSED[-4:], OPEN), (OPEN,), ("2019",)], [(), ("GENDER",), ("GENDER", "AGE_GROUP")])
]  # fmt: skip


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.audience.name)
def test_each_answer_is_that_of_the_gate(planted: Flask, viewer: Viewer) -> None:
    with planted.app_context(), system_scope():
        together = many(db.session, viewer, QUESTIONS)
        assert together == [figures(db.session, viewer, question) for question in QUESTIONS]
        seen = [one for table in together for one in table.figures]
    assert any(not one.is_hidden for one in seen)
    assert any(one.is_hidden for one in seen) == (viewer.organisation_id != municipality("638"))


def test_only_who_is_asked_says_what_it_rests_on(planted: Flask) -> None:
    first, second = QUESTIONS[0], QUESTIONS[3]
    with planted.app_context(), system_scope():
        told, untold = many(db.session, VIEWERS[0], [first, second], [first])
        whole, other = many(db.session, VIEWERS[0], [first, second])
        written = written_periods(db.session)
        with counted_statements(planted) as sent:
            assert many(db.session, VIEWERS[0], [first, second], None, closed_of(written)) == [whole, other]
    assert told == whole and whole.cut_off and whole.completeness is not None
    assert untold == replace(other, cut_off=None, completeness=None) != other
    assert not [one for one in sent if "FROM report_period" in one]


def test_forty_questions_cost_four_statements(planted: Flask) -> None:
    with planted.app_context(), system_scope(), counted_statements(planted) as sent:
        many(db.session, VIEWERS[0], QUESTIONS[:40])
    assert len([one for one in sent if one.startswith("SELECT")]) == 4


def test_one_that_is_not_for_the_viewer_refuses_all(planted: Flask) -> None:
    with planted.app_context(), system_scope(), pytest.raises(NotForViewerError):
        many(db.session, Viewer(Audience.PUBLIC), QUESTIONS[:2])
    with planted.app_context(), system_scope(), pytest.raises(NotForViewerError):
        many(db.session, VIEWERS[0], [Question("I01", Level.COUNTRY, ("2026Q3",), "FI", ("NAME",))])
    with planted.app_context(), system_scope():
        assert many(db.session, VIEWERS[0], []) == []


def test_only_the_gate_asks_the_reading_of_facts() -> None:
    app = Path(__file__).parents[2] / "app"
    texts = {str(path.relative_to(app)): path.read_text(encoding="utf-8") for path in app.rglob("*.py")}
    assert {path for path, text in texts.items() if "app.reports.reading" in text} == {"reports/figures.py", "reports/many.py"}
    assert {path for path, text in texts.items() if "app.reports import statements" in text or "app.reports.statements" in text} == {"reports/reading.py"}
