"""What waits for a place's role administrator and for the examiner of its log: two applications, and readings that a rule has stopped at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db.types import new_id, now
from app.deadlines.numbers import limit_after
from app.demo.draw import Draw
from app.demo.source import texts
from app.examinations.models import LogFinding, LogFindingEvent, LogFindingReading, LogRule
from app.rights.models import RightApplication, RightEvent
from app.training.places.models import TrainingPlace
from app.training.places.persons import client_key
from app.training.places.staff import APPLICANTS, COLLEAGUES, invented_person
from app.training.places.stories import READ_AT_NIGHT
from app.users.models import AccessGrant
from config import TIME_ZONE

# Tasks of the applicants, in their order: the first needs clients' data, the second does not.
_TASKS = ("application:fit", "application:unfit")
_WISHED = timedelta(days=700)
_NIGHT = time(22, 41)


def add_office(session: Session, place: TrainingPlace, trainee_id: int, on: date) -> None:
    """Write them anew after each emptying: what was decided of an applicant before is closed. The caller commits."""
    for number, kind in zip(APPLICANTS, _TASKS, strict=True):
        _apply(session, place, number, texts(kind, "fi")[0], on)
    _add_findings(session, place, trainee_id, on)
    session.flush()


def _apply(session: Session, place: TrainingPlace, number: int, task: str, on: date) -> None:
    """Let an invented person apply for the caseworker's right, unless the application waits still."""
    user = invented_person(session, place, number)
    held = AccessGrant.user_id == user.id, AccessGrant.ended_at.is_(None)
    session.execute(update(AccessGrant).where(*held).values(ended_at=now(), end_reason="LEFT").execution_options(synchronize_session=False))
    waits = select(RightApplication.id).where(RightApplication.user_id == user.id, RightApplication.state == "SENT")
    if session.scalar(waits.limit(1)):
        return
    at, own = Draw(f"training:{place.seed}:application:{number}").at(on - timedelta(days=number)), str(place.municipality_id)
    application = RightApplication(
        id=new_id(), user_id=user.id, organisation_id=own, grantor_id=own, role="CASEWORKER", task=task, basis="B1", valid_from=on, valid_to=on + _WISHED,
        language="fi", applied_at=at,
    )  # fmt: skip
    session.add_all([application, RightEvent(application_id=application.id, what="APPLIED", by_user_id=user.id, at=at)])


def _add_findings(session: Session, place: TrainingPlace, trainee_id: int, on: date) -> None:
    """Let a rule have stopped at what colleagues read late in the evening. The log does not age, so no event of it stands behind the readings."""
    own = str(place.municipality_id)
    rule = LogRule(id=new_id(), kind="NIGHT", owner_id=trainee_id, is_active=False, from_hour=6, to_hour=20, org_id=own, created_by=trainee_id)
    session.add(rule)
    session.flush()
    for days, number, read in zip((2, 4), (COLLEAGUES[-1], COLLEAGUES[0]), READ_AT_NIGHT, strict=True):
        reader, day = invented_person(session, place, number), on - timedelta(days=days)
        found_on = day + timedelta(days=1)
        finding = LogFinding(
            id=new_id(), rule_id=rule.id, kind=rule.kind, org_id=own, concerns_id=own, reader_org_id=own, user_id=reader.id, day=day, readings=len(read),
            clients=len(read), found_on=found_on, due_on=limit_after(found_on, "LOG_EXAMINATION"),
        )  # fmt: skip
        session.add(finding)
        session.flush()
        at = datetime.combine(day, _NIGHT, ZoneInfo(TIME_ZONE))
        session.add(LogFindingEvent(finding_id=finding.id, what="FOUND", at=at + timedelta(hours=9)))
        session.add_all(
            LogFindingReading(finding_id=finding.id, event_id=new_id(), at=at + timedelta(minutes=2 * minute), name="client:read",
                              client_id=client_key(place.seed, key), controller_id=own)
            for minute, key in enumerate(read)
        )  # fmt: skip
