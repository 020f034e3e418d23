"""County participant: an invitation taken, what the county says, an invitation declined, and the part ended (§§ 14.4, 20.2, 22.2)."""

from __future__ import annotations

from app.participations.models import CountyStatement, Participation
from app.plans.models import IntegrationPlan
from app.training.exercises.exercise import Exercise
from app.training.exercises.steps import Rule, deed, event

_COUNTY, _INVITATIONS = ("WSC_PARTICIPANT",), "/participations/list/"
# A statement that says something.
_FULL_STATEMENT = 30

EXERCISES = (
    Exercise("X30", _COUNTY, "20.2", _INVITATIONS, (
        deed("ACCEPTED", "participation:accepted", Participation, Rule("NOT_TO_PLAN", lambda _found, row: row.matter == "PLAN")),
        deed("PLAN_READ", "plan:read", IntegrationPlan),
    )),
    Exercise("X31", _COUNTY, "14.4", _INVITATIONS, (
        deed("STATED", "county_statement:added", CountyStatement, Rule("NOT_ON_ASSESSMENT", lambda _found, row: row.participation.matter == "ASSESSMENT"),
             Rule("STATEMENT_SHORT", lambda _found, row: len(row.content) >= _FULL_STATEMENT)),
    )),
    Exercise("X32", _COUNTY, "79.2", _INVITATIONS, (
        event("DECLINED", "participation:declined", instead={"participation:accepted": "ACCEPTED_INSTEAD"}, by_row=True),
    )),
    Exercise("X33", _COUNTY, "81", _INVITATIONS, (
        event("LEFT", "participation:ended", instead={"participation:declined": "DECLINED_INSTEAD"}, by_row=True),
    )),
)  # fmt: skip
