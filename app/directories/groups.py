"""All groups of a person, those within groups too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ldap
from ldap.filter import escape_filter_chars

from app.directories.client import Client, Entry, faults
from app.directories.rules import normal_dn

# Active Directory's own rule: it walks the chain of groups itself.
_IN_CHAIN = "1.2.840.113556.1.4.1941"
_ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800"
DEEPEST, MOST, _AT_ONCE = 10, 500, 40
# Answers that say no more than that it cannot be asked so: what is known without it counts.
_NOT_SO = (ldap.NO_SUCH_OBJECT, ldap.SIZELIMIT_EXCEEDED, ldap.INAPPROPRIATE_MATCHING, ldap.UNWILLING_TO_PERFORM, ldap.INSUFFICIENT_ACCESS,
           ldap.INVALID_DN_SYNTAX, ldap.REFERRAL)  # fmt: skip


def groups_of(client: Client, dn: str, member_of: Iterable[str]) -> frozenset[str]:
    """Give the distinguished names of a person's groups, in their one spelling; `member_of` is what the person's entry says.

    Raises DirectoryUnavailableError when the directory does not answer.
    """
    with faults():
        found = {normal_dn(group): group for group in member_of}
        if client.settings.is_active_directory and _walks_itself(client) and (chain := _chain(client, dn)):
            return frozenset(found) | {normal_dn(group.dn) for group in chain}
        return _walked(client, dn, found)


def _walks_itself(client: Client) -> bool:
    """Ask the server what it can, since one that does not know the rule answers as if nobody were in a group."""
    about = client.search("", "(objectClass=*)", ["supportedCapabilities"], is_one=True)
    return bool(about) and _ACTIVE_DIRECTORY in about[0].values.get("supportedcapabilities", [])


def _chain(client: Client, dn: str) -> list[Entry]:
    """Let the server walk; nothing when it will not, or finds more than it may tell."""
    try:
        return client.search(client.settings.group_base, f"(member:{_IN_CHAIN}:={escape_filter_chars(dn)})", ["1.1"])
    except _NOT_SO:
        return []


def _walked(client: Client, dn: str, found: dict[str, str]) -> frozenset[str]:
    """Walk breadth first from the person upwards; each group is met once, so that a circle of groups ends.

    Groups may be kept as `member` of the group, as `memberOf` of what is in it, or both: each level asks for both.
    """
    level = [dn, *found.values()]
    for _depth in range(DEEPEST):
        fresh: dict[str, str] = {}
        for group, above in _above(client, level, has_read=dn):
            for name in (group, *above):
                if name and normal_dn(name) not in found:
                    fresh[normal_dn(name)] = name
        if not fresh or len(found) + len(fresh) > MOST:
            break
        found |= fresh
        level = [*fresh.values()]
    return frozenset(found)


def _above(client: Client, level: list[str], has_read: str) -> Iterator[tuple[str, list[str]]]:
    """Give (group, groups it is in) of the groups that hold somebody of the level, and what the level's own groups say they are in."""
    for start in range(0, len(level), _AT_ONCE):
        part = level[start : start + _AT_ONCE]
        members = "".join(f"(member={name})(uniqueMember={name})" for name in map(escape_filter_chars, part))
        try:
            for group in client.search(client.settings.group_base, f"(|{members})", ["memberOf"]):
                yield group.dn, group.values.get("memberof", [])
        except _NOT_SO:
            return
    for name in level:
        if name != has_read:
            try:
                for group in client.search(name, "(objectClass=*)", ["memberOf"], is_one=True):
                    yield "", group.values.get("memberof", [])
            except _NOT_SO:
                # A group may be named by a person and yet lie where the service account does not see.
                continue
