"""The letters to subscribers: when a period is closed, a link to each report and no figure. Run each morning (`reports letters`).

Each letter and the mark that it was written are one transaction, so a job that is killed goes on where it stopped and writes none twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.access.roles import ROLES
from app.mail.outbox import Letter, queue
from app.reports.figures import NotForViewerError, Viewer
from app.reports.models import ReportPeriod
from app.reports.out.arguments import BadQuestionError
from app.reports.periods import period_named
from app.reports.shown import period_text
from app.reports.subscriptions.models import ReportLetter, ReportSubscription
from app.reports.subscriptions.places import place_for
from app.reports.viewers import viewer_here
from app.users.acting import actor_of
from app.users.models import AccessGrant, UserProfile
from app.users.queries import in_force

_RIGHT = ("can_list", "ReportSubscriptionView")
_ROLES = tuple(role for role, views in ROLES.items() if _RIGHT[0] in views.get(_RIGHT[1], ()))


def write_letters(session: Session, on: date) -> int:
    """Queue a letter for each subscription whose latest period was closed after it was made; gives how many, and commits each."""
    return sum(_write(session, key, user_id, grant_id, period, on) for key, user_id, grant_id, period in list(_due(session, on)))


def _latest(session: Session) -> dict[str, ReportPeriod]:
    """Give the latest closed period of each length."""
    closed = select(ReportPeriod).where(ReportPeriod.closed_at.is_not(None)).order_by(ReportPeriod.starts_on)
    return {row.length: row for row in session.scalars(closed)}


def _due(session: Session, on: date) -> Iterator[tuple[str, int, str, str]]:
    """Give (subscription, person, right in force, period) of what is not told yet; without a right or an address of mail nothing is due."""
    for length, period in _latest(session).items():
        one = ReportSubscription
        is_told = exists().where(ReportLetter.subscription_id == one.id, ReportLetter.period_id == period.id)
        found = (
            select(one.id, one.user_id, AccessGrant.id)
            .join(AccessGrant, (AccessGrant.user_id == one.user_id) & (AccessGrant.organisation_id == one.org_id))
            .join(User, User.id == one.user_id)
            .join(UserProfile, UserProfile.user_id == one.user_id)
            .where(one.every == length, one.created_at < period.closed_at, in_force(on), AccessGrant.role.in_(_ROLES), User.active.is_(True),
                   UserProfile.email.is_not(None), ~is_told)
            .order_by(one.id, AccessGrant.id)
        )  # fmt: skip
        for key, user_id, grant_id in session.execute(found).all():
            yield key, user_id, grant_id, period.id


def _write(session: Session, key: str, user_id: int, grant_id: str, period: str, on: date) -> int:
    row, viewer = session.get(ReportSubscription, key), _viewer(session, user_id, grant_id)
    if row is None or viewer is None or session.get(ReportLetter, (key, period)):
        # A person with two rights in the organisation is told by the first that fits.
        return 0
    profile = session.get_one(UserProfile, user_id)
    language = profile.language or "fi"
    site = str(current_app.config["KOTO"].public_url or "").rstrip("/")
    with force_locale(language):
        try:
            place = place_for(session, viewer, row.address, on)
        except BadQuestionError:
            return 0
        named = period_text(period_named(period))
        lines = [
            _("The period %(period)s has been closed: %(report)s.", period=named, report=place.title),
            _("See the report: %(address)s", address=site + place.address_in(period)),
            _("You get this message because you subscribe to the report. You can end it here: %(address)s", address=f"{site}/report-subscriptions/list/"),
            _("This message was sent automatically. Do not answer it."),
        ]
        subject = _("A report was updated")
    session.add(ReportLetter(subscription_id=key, period_id=period))
    queue(session, Letter(kind="REPORT", language=language, receiver=profile.email or "", subject=subject, body="\n".join(lines), user_id=user_id))
    session.commit()
    return 1


def _viewer(session: Session, user_id: int, grant_id: str) -> Viewer | None:
    """Give the viewer that a right makes of a person; None when the organisation's own role withholds subscriptions."""
    found = actor_of(session, user_id, grant_id)
    if found is None or _RIGHT not in found[1]:
        return None
    try:
        return viewer_here(found[0])
    except NotForViewerError:
        return None
