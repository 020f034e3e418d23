"""What a role may do, as words: no name of a permission is ever shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from flask import current_app
from flask_babel import lazy_gettext as _l

from app.access.roles import ROLES
from app.roles.rules import PARTS, Pair
from app.web.language import current_language

DEEDS = {
    "can_list": _l("see the list"), "can_show": _l("open an entry"), "can_search": _l("search"), "can_add": _l("add"),
    "can_edit": _l("edit"), "can_delete": _l("delete"), "can_identity_code": _l("see the whole identity code"),
    "can_protected": _l("open protected contact details"), "can_interview": _l("write the initial interview"), "can_complete": _l("complete the assessment"),
    "can_agree": _l("agree the plan"), "can_print": _l("open the print page"), "take": _l("take clients as own"),
    "can_history": _l("see earlier versions"), "can_export": _l("take the list out as a file"), "can_index": _l("open the front page"),
    "can_team": _l("see how the work is shared in the team"), "can_give": _l("choose who has it"),
    "can_decide": _l("grant and refuse"), "can_invite": _l("invite to apply"), "can_end": _l("end"),
    "can_confirm": _l("confirm the need"), "end_left": _l("end the rights of those who left"), "open_rights": _l("open granted rights"),
    "can_reset_second_factor": _l("reset two-step sign-in"),
}  # fmt: skip


def view_named(view_name: str) -> Any:
    """Give the registered view of a name in the table of roles."""
    return next(view for view in current_app.appbuilder.baseviews if type(view).__name__ == view_name)  # type: ignore[attr-defined]


def subject(view_name: str) -> Any:
    """Say what kind of entry a view is about; the text follows the reader's language."""
    return getattr(view_named(view_name), "list_title", None) or _l("My work")


def words_of(view_name: str) -> dict[str, Any]:
    """Give the words of each permission of a view, those that it declares of its own too."""
    return DEEDS | getattr(view_named(view_name), "deeds", {})


def pairs_of_role(role: str) -> frozenset[Pair]:
    """Give (view, permission) of everything a role of the release may do."""
    return frozenset((view, permission) for view, permissions in ROLES[role].items() for permission in permissions)


def by_subject(pairs: Iterable[Pair]) -> list[tuple[str, Any, list[str]]]:
    """Give (view, subject, permissions that have words) in the reader's order of letters."""
    found: dict[str, set[str]] = {}
    for view, permission in pairs:
        if permission not in PARTS:
            found.setdefault(view, set()).add(permission)
    rows = [(view, subject(view), [name for name in words_of(view) if name in names]) for view, names in found.items()]
    return sorted(rows, key=lambda row: str(row[1]).casefold())


def sentences(pairs: Iterable[Pair]) -> list[dict[str, str]]:
    """Give one line for each kind of entry: what it is, and what one may do with it."""
    return [
        {"label": str(title), "text": format_list([str(words_of(view)[name]) for name in permissions], locale=current_language())}
        for view, title, permissions in by_subject(pairs)
    ]  # fmt: skip
