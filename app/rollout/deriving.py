"""See in rights, moves and plans how far each organisation has come, once a night; what is told by people stays theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session

from app.access.roles import SEES_CLIENTS
from app.db.types import new_id, now
from app.imports.models import UNDONE, ImportBatch, ImportChange
from app.jobs.timetable import HELSINKI
from app.organisations.models import Organisation
from app.plans.models import IntegrationPlan
from app.rights.models import RightApplication
from app.rollout.models import RolloutStep
from app.rollout.stages import Stage, steps_of
from app.users.models import AccessGrant
from app.users.queries import of_person

# Those who take the system into use; of a service provider the municipality answers.
KINDS = ("MUNICIPALITY", "WELLBEING_COUNTY", "ECONOMIC_DEVELOPMENT_CENTRE", "NATIONAL_AGENCY", "MINISTRY")
Seen = dict[tuple[str, Stage], date]


def derive(session: Session, today: date) -> Mapping[str, int]:
    """Give each organisation in force the rows of its stages and write what is seen of them, and commit.

    What was seen and is not there any more (an undone move, rights that were taken back before their first day) is taken back too;
    that the system came into use stays.
    """
    made = _make_rows(session, today)
    seen, changed = seen_everywhere(session), 0
    for step in session.scalars(select(RolloutStep).execution_options(populate_existing=True)):
        day = seen.get((step.org_id, Stage(step.stage)))
        if step.stage == Stage.IN_USE:
            day = step.seen_on or day
        if day != step.seen_on:
            values = {"seen_on": day, "version": step.version + 1, "changed_at": now(), "changed_by": None}
            session.execute(update(RolloutStep).where(RolloutStep.id == step.id).values(**values).execution_options(synchronize_session=False))
            changed += 1
    session.commit()
    return {"made": made, "changed": changed}


def _make_rows(session: Session, today: date) -> int:
    there = set(session.execute(select(RolloutStep.org_id, RolloutStep.stage)).tuples())
    in_force = (Organisation.valid_to.is_(None)) | (Organisation.valid_to >= today)
    organisations = session.execute(select(Organisation.id, Organisation.kind).where(Organisation.kind.in_(KINDS), in_force)).all()
    rows = [
        {"id": new_id(), "org_id": key, "stage": step.value}
        for key, kind in organisations for step in steps_of(kind) if (key, step.value) not in there
    ]  # fmt: skip
    if rows:
        session.execute(insert(RolloutStep), rows)
    return len(rows)


def seen_everywhere(session: Session) -> Seen:
    """Give the day each stage was reached, as far as the records show it: six statements, however many organisations there are."""
    found: Seen = {}
    for stage, wanted in _wanted():
        for key, moment in session.execute(wanted):
            if moment is not None:
                found[key, stage] = moment.astimezone(HELSINKI).date() if isinstance(moment, datetime) else moment
    return found


def _wanted() -> Iterator[tuple[Stage, Any]]:
    grant, batch, plan, application = AccessGrant, ImportBatch, IntegrationPlan, RightApplication
    opened = of_person() & grant.opened_at.is_not(None) & ((grant.ended_at.is_(None)) | (grant.last_used_on.is_not(None)))
    yield Stage.USERS_NAMED, select(grant.organisation_id, func.min(grant.valid_from)).where(opened, grant.role.in_(SEES_CLIENTS | {"ANALYST"})).group_by(grant.organisation_id)
    # A certificate of training that was verified with an application.
    yield Stage.TRAINED, select(application.organisation_id, func.min(application.trained_on)).where(application.state == "GRANTED").group_by(application.organisation_id)
    for stage, moment in ((Stage.EXTRACTED, batch.staged_at), (Stage.REHEARSED, batch.rehearsed_at), (Stage.MOVED, batch.signed_at)):
        yield stage, select(batch.org_id, func.min(moment)).where(batch.status != UNDONE).group_by(batch.org_id)
    # A plan that was moved in shows that a move was made; one that was drawn up here shows that work is done here.
    moved = exists().where(ImportChange.entity == "integration_plan", ImportChange.row_id == plan.id)
    yield Stage.IN_USE, select(plan.org_id, func.min(plan.created_at)).where(plan.status.not_in(("DRAFT", "ANNULLED")), ~moved).group_by(plan.org_id)
