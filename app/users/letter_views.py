"""Letters of the training environment, which sends none: each reads on a page what was written to themselves."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_login import current_user

from app.db.base import db
from app.mail.models import OutgoingMail
from app.mail.outbox import KEPT
from app.users.letters import letters_of

my_letters = Blueprint("my_letters", __name__, url_prefix="/my-letters")
# Where a letter tells to look: an address of this site, or one without a site where none is set.
_PLACE = re.compile(r"(?<=\s)/[a-z0-9][\w\-/?=&.%]*", re.ASCII)


@my_letters.before_request
def signed_in() -> Any:
    """Let in whoever has signed in."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login", next=request.path), 303)


@my_letters.get("/")
def page() -> str:
    """List the letters, the newest first."""
    shown = [
        {"subject": mail.subject, "language": mail.language, "at": format_datetime(mail.queued_at, "short"), "url": url_for("my_letters.letter", key=mail.id)}
        for mail in letters_of(db.session, current_user.id)
    ]
    lead = _("Nothing is sent out of the training environment: here is what would have come by e-mail. Letters are kept for 90 days.")
    return render_template("koto/my_letters.html", title=_("Letters"), lead=lead, letters=shown)


@my_letters.get("/<key>")
def letter(key: str) -> str:
    """Show one letter to its receiver; to anybody else there is none."""
    found = db.session.get(OutgoingMail, key)
    if found is None or found.user_id != current_user.id or found.state != KEPT:
        abort(404)
    body, site = found.body or "", str(current_app.config["KOTO"].public_url or "").rstrip("/")
    place = _PLACE.search(body.replace(site, "") if site else body)
    return render_template(
        "koto/my_letter.html", title=_("Letter"), subject=found.subject, body=body, written_in=found.language, place=place and place.group(),
        facts=[(_("To"), found.receiver or ""), (_("Written"), format_datetime(found.queued_at, "short"))],
    )  # fmt: skip
