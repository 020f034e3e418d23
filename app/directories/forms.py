"""What a directory's form asks, and the sentences for what it refuses."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import validators

from app.directories.labels import BROKEN, DIRECTORY, HELP, HELP_SAVED
from app.directories.models import Directory
from app.directories.rules import broken_url, is_attribute, is_dn, is_filter, normal_realm
from app.web.forms import SecretField

_LENGTH = validators.Length(max=200, message=_l("Write at most %(max)d characters."))
FIELDSETS_ADD = [
    (_l("Who signs in by it"), {"fields": ["name", "realm", "is_active"]}),
    (_l("The server"), {"fields": ["kind", "url", "starttls", "ca_certificate"]}),
    (_l("The service account"), {"fields": ["bind_dn", "bind_secret"]}),
    (_l("How people are found"), {"fields": ["search_base", "user_filter", "username_attribute", "given_name_attribute", "family_name_attribute",
                                             "mail_attribute", "group_base", "test_user"]}),
]  # fmt: skip
# The realm is part of the user names of those who have signed in: it stays.
FIELDSETS_EDIT = [(title, {"fields": [name for name in part["fields"] if name != "realm"]}) for title, part in FIELDSETS_ADD]


def columns_of(fieldsets: Any) -> list[str]:
    return [name for _title, part in fieldsets for name in part["fields"]]


def secret_field(*, is_new: bool) -> SecretField:
    check = validators.InputRequired(BROKEN["SECRET"]) if is_new else validators.Optional()
    return SecretField(DIRECTORY["bind_secret"], [check, _LENGTH], description=(HELP if is_new else HELP_SAVED)["bind_secret"])


def _broken_certificate(text: str) -> str | None:
    if "PRIVATE KEY" in text:
        return "KEY"
    try:
        return None if x509.load_pem_x509_certificates(text.encode()) else "CA"
    except ValueError:
        return "CA"


def broken_fields(form: Any, saved: Directory) -> list[tuple[str, str]]:
    """Give (field, rule) of each rule that a directory's form breaks; `saved` is the row as it is, empty for a new one."""
    found: list[tuple[str, str]] = []
    if "realm" in form and normal_realm(form.realm.data) is None:
        found.append(("realm", "REALM"))
    rule = broken_url(form.url.data, starttls=form.starttls.data, is_production=current_app.config["KOTO"].is_production)
    if rule:
        found.append(("starttls" if rule == "TLS" else "url", rule))
    if form.ca_certificate.data and (rule := _broken_certificate(form.ca_certificate.data)):
        found.append(("ca_certificate", rule))
    # Active Directory takes name@domain for a service account too.
    names = ["search_base", "group_base", *(["bind_dn"] if form.kind.data != "ACTIVE_DIRECTORY" else [])]
    found += [(name, "DN") for name in names if form[name].data and not is_dn(form[name].data)]
    if not is_filter(form.user_filter.data):
        found.append(("user_filter", "FILTER"))
    attributes = [name for name in columns_of(FIELDSETS_ADD) if name.endswith("_attribute")]
    found += [(name, "ATTRIBUTE") for name in attributes if form[name].data and not is_attribute(form[name].data)]
    if saved.version is not None and not form.bind_secret.data and _goes_elsewhere(form, saved):
        found.append(("bind_secret", "SECRET_AGAIN"))
    return found


def _goes_elsewhere(form: Any, saved: Directory) -> bool:
    """Tell whether the saved password would be sent where its writer did not send it, or less safely."""
    pairs = ((form[name].data, getattr(saved, name)) for name in ("url", "starttls", "ca_certificate", "bind_dn"))
    # A browser sends other line breaks than it was given.
    return any("".join(str(typed or "").split()) != "".join(str(held or "").split()) for typed, held in pairs)
