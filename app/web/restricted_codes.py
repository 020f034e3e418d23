"""Restricted values of code lists (`app/codes/restricted.py`): who lacks the right sees a word in their place, everywhere.

Pages, lists, the API and files ask the sight; forms and filters offer such a value to nobody else, and a form keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, g, has_request_context
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.access.visibility import ABSENT, WHOLE, Sight
from app.codes.lists import choices, label
from app.codes.restricted import RESTRICTED_CODES, RESTRICTED_COLUMNS, is_restricted_code
from app.web.language import current_language

PERMISSION, VIEW = "can_trafficking", "ClientView"
TRAFFICKING_DEEDS = {PERMISSION: _l("see who is a victim of trafficking from grounds of permits and assessments")}
# What a form sends in the place of a value that its reader does not see.
KEPT = "_restricted"
MASK = _l("Restricted")


def sees_restricted_codes() -> bool:
    """Tell whether the reader holds the right; nobody who is not signed in does."""
    if not has_request_context() or current_actor() is None:
        return False
    if "sees_restricted_codes" not in g:
        g.sees_restricted_codes = bool(current_app.appbuilder.sm.has_access(PERMISSION, VIEW))  # type: ignore[attr-defined]
    return bool(g.sees_restricted_codes)


def is_hidden(list_name: str | None, code: object) -> bool:
    """Tell whether this reader sees a word in the place of a code."""
    return is_restricted_code(list_name, code) and not sees_restricted_codes()


def is_restricted_column(model: Any, name: str) -> bool:
    """Tell whether a column holds something only beside a restricted value."""
    return (getattr(model, "__tablename__", None), name) in RESTRICTED_COLUMNS


def text_of_code(list_name: str, code: str) -> str:
    """Give a code in words as this reader sees it."""
    return str(MASK) if is_hidden(list_name, code) else label(list_name, code, current_language())


def choices_seen(list_name: str) -> list[tuple[str, str]]:
    """Give the (code, label) pairs that this reader may choose among."""
    found = choices(list_name, current_language())
    return [pair for pair in found if not is_hidden(list_name, pair[0])] if list_name in RESTRICTED_CODES else found


class RestrictedCodeSight:
    """Masks a restricted value in a row; the column is whole, for its other values are."""

    def prepare(self, items: Sequence[Any]) -> None:
        return None

    def speaks_now(self) -> bool:
        return not sees_restricted_codes()

    def speaks_of(self, model: Any, name: str) -> bool:
        return _list_of(model, name) in RESTRICTED_CODES or is_restricted_column(model, name)

    def of_row(self, item: Any, name: str) -> Sight:
        if is_restricted_column(type(item), name):
            return self.of_column(type(item), name)
        return Sight(mask=MASK) if is_hidden(_list_of(type(item), name), getattr(item, name)) else WHOLE

    def of_column(self, model: Any, name: str) -> Sight:
        return ABSENT if is_restricted_column(model, name) and not sees_restricted_codes() else WHOLE


def _list_of(model: Any, name: str) -> str | None:
    info = getattr(getattr(model, name, None), "info", None) or {}
    found: str | None = info.get("codes")
    return found
