"""The cast of a training place: who lives there and what has happened to each, in days before the day the place is of.

A number of days is counted back from that day; each story keeps its distance to it, for the nightly renewal moves all of them.
No story goes back beyond 600 days: the law before 2025 counted otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

ME, COLLEAGUE = "ME", "COLLEAGUE"


@dataclass(frozen=True)
class PlanDays:
    """A plan: drawn up so many days ago, in force for `lasts` days."""

    status: str
    drawn_up: int
    lasts: int = 330


@dataclass(frozen=True, kw_only=True)
class Story:
    """A client; `fault` says what is wrong where something is wrong on purpose, `like` names the story of the same person."""

    key: str
    stage: str
    worker: str | None = ME
    contact: int
    known: int | None = None
    started: int | None = None
    completed: int | None = None
    assessment: str | None = None
    ground: str | None = None
    ages: tuple[int, int] = (26, 48)
    gender: str | None = None
    employment: str = "UNEMPLOYED_JS"
    plan: PlanDays | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    has_child: bool = False
    needs_interpreter: bool | None = None
    has_service_to_come: bool = False
    is_guided: bool = False
    born_later: int = 0
    booked: tuple[int, str] | None = None
    like: str | None = None
    fault: Any = None


def _planned(key: str, drawn_up: int, *, status: str = "IN_FORCE", stage: str = "PLAN_ACTIVE", **more: Any) -> Story:
    """Tell of a client with a plan, whose assessment took three weeks before it."""
    days: dict[str, Any] = {"contact": drawn_up + 40, "known": drawn_up + 35, "started": drawn_up + 28, "completed": drawn_up + 7}
    return Story(key=key, stage=stage, assessment="COMPLETED", plan=PlanDays(status, drawn_up, more.pop("lasts", 330)), **days, **more)


_TWIN = {"identity_code": None, "no_identity_code_reason": "NOT_REGISTERED_YET"}

STORIES: tuple[Story, ...] = (
    Story(key="new-contact", stage="INTAKE", contact=1, worker=None),
    Story(key="new-contact-mine", stage="INTAKE", contact=2),
    Story(key="forgotten-contact", stage="INTAKE", contact=24, worker=COLLEAGUE, fault=_l("Nobody has handled the contact in time.")),
    Story(key="guided", stage="GUIDANCE", contact=40, is_guided=True, employment="NOT_JOBSEEKER"),
    Story(key="waiting", stage="ASSESSMENT_DUE", contact=8, known=4),
    Story(key="young-waiting", stage="ASSESSMENT_DUE", contact=10, known=7, ages=(19, 23)),
    Story(key="home-care-waiting", stage="ASSESSMENT_DUE", contact=9, known=5, employment="HOME_CARE", gender="2", has_child=True),
    Story(key="booked", stage="ASSESSMENT_OPEN", contact=19, known=15, started=10, assessment="INTERVIEW_BOOKED", booked=(4, "ASSESSMENT")),
    Story(key="interpreter", stage="ASSESSMENT_OPEN", contact=16, known=12, started=6, assessment="PLANNED", needs_interpreter=True),
    Story(key="home-care", stage="ASSESSMENT_OPEN", contact=30, known=26, started=18, assessment="INTERVIEW_HELD", employment="HOME_CARE",
          gender="2", has_child=True),
    Story(key="trafficking", stage="ASSESSMENT_OPEN", contact=34, known=30, started=20, assessment="CLARIFYING", ground="P52A",
          employment="NOT_JOBSEEKER", told={"non_disclosure": True}),
    Story(key="child-alone", stage="GUIDANCE", contact=20, ages=(14, 16), ground="P87", employment="MINOR"),
    Story(key="plan-due", stage="PLAN_DRAFTING", contact=38, known=34, started=28, completed=6, assessment="COMPLETED", booked=(3, "PLAN")),
    Story(key="young-plan-due", stage="PLAN_DRAFTING", contact=36, known=31, started=26, completed=5, assessment="COMPLETED", ages=(19, 22)),
    Story(key="draft", stage="PLAN_DRAFTING", contact=46, known=41, started=34, completed=8, assessment="COMPLETED", plan=PlanDays("DRAFT", 3)),
    Story(key="plan-late", stage="PLAN_DRAFTING", contact=80, known=74, started=66, completed=36, assessment="COMPLETED", worker=COLLEAGUE,
          fault=_l("The plan should have been drawn up two weeks after the assessment.")),
    _planned("new-plan", 12, has_service_to_come=True),
    _planned("running", 70),
    _planned("review-soon", 163, booked=(9, "REVIEW")),
    _planned("review-late", 205, worker=COLLEAGUE, fault=_l("The plan was not reviewed within six months.")),
    _planned("young-plan", 95, ages=(19, 22)),
    _planned("home-care-plan", 110, employment="HOME_CARE", gender="2", has_child=True),
    _planned("interrupted", 120, status="INTERRUPTED", stage="PLAN_INTERRUPTED"),
    _planned("county", 50, worker=ME),
    _planned("county-asked", 30),
    _planned("protected", 82, told={"non_disclosure": True}),
    _planned("ended", 400, status="ENDED", stage="PLAN_ENDED", lasts=320, worker=COLLEAGUE),
    Story(key="moving", stage="GUIDANCE", contact=60, employment="STUDENT"),
    Story(key="twin", stage="GUIDANCE", contact=45, worker=COLLEAGUE),
    Story(key="twin-again", stage="INTAKE", contact=3, worker=None, like="twin", told=_TWIN),
    Story(key="unnoticed-twin", stage="INTAKE", contact=2, worker=COLLEAGUE, like="running", told=_TWIN,
          fault=_l("The client has been recorded a second time, without an identity code.")),
    Story(key="wrong-birth-date", stage="ASSESSMENT_DUE", contact=9, known=6, born_later=31,
          fault=_l("The birth date is not the one that the identity code tells.")),
)  # fmt: skip
BY_KEY = {story.key: story for story in STORIES}
# Whom the last and the first of the colleagues read late in the evening.
READ_AT_NIGHT = (("protected", "trafficking"), ("child-alone",))
# Those whose assessment or plan the county is invited to besides.
ALSO_INVITED = (("interpreter", "ASSESSMENT"), ("running", "PLAN"), ("new-plan", "PLAN"))
# The pair that somebody has proposed, the client whom the county takes part with, the one it is invited to, and the one another municipality asks for.
PROPOSED_PAIR, TAKES_PART, INVITED, ASKED_FOR = ("twin", "twin-again"), "county", "county-asked", "moving"
