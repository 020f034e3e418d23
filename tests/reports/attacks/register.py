"""An invented register as facts, closed period by period, in a database of its own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from app.db.base import Model
from app.organisations.load import load_organisations
from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.dimensions import OF_PERSON
from app.reports.disclosure.publish import publish
from app.reports.models import ReportFact, ReportPeriod, ReportRun
from app.reports.observation import Observation, Subject, cells
from app.reports.periods import period_named

YEAR = "2026"
QUARTERS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
# A stock, a part of it, a share whose whole is the stock, a flow of events and one of days.
INDICATORS_USED = ("I01", "I02", "I08", "I10", "I12")
DIMENSIONS_USED = ("", "RESPONSIBLE", "GENDER", "AGE_GROUP", "ASSESSMENT_GROUND", "MOTHER_TONGUE", "GENDER*AGE_GROUP")
_OTHERS = {
    "GENDER": ("F", "M"),
    "AGE_GROUP": ("18-24", "25-34", "35-44", "65-"),
    "MOTHER_TONGUE": ("ar", "uk", "so"),
    "ASSESSMENT_GROUND": ("A1", "A2", "A3"),
}


def municipalities(of_areas: int) -> list[str]:
    """Give the municipalities of some employment areas, the first by code."""
    areas = area_of(Level.EMPLOYMENT_AREA)
    chosen = sorted(set(areas.values()))[:of_areas]
    return sorted(key for key, area in areas.items() if area in chosen)


def _subject(luck: random.Random) -> Subject:
    values = tuple(luck.choices(_OTHERS.get(key, ("MUNI", "EMPA")), (8, 4, 2, 1)[: len(_OTHERS.get(key, "12"))])[0] for key in OF_PERSON)
    return Subject(values, is_protected=luck.random() < 0.02)


class Register:
    """Persons by municipality, and what happened to them in each quarter; the same seed gives the same."""

    def __init__(self, seed: int, keys: list[str], sizes: tuple[int, ...] = (2, 4, 7, 12, 25, 60, 150)) -> None:
        luck = random.Random(seed)
        self.persons = {key: [_subject(luck) for _ in range(luck.choice(sizes))] for key in keys}
        self.luck = luck
        self.session = Session(create_engine("sqlite://"))
        names = ("organisation", "report_period", "report_run", "report_fact", "report_ground", "report_hidden")
        Model.metadata.create_all(self.session.get_bind(), tables=[Model.metadata.tables[name] for name in names])
        load_organisations(self.session)

    def close_quarter(self, indicator: str) -> None:
        """Close the first quarter of the year alone, with one indicator."""
        self._close(QUARTERS[0], {(indicator, key): list(self._observations(indicator, key)) for key in self.persons})

    def close_year(self) -> None:
        """Close four quarters and their year; a flow of the year is what happened in the quarters."""
        happened: dict[tuple[str, str], list[Observation]] = {}
        for quarter in QUARTERS:
            found = {(one, key): list(self._observations(one, key)) for one in INDICATORS_USED for key in self.persons}
            for block, observations in found.items():
                is_flow = INDICATORS[block[0]].kind == "FLOW"
                happened[block] = [*happened.get(block, []), *observations] if is_flow else observations
            self._close(quarter, found)
            for persons in self.persons.values():
                self._move(persons)
        self._close(YEAR, happened)

    def _observations(self, indicator: str, key: str) -> Iterator[Observation]:
        for number, person in enumerate(self.persons[key]):
            if indicator in ("I10", "I12") and self.luck.random() > 0.3:
                continue
            if indicator == "I02" and number % 4 == 0:
                continue
            denominator = 1 if indicator == "I08" else 0
            amount = self.luck.randrange(90) if indicator == "I12" else None
            yield Observation(person, int(number % 3 != 0) if denominator else 1, denominator, amount)

    def _move(self, persons: list[Subject]) -> None:
        for _ in range(self.luck.randrange(3)):
            persons.append(_subject(self.luck))
        if len(persons) > 3 and self.luck.random() < 0.5:
            persons.pop(0)

    def _close(self, name: str, found: dict[tuple[str, str], list[Observation]]) -> None:
        period, moment = period_named(name), datetime(2027, 1, 1, tzinfo=UTC)
        self.session.add(ReportPeriod(id=name, length=period.length, starts_on=period.starts_on, ends_on=period.ends_on))
        rows = [row for (indicator, key), observations in found.items() for row in _rows(name, indicator, key, observations)]
        self.session.execute(insert(ReportFact), rows)
        self.session.add_all(
            ReportRun(period_id=name, organisation_id=key, computed_at=moment, persons=len(people), complete=len(people) - 1)
            for key, people in self.persons.items()
        )
        self.session.flush()
        publish(self.session, name)
        self.session.get_one(ReportPeriod, name).closed_at = moment
        self.session.flush()


def _rows(period: str, indicator: str, key: str, observations: list[Observation]) -> Iterator[dict[str, object]]:
    found = [item for made in cells(INDICATORS[indicator], observations).values() for item in made.items()]
    for (dimension, value), cell in found:
        if dimension in DIMENSIONS_USED:
            yield {
                "indicator": indicator, "period_id": period, "dimension": dimension, "organisation_id": key, "value": value, "definition": 1,
                "numerator": cell.numerator, "denominator": cell.denominator, "protected": cell.protected,
                "spread": json.dumps(cell.spread) if cell.spread else None,
            }  # fmt: skip
