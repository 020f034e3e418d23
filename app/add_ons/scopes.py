"""Scopes: what a token opens of the API, read from the API's own routes so that a new route has a scope at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import current_app
from flask_appbuilder.api import BaseApi
from flask_babel import gettext as _

from app.add_ons.rules import ROLES_FOR, Pairs, least_role
from app.roles.sentences import pairs_of_role, sentences


class Scope(NamedTuple):
    """One scope: its (permission, view) pairs, all of one view."""

    pairs: Pairs

    @property
    def words(self) -> str:
        """Say in the reader's language what it opens."""
        (told,) = sentences((view, permission) for permission, view in self.pairs)
        return _("%(subject)s: %(deeds)s", subject=told["label"], deeds=told["text"])


def scope_of_method(api: Any, method: str) -> str:
    """Give the name of the scope that a method of an API asks for: `RESOURCE:read` or `RESOURCE:write`."""
    verbs = {verb for _url, verbs in getattr(api, method)._urls for verb in verbs}
    return f"{api.resource_name}:{'read' if verbs <= {'GET'} else 'write'}"


def scopes() -> dict[str, Scope]:
    """Give all scopes by name; worked out once, when every API is registered."""
    known: dict[str, Scope] | None = current_app.extensions.get("koto_scopes")
    if known is None:
        found: dict[str, Scope] = {}
        for api in (view for view in current_app.appbuilder.baseviews if isinstance(view, BaseApi)):  # type: ignore[attr-defined]
            for method, permission in api.method_permission_name.items():
                if f"can_{permission}" not in api.base_permissions:
                    continue
                name, pair = scope_of_method(api, method), (f"can_{permission}", api.class_permission_name)
                before = found[name].pairs if name in found else frozenset()
                found[name] = Scope(before | {pair})
        known = current_app.extensions["koto_scopes"] = dict(sorted(found.items()))
    return known


def pairs_of_scopes(names: Iterable[str]) -> Pairs:
    """Give what scopes open; one that is no more opens nothing."""
    known = scopes()
    return frozenset(pair for name in names if name in known for pair in known[name].pairs)


def role_for(names: Iterable[str]) -> str | None:
    """Give the narrowest role that an add-on of these scopes can act in."""
    held = {role: frozenset((permission, view) for view, permission in pairs_of_role(role)) for role in ROLES_FOR}
    return least_role(pairs_of_scopes(names), held)
