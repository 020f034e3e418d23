"""The standing cast: Aino, Bengt, Cecilia, Eeva, Iida, Kaisa, Lotta, Minna, Pekka, Rolf, Tuomas, Ulla, Veera; and Aino's colleagues, who only stand beside clients."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.codes.lists import label
from app.demo.services import PROVIDER
from app.demo.sharing import PROVIDER_KEY
from app.demo.workers import COLLEAGUES
from app.organisations.models import Organisation, organisation_key
from app.users.models import AccessGrant, UserProfile
from app.web.language import current_language
from app.web.table import table

DEMO_PASSWORD = "kotoutuminen-integration"  # noqa: S105 -- the same for every demo account, shown on the sign-in page
_NO_PASSWORD = "!"  # noqa: S105 -- no hash, so that no password fits
_SINCE = date(2026, 1, 1)
# The ground of a right (681/2023 § 80.2–3) where it is not the duties of the act themselves.
_BASIS = {"ACCESS_ADMIN": "B3", "LOG_AUDITOR": "B3", "PROVIDER_USER": "B6", "ANALYST": "B2"}

# user name, given name, family name, role, kind and code of the organisation, language
CAST = (
    ("aino", "Aino", "Aarnio", "CASEWORKER", "MUNICIPALITY", "092", "fi"),
    ("bengt", "Bengt", "Berg", "TEAM_LEAD", "MUNICIPALITY", "092", "sv"),
    ("cecilia", "Cecilia", "Cedergren", "CASEWORKER", "MUNICIPALITY", "638", "sv"),
    ("eeva", "Eeva", "Eskola", "ACCESS_ADMIN", "MUNICIPALITY", "092", "fi"),
    ("iida", "Iida", "Ilmonen", "INTAKE_WORKER", "MUNICIPALITY", "092", "fi"),
    ("kaisa", "Kaisa", "Keskinen", "ACCESS_ADMIN", "NATIONAL_AGENCY", "KEHA", "fi"),
    ("lotta", "Lotta", "Laakso", "LOG_AUDITOR", "MUNICIPALITY", "092", "fi"),
    ("minna", "Minna", "Makkonen", "ANALYST", "MUNICIPALITY", "092", "fi"),
    ("pekka", "Pekka", "Paananen", "PROVIDER_USER", "SERVICE_PROVIDER", "ESIM", "fi"),
    ("rolf", "Rolf", "Rosenqvist", "LOG_AUDITOR", "NATIONAL_AGENCY", "KEHA", "sv"),
    ("tuomas", "Tuomas", "Tervo", "ANALYST", "NATIONAL_AGENCY", "KEHA", "fi"),
    ("ulla", "Ulla", "Uggla", "ANALYST", "ECONOMIC_DEVELOPMENT_CENTRE", "01", "sv"),
    ("veera", "Veera", "Virta", "WSC_PARTICIPANT", "WELLBEING_COUNTY", "04", "fi"),
)


def load_accounts(session: Session) -> None:
    """Make the accounts that are missing, and the invented provider, and commit."""
    session.merge(Organisation(id=PROVIDER_KEY, kind="SERVICE_PROVIDER", code="ESIM", name_fi=PROVIDER, name_sv="Exempelutbildning Ab"))
    password = generate_password_hash(DEMO_PASSWORD)
    for username, given, family, role, kind, code, language in CAST:
        _add_account(session, username, f"{given} {family}", password, role, organisation_key(kind, code), language)
    for username, given, family in COLLEAGUES:
        _add_account(session, username, f"{given} {family}", _NO_PASSWORD, "CASEWORKER", organisation_key("MUNICIPALITY", "092"), "fi")
    session.commit()


def _add_account(session: Session, username: str, name: str, password: str, role: str, organisation_id: str, language: str) -> None:
    if session.scalar(select(User.id).where(User.username == username)):
        return
    given, family = name.split()
    user = User(username=username, first_name=given, last_name=family, email=f"{username}@demo.invalid", active=True, password=password)
    session.add(user)
    session.flush()
    # Where letters stand on a page, the cast gets its own.
    email = user.email if current_app.config["KOTO"].is_training else None
    session.add(UserProfile(user_id=user.id, language=language, is_local=True, email=email))
    session.add(AccessGrant(user_id=user.id, organisation_id=organisation_id, role=role, basis=_BASIS.get(role, "B1"), valid_from=_SINCE,
                            opened_at=datetime.combine(_SINCE, time(), UTC)))  # fmt: skip


def accounts(session: Session, shown_in: str | None = None) -> list[dict[str, Any]]:
    """Give the accounts of the cast as `demo accounts --json` prints them; organisations in `shown_in`, else in the account's language."""
    rows = session.execute(
        select(User, AccessGrant, Organisation, UserProfile.language)
        .join(AccessGrant, AccessGrant.user_id == User.id)
        .join(Organisation, Organisation.id == AccessGrant.organisation_id)
        .join(UserProfile, UserProfile.user_id == User.id)
        .where(User.username.in_([row[0] for row in CAST]))
        .order_by(User.username)
    )
    return [
        {"username": user.username, "password": DEMO_PASSWORD, "name": f"{user.first_name} {user.last_name}", "role": grant.role,
         "organisation_code": organisation.code, "organisation": organisation.name_in(shown_in or language or "fi"), "language": language}
        for user, grant, organisation, language in rows
    ]  # fmt: skip


def shown_accounts(session: Session) -> tuple[dict[str, Any] | None, str | None]:
    """Give what the sign-in page shows of the cast, a table and the password; nothing in production."""
    if not current_app.config["KOTO"].has_invented_persons_only:
        return None, None
    language = current_language()
    labels = {"username": _("User name"), "name": _("Name"), "role": _("Role"), "organisation": _("Organisation"), "language": _("Language")}
    codes = {"role": "ROLE", "language": "SERVICE_LANGUAGE"}
    rows = [
        (None, [label(codes[name], account[name], language) if name in codes else account[name] for name in labels])
        for account in accounts(session, language)
    ]  # fmt: skip
    return table(labels, rows), DEMO_PASSWORD
