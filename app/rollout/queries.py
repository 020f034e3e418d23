"""Reads of the rollout: a fixed number of statements, however many organisations there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, cast, func, select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.base import db
from app.organisations.models import Organisation
from app.rollout.deriving import KINDS
from app.rollout.models import RolloutContact, RolloutObstacle, RolloutStep
from app.rollout.rules import Progress
from app.rollout.stages import Stage, stage_of
from app.users.models import AccessGrant
from app.users.queries import in_force, of_person

# Whose people look after all, and whose after the municipalities of their own area.
OVER_ALL, OVER_AN_AREA = ("NATIONAL_AGENCY", "MINISTRY"), "ECONOMIC_DEVELOPMENT_CENTRE"
# The act of the province of Åland stands in place of ours there (681/2023 § 2.7; 2012:74).
ALAND = "21"


@dataclass(frozen=True)
class Place:
    """An organisation that takes the system into use, and how far it has come."""

    organisation: Organisation
    progress: Progress


def kind_and_code(session: Session, actor: Actor) -> tuple[str, str]:
    """Give the kind and the code of the organisation that a person acts in."""
    row = session.execute(select(Organisation.kind, Organisation.code).where(Organisation.id == actor.organisation_id)).one()
    return row.kind, row.code


def looked_after(session: Session, actor: Actor) -> Any:
    """Give the condition for organisations whose contacts and obstacles a person may read: one's own, one's area's, or all."""
    kind, code = kind_and_code(session, actor)
    if kind in OVER_ALL:
        return true()
    own = Organisation.id == actor.organisation_id
    return own | (Organisation.economic_development_centre_code == code) if kind == OVER_AN_AREA else own


def places(session: Session, on: date, condition: Any = None) -> list[Place]:
    """Give the organisations in force on a day that take the system into use, by kind and code. Four statements."""
    in_force = (Organisation.valid_to.is_(None)) | (Organisation.valid_to >= on)
    wanted = select(Organisation).where(Organisation.kind.in_(KINDS), in_force, Organisation.region_code.is_distinct_from(ALAND))
    if condition is not None:
        wanted = wanted.where(condition)
    organisations = session.scalars(wanted.order_by(Organisation.kind, Organisation.code)).all()
    steps, obstacles, contacts = _steps(session), _obstacles(session), _contacts(session)
    return [Place(one, _progress(one, steps[one.id], obstacles.get(one.id), contacts.get(one.id, 0))) for one in organisations]


def _steps(session: Session) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    step = RolloutStep
    for row in session.execute(select(step.org_id, step.stage, step.planned_on, step.told_on, step.seen_on, step.is_skipped)):
        found[row.org_id].append(row)
    return found


def _obstacles(session: Session) -> Mapping[str, tuple[int, bool]]:
    row = RolloutObstacle
    asking = func.sum(cast(row.needs_help, Integer))
    wanted = select(row.org_id, func.count(), asking).where(row.solved_on.is_(None)).group_by(row.org_id)
    return {key: (number, bool(asked)) for key, number, asked in session.execute(wanted)}


def _contacts(session: Session) -> Mapping[str, int]:
    wanted = select(RolloutContact.org_id, func.count()).group_by(RolloutContact.org_id)
    return dict(session.execute(wanted).tuples().all())


def _progress(one: Organisation, steps: list[Any], obstacles: tuple[int, bool] | None, contacts: int) -> Progress:
    number, asks = obstacles or (0, False)
    return Progress(
        organisation_id=one.id, kind=one.kind, reached={Stage(row.stage): row.seen_on or row.told_on for row in steps if row.seen_on or row.told_on},
        planned={Stage(row.stage): row.planned_on for row in steps if row.planned_on}, skipped=frozenset(Stage(row.stage) for row in steps if row.is_skipped),
        asks_help=asks, obstacles=number, contacts=contacts,
    )  # fmt: skip


def roles_held(session: Session, organisation_id: str, on: date) -> set[str]:
    """Give the roles that a person holds a right to in an organisation."""
    return set(session.scalars(select(AccessGrant.role).where(AccessGrant.organisation_id == organisation_id, in_force(on), of_person()).distinct()))


def open_obstacles(session: Session, organisation_id: str) -> list[RolloutObstacle]:
    """Give what stands in an organisation's way."""
    wanted = select(RolloutObstacle).where(RolloutObstacle.org_id == organisation_id, RolloutObstacle.solved_on.is_(None))
    return list(session.scalars(wanted.order_by(RolloutObstacle.found_on)))


def contacts_of(session: Session, organisation_id: str) -> list[RolloutContact]:
    """Give whom to ask about an organisation's rollout."""
    return list(session.scalars(select(RolloutContact).where(RolloutContact.org_id == organisation_id).order_by(RolloutContact.task, RolloutContact.name)))


def stage_here(organisation_id: str) -> str:
    """Give the stage that an organisation stands at today; one statement."""
    reached = {stage: row.reached_on for stage, row in steps_by_stage(db.session, organisation_id).items() if row.reached_on}  # type: ignore[arg-type]
    return stage_of(reached, date.today())


def steps_by_stage(session: Session, organisation_id: str) -> dict[Stage, RolloutStep]:
    """Give the rows of an organisation's stages."""
    return {Stage(row.stage): row for row in session.scalars(select(RolloutStep).where(RolloutStep.org_id == organisation_id))}
