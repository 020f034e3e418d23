"""A narrower role is a subset by construction, and makes sense."""

from __future__ import annotations

import pytest

from app.access.roles import ROLES
from app.roles.rules import gaps, needed_for, withheld
from app.roles.sentences import DEEDS, pairs_of_role

V = "ClientView"
BASE = {(V, name) for name in ("can_list", "can_show", "can_edit", "can_add", "can_suggest", "take", "can_action_post")}


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        ({"can_list", "can_show", "can_edit"}, []),
        ({"can_list", "can_edit"}, [("can_edit", "can_show")]),
        ({"can_show"}, [("can_show", "can_list")]),
        ({"take"}, [("take", "can_list")]),
        (set(), []),
    ],
)
def test_a_deed_needs_what_it_stands_on(allowed: set[str], found: list[tuple[str, str]]) -> None:
    assert [(name, needed) for _view, name, needed in gaps({(V, name) for name in allowed}, BASE)] == found


@pytest.mark.parametrize(
    ("permission", "needed"),
    [
        ("can_list", None), ("can_index", None), ("can_show", "can_list"), ("can_search", "can_list"), ("can_export", "can_list"), ("take", "can_list"),
        ("can_edit", "can_show"), ("can_add", "can_show"), ("can_team", "can_index"),
    ],
)  # fmt: skip
def test_what_each_deed_stands_on(permission: str, needed: str | None) -> None:
    assert needed_for(permission) == needed


def test_what_the_base_role_lacks_is_not_asked_for() -> None:
    assert list(gaps({("PlanView", "can_list")}, {("PlanView", "can_list")})) == []


@pytest.mark.parametrize(
    ("allowed", "parts_gone"),
    [
        ({"can_list", "can_show", "can_edit", "take"}, set()),
        ({"can_list", "can_show", "take"}, {"can_suggest"}),
        ({"can_list", "can_show", "can_add"}, {"can_action_post"}),
        ({"can_list"}, {"can_suggest", "can_action_post"}),
    ],
)
def test_a_part_goes_with_its_last_deed(allowed: set[str], parts_gone: set[str]) -> None:
    gone = {name for _view, name in withheld(BASE, {(V, name) for name in allowed})}
    assert gone & {"can_suggest", "can_action_post"} == parts_gone


@pytest.mark.parametrize("deed", ["can_list", "can_send", "reassign"])
def test_suggestions_stay_as_long_as_a_deed_has_a_field_for_them(deed: str) -> None:
    base = {(V, name) for name in ("can_list", "can_show", "can_suggest", deed)}
    assert withheld(base, base - {(V, "can_suggest")}) == frozenset()
    assert (V, "can_suggest") in withheld(base, base - {(V, deed)})


def test_what_the_base_role_does_not_hold_cannot_be_added() -> None:
    assert withheld(BASE, {*BASE, ("RoleView", "can_list")}) == frozenset()


def test_every_deed_of_every_role_stands_on_one_of_the_same_view_or_first() -> None:
    for role in ROLES:
        assert list(gaps({pair for pair in pairs_of_role(role) if pair[1] in DEEDS}, pairs_of_role(role))) == []
    assert {name for name in DEEDS if needed_for(name) is None} == {"can_list", "can_index"}


@pytest.mark.parametrize("deed", ["can_list", "can_show", "can_search", "can_export", "can_history", "can_print", "can_delete", "take", "open_rights", "end_left"])
def test_suggestions_go_with_the_last_form_whatever_without_a_field_is_left(deed: str) -> None:
    base = {(V, "can_suggest"), (V, "can_edit"), (V, deed)}
    assert withheld(base, {(V, deed), (V, "can_suggest")}) == {(V, "can_suggest"), (V, "can_edit")}
