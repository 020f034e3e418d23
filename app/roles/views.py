"""Pages of the release's roles: what each may do, in sentences. They are code (`app/access/roles.py`); nothing here changes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import NOBODY_ID, current_actor
from app.access.roles import ROLES, SEES_CLIENTS
from app.codes.lists import label
from app.db.base import db
from app.roles.forms import held_by
from app.roles.queries import local_roles_of
from app.roles.rules import Pair
from app.roles.sentences import by_subject, pairs_of_role, sentences, words_of
from app.users.models import LocalRole
from app.web.language import current_language


def matrix(roles: Mapping[str, frozenset[Pair]]) -> list[dict[str, Any]]:
    """Give the deeds by subject; each says which of the roles may do it."""
    groups = by_subject(pair for pairs in roles.values() for pair in pairs)
    return [
        {"subject": title, "rows": [{"deed": words_of(view)[name], "allowed": [(view, name) in pairs for pairs in roles.values()]} for name in names]}
        for view, title, names in groups
    ]  # fmt: skip


def _own_roles() -> list[LocalRole]:
    actor = current_actor()
    return local_roles_of(db.session, actor.organisation_id if actor else NOBODY_ID)


class RoleView(BaseView):  # type: ignore[misc]
    route_base = "/roles"
    default_view = "list"
    list_title = _l("Roles")
    base_permissions = ["can_list", "can_show"]

    def _columns(self, names: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {"name": name, "url": url_for("RoleView.show", role=role) if role in ROLES else url_for("LocalRoleView.show", pk=role)}
            for role, name in names.items()
        ]  # fmt: skip

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        """Show the roles of the release, or with `first` and `second` where two roles differ, the organisation's own among them."""
        own = {role.id: role for role in _own_roles()}
        names = {role: label("ROLE", role, current_language()) for role in ROLES} | {key: role.name_in(current_language()) for key, role in own.items()}
        first, second = request.args.get("first"), request.args.get("second")
        asked = [*ROLES] if not first or not second else [first, second]
        if not set(asked) <= names.keys():
            abort(400)
        groups = matrix({role: held_by(own[role]) if role in own else pairs_of_role(role) for role in asked})
        if len(asked) == 2:
            groups = [{**group, "rows": [row for row in group["rows"] if len(set(row["allowed"])) > 1]} for group in groups]
        return self.render_template(
            "koto/roles.html", title=_("Roles"), lead=_("A right is a role in an organisation for a period. Here is what each role may do."),
            groups=[group for group in groups if group["rows"]], first=first, second=second, names=names,
            roles=self._columns({role: names[role] for role in asked}),
        )  # fmt: skip

    @expose("/show/<role>")
    @has_access
    def show(self, role: str) -> Any:
        if role not in ROLES:
            abort(404)
        sees = _("Sees client data") if role in SEES_CLIENTS else _("Sees no client")
        holders = url_for("AccessGrantView.list", **{"f.role": role})  # type: ignore[arg-type]
        buttons = [(_("Who holds the role"), holders, "primary"), (_("To the roles"), url_for("RoleView.list"), "secondary")]
        if self.appbuilder.sm.has_access("can_add", "LocalRoleView"):
            buttons.insert(1, (_("Make a narrower role of it"), url_for("LocalRoleView.add", base=role), "secondary"))
        return self.render_template(
            "koto/show.html", title=label("ROLE", role, current_language()), subtitle=sees, related=[],
            buttons=[{"label": text, "url": url, "method": "get", "kind": kind, "confirm_text": None} for text, url, kind in buttons],
            groups=[{"title": _("What the role may do"), "items": sentences(pairs_of_role(role))}],
        )  # fmt: skip
