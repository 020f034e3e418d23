"""Who may see persons under non-disclosure sees a small cell with one in the own municipality, and who may not does not."""

from __future__ import annotations

from app.reports.areas import Level, area_of
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Question, Viewer, figures
from tests.reports.attacks.register import QUARTERS, Register, municipalities


def test_the_worker_sees_the_cell_and_the_analyst_of_the_same_municipality_does_not() -> None:
    register = Register(5, municipalities(2))
    key = next(key for key, persons in sorted(register.persons.items()) if len(persons) < 20)
    register.persons[key] = [*register.persons[key][:4]]
    object.__setattr__(register.persons[key][1], "is_protected", True)
    register.close_year()
    question = Question("I01", Level.MUNICIPALITY, QUARTERS[:1], area_of(Level.MUNICIPALITY)[key])
    (worker,) = figures(register.session, Viewer(Audience.WORKER, key, sees_protected=True), question).figures
    (analyst,) = figures(register.session, Viewer(Audience.MUNICIPALITY, key), question).figures
    assert worker.numerator and not worker.is_hidden
    assert analyst.is_hidden and analyst.numerator is None
