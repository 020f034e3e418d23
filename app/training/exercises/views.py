"""The pages of training: the paths with their progress, an exercise with its steps, and the certificate of a path."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext as _
from flask_login import current_user

from app.access.actor import Actor, current_actor
from app.codes.lists import label
from app.core.statute import address, sections_in_words
from app.db.base import db
from app.training.exercises.actions import begin, finish
from app.training.exercises.all import BY_ID, PATH_OF, PATHS
from app.training.exercises.certificate import certificate_pdf, exercises_of, facts, stands
from app.training.exercises.checking import StepResult, check, is_finished
from app.training.exercises.exercise import ACT, Exercise
from app.training.exercises.models import TrainingAttempt, TrainingCertificate
from app.training.exercises.place import place_of
from app.training.exercises.queries import attempt_at, attempts_of, certificates_of, own_certificate
from app.training.exercises.shown import path_shown, steps_shown
from app.training.exercises.texts import text
from app.web.language import current_language

exercises = Blueprint("exercises", __name__, url_prefix="/training")


@exercises.before_request
def signed_in() -> Any:
    """Let in whoever acts by a right: exercises are done by the rights of the place."""
    if not current_user.is_authenticated:
        return redirect(url_for("SignInView.login", next=url_for("exercises.paths")), 303)
    return None if current_actor() else redirect(url_for("MyRightsView.mine"), 303)


def _actor() -> Actor:
    return current_actor() or abort(403)


def _exercise(key: str) -> Exercise:
    return BY_ID.get(key) or abort(404)


@exercises.get("/")
def paths() -> Any:
    """Show the paths and where the reader stands on each."""
    actor = _actor()
    done, given = attempts_of(db.session, actor.user_id), certificates_of(db.session, actor.user_id)
    return render_template(
        "koto/training.html", title=_("Training"), lead=_("Exercises on invented clients. The system sees from what you did how far you have come."),
        # The path of the right that the reader acts by stands first.
        paths=sorted((path_shown(path, actor.role, done, given) for path in PATHS), key=lambda path: not path["is_mine"]),
    )  # fmt: skip


@exercises.get("/exercises/<key>")
def exercise(key: str) -> Any:
    """Show the task, and how the steps stand now."""
    found, actor = _exercise(key), _actor()
    attempt = attempt_at(db.session, actor.user_id, key)
    results = _checked(found, actor, attempt)
    return render_template(
        "koto/training_exercise.html", title=text("exercises", key, "title"), lead=label("TRAINING_PATH", PATH_OF[key].key, current_language()),
        exercise=found, task=text("exercises", key, "task"), hint=text("exercises", key, "hint"), attempt=attempt, may=actor.role in found.roles,
        roles=[label("ROLE", role, current_language()) for role in found.roles], steps=steps_shown(found, attempt, results),
        sections=sections_in_words(found.section), act=address(ACT, current_language()), is_ready=results is not None and is_finished(results), following=_next(found, attempts_of(db.session, actor.user_id)),
    )  # fmt: skip


@exercises.post("/exercises/<key>/begin")
def begun(key: str) -> Any:
    """Begin the exercise: what is done from now on counts."""
    found, actor = _exercise(key), _actor()
    if actor.role not in found.roles:
        abort(409)
    begin(db.session, found, actor.user_id, place_of(db.session, actor))
    db.session.commit()
    flash(_("The exercise has begun. Do the task in the system and come back to this page."), "success")
    return redirect(url_for("exercises.exercise", key=key), 303)


@exercises.post("/exercises/<key>/check")
def checked(key: str) -> Any:
    """Look at what was done, and keep that the exercise is finished when every step is."""
    found, actor = _exercise(key), _actor()
    attempt = attempt_at(db.session, actor.user_id, key)
    results = _checked(found, actor, attempt)
    if attempt is None or results is None:
        abort(409)
    if not is_finished(results):
        flash(_("Something is still to be done. See the steps."), "info")
        return redirect(url_for("exercises.exercise", key=key), 303)
    certificate = finish(db.session, found, attempt, current_app.config["KOTO"].training_signing_key, date.today())
    db.session.commit()
    if certificate is not None:
        flash(_("The path is finished. Here is your certificate."), "success")
        return redirect(url_for("exercises.certificate", key=certificate.id), 303)
    flash(_("The exercise is finished."), "success")
    return redirect(url_for("exercises.exercise", key=key), 303)


@exercises.get("/certificates/<key>")
def certificate(key: str) -> Any:
    """Show an own certificate with the code for the application."""
    found, person = _certificate(key)
    return render_template(
        "koto/training_certificate.html", title=_("Certificate of training"), facts=[{"label": name, "text": said} for name, said in facts(found, person)],
        exercises=exercises_of(found), code=found.code, stands=stands(found), pdf_url=url_for("exercises.certificate_file", key=key),
    )  # fmt: skip


@exercises.get("/certificates/<key>.pdf")
def certificate_file(key: str) -> Any:
    """Give an own certificate as a PDF."""
    found, person = _certificate(key)
    db.session.expunge(found)
    db.session.rollback()
    return send_file(BytesIO(certificate_pdf(found, person)), "application/pdf", as_attachment=True, download_name=f"koto-digi-{found.path.lower()}.pdf")


def _certificate(key: str) -> tuple[TrainingCertificate, str]:
    found = own_certificate(db.session, _actor().user_id, key) or abort(404)
    user = db.session.get_one(User, found.user_id)
    return found, f"{user.first_name} {user.last_name}"


def _checked(found: Exercise, actor: Actor, attempt: TrainingAttempt | None) -> list[StepResult] | None:
    """Check an attempt that goes on; None of one that is not begun, is finished, or that the right in use cannot see into."""
    if attempt is None or attempt.finished_at is not None or actor.role not in found.roles:
        return None
    return check(db.session, found, place_of(db.session, actor), actor.user_id, attempt.started_at)


def _next(found: Exercise, done: dict[str, TrainingAttempt]) -> Exercise | None:
    """Give the next exercise of the path that is not finished."""
    own = PATH_OF[found.id].exercises
    at = own.index(found)
    return next((one for one in (*own[at + 1 :], *own[:at]) if one.id not in done or done[one.id].finished_at is None), None)
