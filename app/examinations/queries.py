"""Reads of findings, rules and requests for an explanation."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.access.actor import NOBODY_ID, Actor
from app.examinations.models import LogFinding, LogFindingEvent, LogFindingReading, LogRule
from app.examinations.rules import OPEN
from app.users.models import AccessGrant
from app.users.queries import in_force

EXAMINERS = ("LOG_AUDITOR", "TEAM_LEAD")


class Waiting(NamedTuple):
    """What the front page tells: findings that wait in an organisation, those of them that are late, requests to oneself."""

    findings: int
    late: int
    asked: int


def seen_findings(query: Any, actor: Actor | None) -> Any:
    """Narrow to what an organisation examines or has reported on; one's own readings are examined by others and not seen."""
    own = actor.organisation_id if actor else NOBODY_ID
    mine = LogFinding.user_id != (actor.user_id if actor else None)
    return query.where((LogFinding.org_id == own) | (LogFinding.reported_by_id == own), mine)


def own_rules(query: Any, actor: Actor | None) -> Any:
    return query.where(LogRule.org_id == (actor.organisation_id if actor else NOBODY_ID))


def readings_of(session: Session, finding_id: str, most: int) -> list[LogFindingReading]:
    """Give what a finding rests on, the oldest first."""
    found = select(LogFindingReading).where(LogFindingReading.finding_id == finding_id)
    return list(session.scalars(found.order_by(LogFindingReading.at, LogFindingReading.id).limit(most)))


def events_of(session: Session, finding_id: str) -> list[LogFindingEvent]:
    """Give what happened to a finding, the newest first."""
    found = select(LogFindingEvent).where(LogFindingEvent.finding_id == finding_id)
    return list(session.scalars(found.order_by(LogFindingEvent.at.desc(), LogFindingEvent.id)))


def decided_by_rule(session: Session, rule_id: str) -> tuple[int, int, int]:
    """Count a rule's findings: all, those decided, and those of them that were unfounded."""
    is_decided, is_unfounded = LogFinding.state == "DECIDED", LogFinding.outcome == "UNFOUNDED"
    row = session.execute(
        select(func.count(), func.count(case((is_decided, 1))), func.count(case((is_unfounded, 1)))).where(LogFinding.rule_id == rule_id)
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def asked_of(session: Session, user_id: int) -> list[LogFinding]:
    """Give the findings that a person was asked to explain, the newest request first; none before it was asked."""
    found = select(LogFinding).where(LogFinding.user_id == user_id, LogFinding.asked_at.is_not(None))
    return list(session.scalars(found.order_by(LogFinding.asked_at.desc(), LogFinding.id)))


def asked_finding(session: Session, user_id: int, finding_id: str) -> LogFinding | None:
    """Give one of the findings that a person was asked to explain."""
    found = select(LogFinding).where(LogFinding.id == finding_id, LogFinding.user_id == user_id, LogFinding.asked_at.is_not(None))
    return session.scalar(found)


def waiting(session: Session, actor: Actor, today: date) -> Waiting:
    """Count what waits for a person and for their organisation; one statement."""
    is_ours = (LogFinding.org_id == actor.organisation_id) & (LogFinding.user_id != actor.user_id) & LogFinding.state.in_(OPEN)
    is_asked = (LogFinding.user_id == actor.user_id) & (LogFinding.state == "ASKED")
    row = session.execute(
        select(func.count(case((is_ours, 1))), func.count(case((is_ours & (LogFinding.due_on < today), 1))), func.count(case((is_asked, 1))))
        .where(is_ours | is_asked)
    ).one()  # fmt: skip
    return Waiting(int(row[0]), int(row[1]), int(row[2]))


def examiners_of(session: Session, organisation_id: str, on: date) -> list[int]:
    """Give the keys of those who examine an organisation's log."""
    found = select(AccessGrant.user_id).where(AccessGrant.organisation_id == organisation_id, AccessGrant.role.in_(EXAMINERS), in_force(on))
    return sorted(set(session.scalars(found)))
