"""An add-on of a municipality in each of its states, for the pages to show."""

from __future__ import annotations

from datetime import date, timedelta

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.add_ons.actions import accept, end_add_on, end_token, issue_token, refuse
from app.add_ons.models import AddOn, ApiToken

_SCOPES = ["clients:read", "figures:read", "notes:read", "notes:write"]


def load_add_ons(session: Session, home: str, text: str) -> None:
    """Write one that waits, one that was refused, one in use with a token that is used and one that was ended, and one that has ended."""
    ids = {user.username: user.id for user in session.scalars(select(User).where(User.username.in_(("eeva", "kaisa"))))}
    for number, state in enumerate(("WAITING", "REFUSED", "IN_USE", "ENDED")):
        add_on = AddOn(org_id=home, name=f"{text} {number}", supplier=text, purpose=text, email="lisaosa@esimerkki.fi", scopes=_SCOPES,
                       valid_to=date.today() + timedelta(days=300), created_by=ids["eeva"])  # fmt: skip
        session.add(add_on)
        session.flush()
        if state == "REFUSED":
            refuse(session, add_on, by=ids["kaisa"], reason=text)
        elif state != "WAITING":
            accept(session, add_on, by=ids["kaisa"], reason=text)
            for _number in range(2):
                issue_token(session, add_on, name=text, valid_to=date.today() + timedelta(days=30), by=ids["eeva"])
            end_token(session, session.scalars(select(ApiToken).where(ApiToken.add_on_id == add_on.id)).first())  # type: ignore[arg-type]
        if state == "ENDED":
            end_add_on(session, add_on, by=ids["kaisa"], reason="SECURITY", note=None)
