"""The talk with one directory, step by step: connect, bind, find, check the password. Nothing here waits longer than the deadline."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import ldap

from app.directories.rules import filter_for
from app.directories.settings import DirectorySettings
from app.directories.wire import Deadline, DirectoryUnavailableError, connect, shut, wait_for_greeting

# Any other answer to a person's own bind is a refusal of that person: nobody can make a directory look broken by their account.
_UNREACHED = (ldap.SERVER_DOWN, ldap.CONNECT_ERROR, ldap.TIMEOUT, ldap.TIMELIMIT_EXCEEDED, ldap.BUSY, ldap.UNAVAILABLE)


@dataclass(frozen=True)
class Entry:
    """A person as the directory holds them; values of attributes by name in lower case."""

    dn: str
    values: dict[str, list[str]]

    def first(self, attribute: str | None) -> str:
        return (self.values.get((attribute or "").lower()) or [""])[0].strip()


# The library's faults that tell what is wrong whatever was asked.
_KINDS = ((ldap.TIMEOUT, "TIMEOUT"), (ldap.TIMELIMIT_EXCEEDED, "TIMEOUT"), (ldap.NO_SUCH_OBJECT, "BASE"), (ldap.FILTER_ERROR, "FILTER"))


@contextmanager
def faults(kind: str = "ANSWER") -> Iterator[None]:
    """Tell every fault of the library as one of ours; its own text may hold names and addresses and goes nowhere."""
    try:
        yield
    except ldap.LDAPError as fault:
        known = next((name for group, name in _KINDS if isinstance(fault, group)), None)
        if known is None and kind != "TLS" and isinstance(fault, ldap.SERVER_DOWN):
            # Before that somebody answered; within the handshake the library says the same of a certificate it refuses.
            known = "CONNECT"
        raise DirectoryUnavailableError(known or kind) from None


class Client:
    """A connection over TLS with a deadline for all that is done on it."""

    def __init__(self, settings: DirectorySettings, deadline: Deadline) -> None:
        self.settings, self.deadline = settings, deadline
        with faults("CONNECT"):
            self._connection = self._opened()
            self._connection.set_option(ldap.OPT_REFERRALS, 0)
            self._connection.set_option(ldap.OPT_PROTOCOL_VERSION, 3)
        self._prepare_tls()

    def _opened(self) -> Any:
        url = self.settings.url
        if not self.settings.starttls or " " in url:
            if url.startswith("ldaps://") and " " not in url:
                wait_for_greeting(url, self.deadline)
            return ldap.initialize(url)
        found = connect(url, self.deadline)
        found.setblocking(True)
        # The library closes its own file; ours is another one of the same connection.
        own = found.dup()
        self.deadline.cut = lambda: shut(own)
        return ldap.initialize(url, fileno=found.detach())

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_fault: object) -> None:
        # A directory that is gone need not be told that we go.
        with suppress(ldap.LDAPError):
            self._connection.unbind_s()

    def _prepare_tls(self) -> None:
        self._connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
        try:
            if self.settings.ca_certificate:
                # The library reads authorities from a file only, and only while the context is made.
                with tempfile.NamedTemporaryFile("w", suffix=".pem", encoding="utf-8") as file:
                    file.write(self.settings.ca_certificate)
                    file.flush()
                    self._connection.set_option(ldap.OPT_X_TLS_CACERTFILE, file.name)
                    self._connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
                return
            if self.settings.ca_file:
                self._connection.set_option(ldap.OPT_X_TLS_CACERTFILE, self.settings.ca_file)
            self._connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
        except (ValueError, ldap.LDAPError):
            # This is how python-ldap tells that the authorities are missing or unreadable.
            raise DirectoryUnavailableError("CA") from None

    def _timed(self) -> Any:
        left = self.deadline.left()
        self._connection.set_option(ldap.OPT_NETWORK_TIMEOUT, left)
        self._connection.set_option(ldap.OPT_TIMEOUT, left)
        self._connection.timeout = left
        return self._connection

    def encrypt(self) -> None:
        """Open the connection and encrypt it; without STARTTLS the first thing asked does so."""
        with faults("TLS"):
            if self.settings.starttls:
                self._timed().start_tls_s()
                return
            try:
                self._timed().search_ext_s("", ldap.SCOPE_BASE, attrlist=["1.1"], timeout=self.deadline.left())
            except (ldap.INSUFFICIENT_ACCESS, ldap.NO_SUCH_OBJECT, ldap.STRONG_AUTH_REQUIRED, ldap.OPERATIONS_ERROR):
                # Who may look at the root matters not: the refusal came over an encrypted connection.
                return

    def bind_service(self) -> None:
        with faults("SERVICE_ACCOUNT"):
            self._timed().simple_bind_s(self.settings.bind_dn, self.settings.bind_secret)

    def takes_password(self, dn: str, password: str) -> bool:
        """Tell whether the directory accepts the person's password; a blank one is never sent, as a directory may take it for an anonymous bind."""
        if not dn or not password.strip():
            return False
        with faults():
            try:
                self._timed().simple_bind_s(dn, password)
            except _UNREACHED:
                raise
            except ldap.LDAPError:
                return False
        return True

    def search(self, base: str, filter_text: str, attributes: list[str], *, is_one: bool = False, limit: int = 0) -> list[Entry]:
        """Give the entries below a base, or the base itself; what a directory refers to elsewhere is left out."""
        scope = ldap.SCOPE_BASE if is_one else ldap.SCOPE_SUBTREE
        connection = self._timed()
        found = connection.search_ext_s(base, scope, filter_text, attributes, timeout=self.deadline.left(), sizelimit=limit)
        return [
            Entry(dn, {name.lower(): [value.decode("utf-8", "replace") for value in values] for name, values in held.items()})
            for dn, held in found if dn
        ]  # fmt: skip

    def has_base(self) -> bool:
        with faults("BASE"):
            try:
                return bool(self.search(self.settings.search_base, "(objectClass=*)", ["1.1"], is_one=True))
            except ldap.NO_SUCH_OBJECT:
                return False

    def person(self, name: str) -> Entry | None:
        """Give the one person whom the filter finds by a name, None for nobody or several."""
        settings = self.settings
        wanted = (settings.username_attribute, settings.given_name_attribute, settings.family_name_attribute, settings.mail_attribute, "memberOf")
        with faults():
            try:
                found = self.search(settings.search_base, filter_for(settings.user_filter, name), [text for text in wanted if text], limit=2)
            except ldap.SIZELIMIT_EXCEEDED:
                return None
        return found[0] if len(found) == 1 else None
