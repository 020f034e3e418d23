"""Letters to a person of what was done to their account, so that what somebody else did does not stay unseen."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.mail.outbox import Letter, queue
from app.users.models import UserProfile

_TEXTS = {
    "SECOND_FACTOR_ON": (_l("Two-step sign-in was taken into use"),
                         _l("Two-step sign-in was taken into use for your account. From now on you sign in with your password and a code.")),
    "SECOND_FACTOR_RESET": (_l("Your two-step sign-in was reset"),
                            _l("Your two-step sign-in was reset and your sessions were ended. You take it into use anew when you next sign in.")),
    "RECOVERY_CODE_USED": (_l("A recovery code was used"), _l("Somebody signed in to your account with your password and one of your recovery codes.")),
    "CODES_MADE": (_l("New recovery codes were made"), _l("New recovery codes were made for your account. The earlier ones no longer work.")),
    "CODES_REFUSED": (_l("Wrong codes were given for your account"),
                      _l("Somebody who knows your password gave several wrong codes for your account. Sign-in waits for a quarter of an hour.")),
    "PASSWORD_CHANGED": (_l("Your password was changed"), _l("The password of your account was changed. Your sessions on other devices were ended.")),
}  # fmt: skip


def tell_of_account(session: Session, kind: str, user_id: int) -> None:
    """Queue a letter; nothing is queued for a person whose address is not known. The caller commits."""
    profile = session.get(UserProfile, user_id)
    if profile is None or not profile.email:
        return
    language = profile.language or "fi"
    subject, what = _TEXTS[kind]
    with force_locale(language):
        body = _("%(what)s\n\nIf this was not you, tell your organisation's access administrator at once.\n"
                 "This message was sent automatically. Do not answer it.", what=what)  # fmt: skip
        queue(session, Letter(kind=kind, language=language, receiver=profile.email, subject=str(subject), body=body, user_id=user_id))
