"""What is needed to ask a directory, without a database behind it: it can be handed to a thread."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.directories.models import Directory
from config import LdapSettings

ATTRIBUTES = ("username", "given_name", "family_name", "mail")


@dataclass(frozen=True, kw_only=True)
class DirectorySettings:
    """One directory; `ca_file` is a file of the installation, `ca_certificate` a text in PEM form."""

    url: str
    search_base: str
    group_base: str
    bind_dn: str
    bind_secret: str = field(repr=False)
    starttls: bool = True
    ca_file: str | None = None
    ca_certificate: str | None = field(default=None, repr=False)
    user_filter: str = "(uid={username})"
    username_attribute: str = "uid"
    given_name_attribute: str = "givenName"
    family_name_attribute: str = "sn"
    mail_attribute: str | None = "mail"
    is_active_directory: bool = False


def settings_of(directory: Directory) -> DirectorySettings:
    """Give the settings of a row."""
    return DirectorySettings(
        url=directory.url, search_base=directory.search_base, group_base=directory.group_base or directory.search_base,
        bind_dn=directory.bind_dn, bind_secret=directory.bind_secret, starttls=directory.starttls and directory.url.startswith("ldap://"),
        ca_certificate=directory.ca_certificate, user_filter=directory.user_filter, username_attribute=directory.username_attribute,
        given_name_attribute=directory.given_name_attribute, family_name_attribute=directory.family_name_attribute,
        mail_attribute=directory.mail_attribute, is_active_directory=directory.kind == "ACTIVE_DIRECTORY",
    )  # fmt: skip


def settings_of_installation(found: LdapSettings) -> DirectorySettings:
    """Give the settings of the one directory that the environment names; its groups stand beside its people."""
    beside = found.search.split(",", 1)[1] if found.search.lower().startswith("ou=") and "," in found.search else found.search
    return DirectorySettings(
        url=found.url, search_base=found.search, group_base=beside, bind_dn=found.bind_dn, bind_secret=found.bind_password,
        starttls=found.starttls, ca_file=found.ca_file,
    )  # fmt: skip
