"""Writes of attempts and certificates; they are of the trainee's own practice and touch no client, so the log holds none of them."""

from __future__ import annotations

from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy.orm import Session

from app.core.training_code import Training, person_mark, write_code
from app.db.types import now
from app.training.exercises.all import PATH_OF
from app.training.exercises.exercise import Exercise
from app.training.exercises.models import TrainingAttempt, TrainingCertificate
from app.training.exercises.place import Place
from app.training.exercises.queries import attempt_at, attempts_of, certificates_of


def begin(session: Session, exercise: Exercise, user_id: int, place: Place) -> TrainingAttempt:
    """Begin an exercise, or begin it again while it is not finished: only what is done from now on counts. The caller commits."""
    found = attempt_at(session, user_id, exercise.id)
    if found is None:
        found = TrainingAttempt(user_id=user_id, exercise=exercise.id, version=exercise.version, organisation_id=place.municipality_id)
        session.add(found)
    elif found.finished_at is None:
        found.started_at, found.organisation_id = now(), place.municipality_id
    return found


def finish(session: Session, exercise: Exercise, attempt: TrainingAttempt, private_key: str, on: date) -> TrainingCertificate | None:
    """Keep that an exercise is finished; gives the certificate when it was the last of its path. The caller commits."""
    attempt.finished_at = attempt.finished_at or now()
    session.flush()
    path, done = PATH_OF[exercise.id], attempts_of(session, attempt.user_id)
    if any(done.get(one.id) is None or done[one.id].finished_at is None for one in path.exercises):
        return None
    if any(row.path == path.key and row.version == path.version for row in certificates_of(session, attempt.user_id)):
        return None
    user = session.get_one(User, attempt.user_id)
    said = Training(path.key, path.version, person_mark(user.first_name, user.last_name), on)
    certificate = TrainingCertificate(user_id=user.id, path=path.key, version=path.version, given_on=on, code=write_code(said, private_key))
    session.add(certificate)
    session.flush()
    return certificate
