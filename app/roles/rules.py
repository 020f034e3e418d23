"""What a narrower role may leave out. Pure functions over (view, permission) pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Pair = tuple[str, str]

# Parts of other deeds: suggestions belong to a form, the address of ticked rows to the actions on them.
PARTS = frozenset({"can_suggest", "can_action_post"})
# Deeds that show no form with a field to fill in.
_WITHOUT_FIELDS = PARTS | {"can_list", "can_show", "can_search", "can_export", "can_history", "can_print", "can_delete", "take", "open_rights", "end_left"}
_FIRST = frozenset({"can_list", "can_index"})


def needed_for(permission: str) -> str | None:
    """Give the permission without which another one of the same view leads nowhere, None for a first one."""
    if permission in _FIRST:
        return None
    # An action on ticked rows has a bare name.
    if permission in ("can_show", "can_search", "can_export") or not permission.startswith("can_"):
        return "can_list"
    return "can_index" if permission == "can_team" else "can_show"


def gaps(allowed: Iterable[Pair], base: Iterable[Pair]) -> Iterator[tuple[str, str, str]]:
    """Give (view, permission, the permission it needs) of each deed that is allowed without what it stands on.

    What the base role itself lacks is not asked for.
    """
    allowed, base = set(allowed), set(base)
    for view, permission in sorted(allowed - {pair for pair in base if pair[1] in PARTS}):
        needed = needed_for(permission)
        if needed and (view, needed) in base and (view, needed) not in allowed:
            yield view, permission, needed


def _with_fields(view: str, base: set[Pair]) -> set[Pair]:
    """Give the deeds of a view that suggestions serve: those with a form, else the list that is narrowed by them."""
    return {(view, name) for other, name in base if other == view and name not in _WITHOUT_FIELDS} or {(view, "can_list")}


def withheld(base: Iterable[Pair], allowed: Iterable[Pair]) -> frozenset[Pair]:
    """Give what the base role holds and the narrower one does not, so that it can never hold more than its base.

    A part goes with the last of the deeds it belongs to.
    """
    base, allowed = set(base), set(allowed)
    gone = {pair for pair in base - allowed if pair[1] not in PARTS}
    left = base - gone
    for view, permission in base - gone:
        if permission == "can_suggest" and not left & _with_fields(view, base):
            gone.add((view, permission))
        if permission == "can_action_post" and all(name.startswith("can_") for other, name in left if other == view):
            gone.add((view, permission))
    return frozenset(gone)
