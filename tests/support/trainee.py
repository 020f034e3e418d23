"""A trainee who does deeds by the actions of the features themselves, without pages, and asks how an exercise stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from flask import g
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import Actor, acting_scope, current_actor
from app.assessments.models import Assessment
from app.clients.actions import own_client, prepare_client
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id, now
from app.organisations.models import organisation_key
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.training.exercises.all import BY_ID
from app.training.exercises.checking import check
from app.training.exercises.place import Place
from app.users.acting import actor_of
from app.users.models import AccessGrant
from app.web.transaction import keep

HOME, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("WELLBEING_COUNTY", "04")
OTHER_HOME, OTHER_COUNTY = organisation_key("MUNICIPALITY", "638"), organisation_key("WELLBEING_COUNTY", "06")
TODAY = date.today()
# Who does the exercises of a role, and what a row must hold when a test does not ask.
OF_ROLE = {"CASEWORKER": "aino", "TEAM_LEAD": "bengt", "ACCESS_ADMIN": "eeva", "LOG_AUDITOR": "lotta", "WSC_PARTICIPANT": "veera", "ANALYST": "minna"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


class Trainee:
    """Acts by one right at a time; `begin` is the moment since when deeds count."""

    def __init__(self) -> None:
        self.session: Any = db.session
        self.since: datetime = now()

    @property
    def me(self) -> Actor:
        actor = current_actor()
        assert actor is not None
        return actor

    @contextmanager
    def acting(self, username: str) -> Iterator[Trainee]:
        """Act as somebody of the cast in the block."""
        user = self.session.execute(select(User.id, AccessGrant.id).join(AccessGrant, AccessGrant.user_id == User.id).where(User.username == username)).first()
        found = actor_of(self.session, *user)
        assert found is not None
        before, g.actor = getattr(g, "actor", None), found[0]
        try:
            with acting_scope(found[0].scope):
                yield self
        finally:
            g.actor = before

    def results(self, exercise: str, organisation: str = HOME) -> dict[str, tuple[str, str | None]]:
        """Give the state and the reason of each step."""
        place = Place(organisation, COUNTY)
        return {one.step: (one.state.value, one.reason) for one in check(self.session, BY_ID[exercise], place, self.me.user_id, self.since)}

    def client(self, **values: Any) -> Client:
        """Make a client of the municipality, which is no deed of the exercise."""
        known = {"family_name": "Harjoitusnen", "given_names": "Harri", "birth_date": date(1990, 5, 1), "citizenship": "UA", "mother_tongue": "uk",
                 "service_language": "fi", "no_identity_code_reason": "PENDING", "home_municipality_id": HOME, "status": "INTAKE", "relationship_started": ago(90)}  # fmt: skip
        client = Client(**{**known, **values})
        prepare_client(client)
        own_client(self.session, client, HOME, ago(90))
        self.session.commit()
        return client

    def there(self, model: Any, client: Client, **values: Any) -> Any:
        """Make a row that is there before the exercise."""
        row = model(id=new_id(), client_id=client.id, org_id=HOME, **values)
        self.session.add(row)
        self.session.flush()
        return row

    def add(self, event: str, model: Any, client: Client | None = None, **values: Any) -> Any:
        """Make a row as a generated form does, with its event."""
        row = model(id=new_id(), **({"client_id": client.id} if client else {}), **values)
        keep(self.session, row, event, is_new=True)
        return row

    def assessment(self, client: Client, **values: Any) -> Assessment:
        """Make an assessment that is there before the exercise."""
        return self.there(Assessment, client, **{"ground": "A4", "language": "uk", "started_on": ago(60), "known_on": ago(61), **values})  # type: ignore[no-any-return]

    def plan(self, client: Client, *, goals: tuple[str, ...] = ("EMPLOYMENT",), why: str | None = "Tukee tavoitetta", status: str = "DRAFT", drawn_up: date | None = None,
             event: str | None = None, **values: Any) -> IntegrationPlan:  # fmt: skip
        """Make a plan with its goals and one service; with its event when it is a deed of the exercise."""
        day = drawn_up or ago(10)
        done = self.assessment(client, status="COMPLETED", outcome="PLAN", completed_on=day, started_on=day - timedelta(days=10), known_on=None)
        known = {"assessment_id": done.id, "status": status, "drawn_up_date": day, "valid_from": day, "valid_to": day + timedelta(days=360),
                 "planned_review_date": day + timedelta(days=150), "follow_up": "Tapaamisissa", "authors": "Työntekijä", **values}  # fmt: skip
        plan = self.add(event, IntegrationPlan, client, **known) if event else self.there(IntegrationPlan, client, **known)
        for kind in goals:
            self.there(Goal, client, plan_id=plan.id, horizon="PLAN_PERIOD", goal_type=kind, description="Tavoite")
        self.there(PlannedService, client, plan_id=plan.id, service_type="INT_TRAINING", organiser="MUNI", justification=why, status="PLANNED")
        self.session.commit()
        return plan  # type: ignore[no-any-return]

    def service(self, plan: IntegrationPlan) -> PlannedService:
        return self.session.scalars(select(PlannedService).where(PlannedService.plan_id == plan.id)).one()  # type: ignore[no-any-return]
