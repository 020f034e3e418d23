"""Sign-in against one LDAP directory: search, bind, read the groups. No user input reaches a filter unescaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ldap
from ldap.filter import escape_filter_chars

from config import LdapSettings

TIMEOUT_SECONDS = 3


class DirectoryUnavailableError(Exception):
    """The directory did not answer in time, or its certificate was refused."""


@dataclass(frozen=True)
class DirectoryPerson:
    """What the directory says of a person whose password it accepted."""

    username: str
    given_name: str
    family_name: str
    email: str | None
    groups: tuple[str, ...]


def _connection(settings: LdapSettings) -> Any:
    connection = ldap.initialize(settings.url)
    connection.set_option(ldap.OPT_REFERRALS, 0)
    connection.set_option(ldap.OPT_NETWORK_TIMEOUT, TIMEOUT_SECONDS)
    connection.set_option(ldap.OPT_TIMEOUT, TIMEOUT_SECONDS)
    connection.timeout = TIMEOUT_SECONDS
    connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
    if settings.ca_file:
        connection.set_option(ldap.OPT_X_TLS_CACERTFILE, settings.ca_file)
    try:
        connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
    except ValueError:
        # This is how python-ldap tells that the CA file is missing or unreadable.
        raise DirectoryUnavailableError("CA_FILE") from None
    if settings.starttls:
        connection.start_tls_s()
    return connection


def _text(attributes: dict[str, list[bytes]], name: str) -> str:
    return (attributes.get(name) or [b""])[0].decode("utf-8", "replace").strip()


def person_by_password(settings: LdapSettings, username: str, password: str) -> DirectoryPerson | None:
    """Give the person when the directory accepts the password, else None.

    Empty, blank and NUL input is refused here: a directory may take an empty password for an anonymous bind.
    Raises `DirectoryUnavailableError` when the directory cannot be asked.
    """
    username = username.strip()
    if not username or not password.strip() or "\0" in username + password:
        return None
    try:
        connection = _connection(settings)
        try:
            connection.simple_bind_s(settings.bind_dn, settings.bind_password)
            found = connection.search_ext_s(
                settings.search, ldap.SCOPE_SUBTREE, f"(uid={escape_filter_chars(username)})",
                ["uid", "givenName", "sn", "mail", "memberOf"], timeout=TIMEOUT_SECONDS, sizelimit=2,
            )  # fmt: skip
            people = [(dn, attributes) for dn, attributes in found if dn]
            if len(people) != 1:
                return None
            dn, attributes = people[0]
            groups = {value.decode() for value in attributes.get("memberOf", [])} | _groups_of(connection, settings, dn)
            try:
                connection.simple_bind_s(dn, password)
            except (ldap.INVALID_CREDENTIALS, ldap.UNWILLING_TO_PERFORM, ldap.INAPPROPRIATE_AUTH, ldap.CONSTRAINT_VIOLATION):
                return None
            # Lower case, because a directory ignores the case of every letter and SQLite's lower() knows A to Z alone.
            return DirectoryPerson(
                username=_text(attributes, "uid").lower(), given_name=_text(attributes, "givenName"),
                family_name=_text(attributes, "sn"), email=_text(attributes, "mail") or None,
                groups=tuple(sorted(group.lower() for group in groups)),
            )  # fmt: skip
        finally:
            connection.unbind_s()
    except ldap.SIZELIMIT_EXCEEDED:
        return None
    except ldap.LDAPError as error:
        raise DirectoryUnavailableError(type(error).__name__) from None


def _groups_of(connection: Any, settings: LdapSettings, dn: str) -> set[str]:
    """Give the DNs of groups that name the person as a member, for directories without memberOf."""
    found = connection.search_ext_s(
        settings.search.split(",", 1)[1] if settings.search.lower().startswith("ou=") else settings.search,
        ldap.SCOPE_SUBTREE, f"(&(objectClass=groupOfNames)(member={escape_filter_chars(dn)}))", ["cn"],
        timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    return {group for group, _attributes in found if group}
