"""What the time limits are counted from in assessments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.deadlines.facts import Event


def events_of_assessments(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give when the ground became known, and when assessments started and were completed; a cancelled one only made the ground known."""
    found: dict[str, list[Event]] = defaultdict(list)
    columns = (Assessment.client_id, Assessment.status, Assessment.known_on, Assessment.started_on, Assessment.completed_on, Assessment.outcome)
    for key, status, known, started, completed, outcome in session.execute(select(*columns).where(Assessment.client_id.in_(client_ids))):
        if known:
            found[key].append(Event(type="PERSON_KNOWN", on=known))
        if status != "CANCELLED":
            found[key].append(Event(type="ASSESSMENT_STARTED", on=started))
        if status == "COMPLETED" and completed:
            found[key].append(Event(type="ASSESSMENT_COMPLETED", on=completed, need_of_plan=outcome == "PLAN"))
    return found
