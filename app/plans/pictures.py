"""The frozen picture of a plan: what it said and the facts it stood on, in both languages, as it was on that day."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.models import Client
from app.clients.queries import first_permit_date
from app.plans.document import Fact, Phrase, PlanDocument, Section, beside, facts_of, value, whole_document
from app.plans.labels import EXTENSION, INTERRUPTION, LIFE, LIMITS, STOOD_ON
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.limits import Course, Limits, course_of_client, limits_of
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan
from app.web.language import LANGUAGES, current_language, speaking

Further = Callable[[], Sequence[Section]]


def nothing_more() -> Sequence[Section]:
    """Give no further sections."""
    return ()


def picture_of(session: Session, plan: IntegrationPlan, on: date, further: Further = nothing_more) -> str:
    """Give the picture of a day as a document; `further` adds what the deed brought with it, asked once in each language."""
    client, made = session.get_one(Client, plan.client_id), {}
    course = course_of_client(session, client.id)
    limits = limits_of(client.birth_date, course.events, on)
    for language in LANGUAGES:
        with speaking(language):
            sections = [*further(), *_life(session, plan, course, limits), _stood_on(session, plan, client)]
            made[language] = asdict(whole_document(session, plan, sections))
    return json.dumps(made, ensure_ascii=False)


def document_of(picture: str, second: str | None = None) -> PlanDocument:
    """Give the document of a picture in the page's language; nothing of it is read from the plan or the client again."""
    found = json.loads(picture)[current_language()]
    return beside(
        PlanDocument(
            title=Phrase(**found["title"]), status=Phrase(**found["status"]), is_draft=found["is_draft"], owner=found["owner"],
            sections=[_section(one) for one in found["sections"]], signatures=[Phrase(**one) for one in found["signatures"]],
            words={name: Phrase(**one) for name, one in found["words"].items()},
        ),
        second,
    )  # fmt: skip


def _section(found: Mapping[str, Any]) -> Section:
    facts = [Fact(Phrase(**one["name"]), Phrase(**one["value"])) for one in found["facts"]]
    return Section(heading=Phrase(**found["heading"]), facts=facts, parts=[_section(one) for one in found["parts"]], empty=Phrase(**found["empty"]))


def limit_facts(limits: Limits) -> list[Fact]:
    """Give the last day that plans may have, and why."""
    why = limits.total.why[current_language()]
    return [Fact(Phrase(str(LIMITS["end"])), Phrase(format_date(limits.end))), Fact(Phrase(str(LIMITS["why"])), Phrase(why))]


def _extension(row: PlanExtension) -> Section:
    return Section(heading=Phrase(_("Extension of %(day)s", day=format_date(row.decided_on))), facts=facts_of(row, "extension", EXTENSION))


def _interruption(row: PlanInterruption) -> Section:
    return Section(heading=Phrase(_("Interruption from %(day)s", day=format_date(row.starts_on))), facts=facts_of(row, "interruption", INTERRUPTION))


def life_facts(plan: IntegrationPlan) -> list[Fact]:
    """Give what has come up in the plan's life so far."""
    return facts_of(plan, "life", {name: text for name, text in LIFE.items() if getattr(plan, name)})


def life_sections(course: Course, plan: IntegrationPlan) -> list[Section]:
    """Give a plan's extensions and interruptions."""
    return [*map(_extension, course.extensions_of(plan)), *map(_interruption, course.interruptions_of(plan))]


def _life(session: Session, plan: IntegrationPlan, course: Course, limits: Limits | None) -> list[Section]:
    parts = life_sections(course, plan)
    results = [Fact(value(goal, "goal_type"), value(goal, "result")) for goal in goals_of_plan(session, plan.id) if goal.result]
    facts = [*life_facts(plan), *(limit_facts(limits) if limits else ())]
    found = [Section(heading=Phrase(_("Course of the plan")), facts=facts)] if facts else []
    found += [Section(heading=Phrase(_("Results of the goals")), facts=results)] if results else []
    return [*found, *([Section(heading=Phrase(_("Extensions and interruptions")), parts=parts)] if parts else [])]


def _stood_on(session: Session, plan: IntegrationPlan, client: Client) -> Section:
    """Give the facts that the plan stood on, as they were."""
    assessment, permit = session.get(Assessment, plan.assessment_id) if plan.assessment_id else None, first_permit_date(session, client.id)
    of_assessment = {"assessment": "completed_on", "outcome": "outcome", "outcome_reason": "outcome_reason"}
    found = {
        **({name: value(assessment, column) for name, column in of_assessment.items()} if assessment else {}),
        "employment_status": value(client, "employment_status"), "service_language": value(client, "service_language"),
        "first_permit": Phrase(format_date(permit) if permit else ""),
    }  # fmt: skip
    return Section(heading=Phrase(_("Facts the plan stood on")), facts=[Fact(Phrase(str(STOOD_ON[name])), text) for name, text in found.items()])
