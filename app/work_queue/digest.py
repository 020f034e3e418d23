"""The daily digest: how much is late and how much falls due within a week, without names. Run each morning (`work-queue digest`).

Each letter and the mark that it was written are one transaction, so a job that is killed goes on where it stopped and writes none twice.
"""

from __future__ import annotations

from datetime import date, timedelta

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.mail.outbox import Letter, queue
from app.users.models import AccessGrant, UserProfile
from app.users.queries import in_force, of_person
from app.users.relations import CASEWORK_ROLES
from app.work_queue.models import QueueDigest
from app.work_queue.queries import counts_of, covered_by

KEPT = timedelta(days=30)


def write_digests(session: Session, on: date) -> int:
    """Queue a letter for each worker who has something late or due and has none of this day yet; gives how many, and commits each."""
    written = 0
    for user_id, org_id in _readers(session, on):
        written += _write(session, user_id, org_id, on)
    session.execute(delete(QueueDigest).where(QueueDigest.day < on - KEPT))
    session.commit()
    return written


def _readers(session: Session, on: date) -> list[tuple[int, str]]:
    """Give (person, organisation) of those who do casework, have an address and have not said no."""
    done = select(QueueDigest.user_id).where(QueueDigest.day == on)
    found = (
        select(AccessGrant.user_id, AccessGrant.organisation_id)
        .join(User, User.id == AccessGrant.user_id)
        .join(UserProfile, UserProfile.user_id == AccessGrant.user_id)
        .where(AccessGrant.role.in_(CASEWORK_ROLES), in_force(on), of_person(), User.active.is_(True), UserProfile.email.is_not(None), AccessGrant.user_id.not_in(done))
        .order_by(AccessGrant.user_id, AccessGrant.organisation_id)
    )
    return [(user_id, org_id) for user_id, org_id in session.execute(found).unique()]


def _write(session: Session, user_id: int, org_id: str, on: date) -> int:
    covered = [row[0] for row in covered_by(session, user_id, org_id, on)]
    late, soon = counts_of(session, [user_id, *covered], org_id, on)
    profile = session.get_one(UserProfile, user_id)
    has_one = session.scalar(select(QueueDigest.id).where(QueueDigest.user_id == user_id, QueueDigest.day == on))
    if has_one or not (late or soon):
        return 0
    session.add(QueueDigest(user_id=user_id, day=on))
    language = profile.language or "fi"
    site = str(current_app.config["KOTO"].public_url or "").rstrip("/")
    with force_locale(language):
        lines = [
            ngettext("%(num)d time limit is late.", "%(num)d time limits are late.", late),
            ngettext("%(num)d falls due within a week.", "%(num)d fall due within a week.", soon),
            *([ngettext("You cover for %(num)d colleague; theirs are counted too.", "You cover for %(num)d colleagues; theirs are counted too.", len(covered))] if covered else []),
            _("See the work queue: %(address)s", address=f"{site}/work-queue/list/?f.worker_id=me"),
            _("This message was sent automatically. Do not answer it."),
        ]
        subject = _("Your work queue today")
    queue(session, Letter(kind="WORK_QUEUE", language=language, receiver=profile.email or "", subject=subject, body="\n".join(lines), user_id=user_id))
    session.commit()
    return 1
