"""Realms, addresses, filters and names of a directory. Pure functions."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

import ldap
import ldap.dn
from ldap.filter import escape_filter_chars

PLACE = "{username}"
LONGEST_REALM, LONGEST_NAME = 60, 64
_REALM = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,59}")
# What a directory keeps of a password is never read, whatever the mapping says.
_SECRET_ATTRIBUTES = frozenset({"userpassword", "unicodepwd", "sambantpassword", "sambalmpassword", "krbprincipalkey", "ms-mcs-admpwd"})
# The library parses a filter before it opens a connection, so that an address where nobody listens is enough to check one.
_NOWHERE = "ldapi://%2Fnonexistent"


def normal_realm(text: str) -> str | None:
    """Give a realm in its one spelling, lower case and ASCII (`käyttö.fi` is `xn--…`); None for a text that is none."""
    try:
        found = text.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return found if len(found) <= LONGEST_REALM and _REALM.fullmatch(found) else None


def shown_realm(realm: str) -> str:
    """Give a realm as people write it."""
    try:
        return realm.encode("ascii").decode("idna")
    except UnicodeError:
        return realm


def split_account(username: str) -> tuple[str, str | None]:
    """Give the name and the realm of `name@realm`; the realm is None for a name without one."""
    name, _at, realm = username.strip().rpartition("@")
    found = normal_realm(realm) if name.strip() else None
    return (name.strip(), found) if found else (username.strip(), None)


def account_name(name: str, realm: str) -> str | None:
    """Give the user name an account is kept under: the realm stays, as two organisations may both have a `maija`.

    None for a name too long to keep. A directory may hold names with its own realm behind them (userPrincipalName).
    """
    # Lower case, because a directory ignores the case of every letter and SQLite's lower() knows A to Z alone.
    name = name.strip().lower()
    bare, own = split_account(name)
    name = bare if own == realm else name
    return f"{name}@{realm}" if name and len(name) <= LONGEST_NAME and "\0" not in name else None


def normal_dn(dn: str) -> str:
    """Give a distinguished name in one spelling, for comparing: lower case, no spaces between its parts.

    A directory keeps a name as somebody typed it and compares it without its case.
    """
    try:
        return str(ldap.dn.dn2str(ldap.dn.str2dn(dn.strip()))).lower()
    except ldap.DECODING_ERROR:
        return dn.strip().lower()


def is_dn(text: str) -> bool:
    return bool(text.strip()) and bool(ldap.dn.is_dn(text))


def is_attribute(text: str) -> bool:
    """Tell whether a text names an attribute that may be read."""
    return bool(_ATTRIBUTE.fullmatch(text)) and text.lower() not in _SECRET_ATTRIBUTES


def is_filter(template: str) -> bool:
    """Tell whether a filter has one place for the user name, as a value, and is one the library can read."""
    before, place, after = template.partition(PLACE)
    if not place or PLACE in after or not re.search(r"=[^()=]*$", before) or set("{}\0") & set(before + after):
        return False
    try:
        ldap.initialize(_NOWHERE).search_ext("", ldap.SCOPE_BASE, filter_for(template, "x"))
    except ldap.FILTER_ERROR:
        return False
    except ldap.LDAPError:
        # Nobody listens there; the filter itself was read.
        pass
    return True


def filter_for(template: str, name: str) -> str:
    """Put a user name into a filter so that no letter of it is read as a part of the filter."""
    return template.replace(PLACE, escape_filter_chars(name))


def _is_own_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_link_local or address.is_unspecified


def broken_url(url: str, *, starttls: bool, is_production: bool) -> str | None:
    """Give the rule that a directory's address breaks: URL, OWN_MACHINE or TLS; None for a good one.

    No password goes over a network in the clear. In production nobody makes the server talk to itself.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "URL"
    has_more = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in ("ldap", "ldaps") or not host or has_more or not url.isascii() or re.search(r"[\s\\,\"'<>]", url):
        return "URL"
    is_own = _is_own_machine(host)
    if is_own and is_production:
        return "OWN_MACHINE"
    if parts.scheme == "ldap" and not starttls and not is_own:
        return "TLS"
    return None
