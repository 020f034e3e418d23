"""Ask the rules of the features of a brought row, with what is history in mind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.imports.laws import of_assessments, of_clients, of_plans, of_reviews, of_services, of_talks
from app.imports.laws.bundle import bundle_of
from app.imports.laws.row import STANDING, Broken, Row
from app.imports.laws.standing import AGREEMENTS, disagreements

# Entity → what asks its rules; a test holds this and the names below to the catalogue.
RULES_OF: Mapping[str, Callable[[Row], Iterator[Broken]]] = {
    "client": of_clients.of_client, "residence_basis": of_clients.of_fact("granted_date", first="valid_from", last="valid_to"),
    "language_skill": of_clients.of_fact("established_on"), "education_record": of_clients.of_education,
    "work_record": of_clients.of_fact("started_on", first="started_on", last="ended_on"), "representative": of_clients.of_representative,
    "child_hearing": of_clients.of_hearing, "status_period": of_clients.of_status_period, "note": of_clients.of_fact("entry_date"),
    "client_reminder": of_clients.of_reminder,
    "consent": of_talks.of_consent, "initial_contact": of_talks.of_contact, "guidance_entry": of_talks.of_guidance, "guidance_need": of_talks.of_need,
    "appointment": of_talks.of_appointment,
    "assessment": of_assessments.of_assessment, "assessment_ground": of_assessments.of_ground, "interview_section": of_assessments.of_section,
    "clarifying_measure": of_assessments.of_measure, "restricted_section": of_assessments.of_restricted,
    "integration_plan": of_plans.of_plan, "plan_extension": of_plans.of_extension, "plan_interruption": of_plans.of_interruption,
    "planned_service": of_plans.of_service,
    "service_participation": of_services.of_participation, "service_hours": of_services.of_hours, "service_interruption": of_services.of_pause,
    "language_test_result": of_clients.of_fact("tested_on"),
    "plan_review": of_reviews.of_review, "reviewed_goal": of_reviews.of_reviewed_goal, "hindrance": of_reviews.of_hindrance,
}  # fmt: skip
# Entity → why nothing is asked of it.
WITHOUT_RULES: Mapping[str, str] = {
    "family_link": "Its values are of code lists, and no rule joins them.",
    "goal": "A plan's goals are judged together when it is agreed, which was then.",
}


def broken_laws(session: Session, entity: str, item: Any, *, today: date) -> list[Broken]:
    """Give what a derived row breaks; a row that is stopped is not known to the rows after it. Costs at most what the entity's function says."""
    row = Row(session, item, today)
    found = [*_disagreements(entity, item), *(RULES_OF[entity](row) if entity not in WITHOUT_RULES else ())]
    if any(one.stops for one in found):
        bundle_of(session, item.id if entity == "client" else item.client_id).drop(item)
    return found


def _disagreements(entity: str, item: Any) -> Iterator[Broken]:
    agreed = AGREEMENTS.get(entity, ())
    filled = {one.field for one in agreed if getattr(item, one.field) is not None}
    for field, rule, stops in disagreements(agreed, item.status, filled) if agreed else ():
        yield Broken(field, rule, STANDING[rule], stops=stops)
