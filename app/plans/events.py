"""What the time limits are counted from in plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.facts import Event
from app.plans.models import IntegrationPlan as Plan


def events_of_plans(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give when agreed plans were drawn up and ended; a draft binds nobody, and an annulled plan never was."""
    found: dict[str, list[Event]] = defaultdict(list)
    columns = (Plan.client_id, Plan.status, Plan.ordinal, Plan.drawn_up_date, Plan.valid_to)
    for key, status, ordinal, drawn_up, valid_to in session.execute(select(*columns).where(Plan.client_id.in_(client_ids), Plan.status.not_in(("DRAFT", "ANNULLED")))):
        found[key].append(Event(type="PLAN_DRAWN_UP", on=drawn_up, plan=ordinal))
        if status == "ENDED":
            found[key].append(Event(type="PLAN_ENDED", on=valid_to, plan=ordinal))
    return found
