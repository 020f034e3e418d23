"""A municipality whose clients and plans a test makes one by one, to count them; nothing is committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.actions import own_client, prepare_client
from app.clients.models import Client
from app.db.types import new_id
from app.organisations.models import organisation_key
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.reports.catalogue.all import INDICATORS
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.observation import cells
from app.reports.periods import period_named
from app.reports.subjects import subjects_of
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal
from app.services.models import ServiceParticipation

# Of Utsjoki, where no client of the demo lives.
HOME = organisation_key("MUNICIPALITY", "890")


@dataclass
class Town:
    """Makes rows and gives what is counted of them."""

    session: Session
    numbers: Any = field(default_factory=lambda: count(1))

    def client(self, **columns: Any) -> str:
        """Make a client born in 1990."""
        known = {"family_name": f"Rivinen{next(self.numbers)}", "given_names": "Riina", "birth_date": date(1990, 1, 1), "citizenship": "UA",
                 "mother_tongue": "uk", "service_language": "fi", "home_municipality_id": HOME, "relationship_started": date(2020, 1, 1),
                 "no_identity_code_reason": "PENDING", "status": "PLAN_ACTIVE"}  # fmt: skip
        client = Client(**{**known, **columns})
        prepare_client(client)
        own_client(self.session, client, HOME, client.relationship_started)
        self.session.flush()
        return str(client.id)

    def row(self, model: Any, client: str, **columns: Any) -> str:
        """Make a row that follows a client."""
        key = new_id()
        self.session.add(model(id=key, client_id=client, org_id=HOME, **columns))
        self.session.flush()
        return key

    def assessment(self, client: str, completed_on: date, **columns: Any) -> str:
        """Make a completed assessment that found the need of a plan."""
        days = {"started_on": completed_on - timedelta(days=10), "completed_on": completed_on}
        return self.row(
            Assessment, client, **{"ground": "A4", "status": "COMPLETED", "outcome": "PLAN", "language": "uk", **days, **columns}
        )

    def plan(self, client: str, drawn_up: date, status: str = "IN_FORCE", **columns: Any) -> str:
        """Make a plan of a year that is agreed on the day it is drawn up."""
        days = {"drawn_up_date": drawn_up, "valid_from": drawn_up, "valid_to": drawn_up + timedelta(days=364), "agreed_on": drawn_up,
                "planned_review_date": drawn_up + timedelta(days=90)}  # fmt: skip
        if "assessment_id" not in columns:
            columns["assessment_id"] = self.assessment(client, drawn_up)
        return self.row(IntegrationPlan, client, **{"status": status, "follow_up": "x", "authors": "x", "ordinal": 1, **days, **columns})

    def goal(self, client: str, plan: str, kind: str = "LANGUAGE") -> str:
        """Make a goal of a plan."""
        return self.row(Goal, client, plan_id=plan, horizon="PLAN_PERIOD", goal_type=kind, description="x")

    def review(self, client: str, plan: str, on: date, results: Mapping[str, str] | None = None, factors: Sequence[str] = ()) -> str:
        """Make a review with the results of goals by their keys, and what hindered."""
        key = self.row(PlanReview, client, plan_id=plan, planned_on=on, reviewed_on=on, initiator="TIME", participation="x", progress="PARTLY", authors="x",
                       next_review_date=on + timedelta(days=90), source="WORKER")  # fmt: skip
        for goal, result in (results or {}).items():
            self.row(ReviewedGoal, client, review_id=key, goal_id=goal, result=result)
        for factor in factors:
            self.row(Hindrance, client, review_id=key, hindrance=factor)
        return key

    def service(self, client: str, plan: str, kind: str, referred_on: date | None) -> None:
        """Make an agreed service, and the referral to it."""
        key = self.row(PlannedService, client, plan_id=plan, service_type=kind, organiser="MUNI", justification="x")
        if referred_on:
            self.row(ServiceParticipation, client, planned_service_id=key, referred_on=referred_on)

    def figures(self, indicator: str, period: str, on: date | None = None) -> dict[tuple[str, str], tuple[int, int]]:
        """Give (numerator, denominator) of each cell; the whole is ("", "")."""
        return {key: (cell.numerator, cell.denominator) for key, cell in self._cells(indicator, period, on).items()}

    def whole(self, indicator: str, period: str, on: date | None = None) -> tuple[int, int]:
        """Give (numerator, denominator) of the whole."""
        return self.figures(indicator, period, on).get(("", ""), (0, 0))

    def by(self, indicator: str, period: str, dimension: str) -> dict[str, tuple[int, int]]:
        """Give the cells of one breakdown."""
        return {value: sums for (key, value), sums in self.figures(indicator, period).items() if key == dimension}

    def spread(self, indicator: str, period: str, on: date | None = None) -> Counter[int]:
        """Give the amounts of the whole."""
        found = self._cells(indicator, period, on).get(("", ""))
        return found.spread if found else Counter()

    def _cells(self, indicator: str, period: str, on: date | None) -> Any:
        named = period_named(period)
        day = on or named.ends_on
        asked = Question(self.session, (HOME,), named, day, subjects_of(self.session, (HOME,), day))
        return cells(INDICATORS[indicator], COMPUTATIONS[indicator](asked)).get(HOME, {})
