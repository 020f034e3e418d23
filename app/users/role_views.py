"""Pages of roles: what each may do, in sentences. Roles are code (`app/access/roles.py`), so nothing here changes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.lists import format_list
from flask import abort, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l

from app.access.roles import ROLES, SEES_CLIENTS
from app.codes.lists import label
from app.web.language import current_language

DEEDS = {
    "can_list": _l("see the list"), "can_show": _l("open an entry"), "can_search": _l("search"), "can_add": _l("add"),
    "can_edit": _l("edit"), "can_delete": _l("delete"), "can_identity_code": _l("see the whole identity code"),
    "can_interview": _l("write the initial interview"), "can_complete": _l("complete the assessment"),
    "can_agree": _l("agree the plan"), "can_print": _l("open the print page"), "take": _l("take clients as own"),
    "can_export": _l("take the list out as a file"), "can_index": _l("open the front page"),
    "can_team": _l("see how the work is shared in the team"),
}  # fmt: skip
# Parts of other deeds: suggestions belong to a form, the address of ticked rows to the actions named above.
PARTS = frozenset({"can_suggest", "can_action_post"})


class RoleView(BaseView):  # type: ignore[misc]
    route_base = "/roles"
    default_view = "list"
    list_title = _l("Roles")
    base_permissions = ["can_list", "can_show"]

    def _view(self, name: str) -> Any:
        return next(view for view in self.appbuilder.baseviews if type(view).__name__ == name)

    def _subject(self, view_name: str) -> str:
        return str(getattr(self._view(view_name), "list_title", None) or _("My work"))

    def _words(self, view_name: str) -> dict[str, Any]:
        """Give the words of each permission, those that the view declares of its own too."""
        return DEEDS | getattr(self._view(view_name), "deeds", {})

    def _subjects(self) -> list[tuple[str, str]]:
        """Give (view, what it is about) of every view in the table of roles, in the reader's order of letters."""
        views = {view for permissions in ROLES.values() for view in permissions}
        return sorted(((view, self._subject(view)) for view in views), key=lambda pair: pair[1].casefold())

    def deeds_of(self, role: str) -> list[dict[str, str]]:
        """Give what a role may do with each kind of entry, one sentence each."""
        rows = []
        for view, subject in self._subjects():
            deeds = [str(text) for permission, text in self._words(view).items() if permission in ROLES[role].get(view, ())]
            if deeds:
                rows.append({"label": subject, "text": format_list(deeds, locale=current_language())})
        return rows

    def matrix(self, roles: Sequence[str]) -> list[dict[str, Any]]:
        """Give the deeds by subject; each says which of the roles may do it."""
        groups = []
        for view, subject in self._subjects():
            rows = [
                {"deed": text, "allowed": [permission in ROLES[role].get(view, ()) for role in roles]} for permission, text in self._words(view).items()
            ]  # fmt: skip
            rows = [row for row in rows if any(row["allowed"])]
            if rows:
                groups.append({"subject": subject, "rows": rows})
        return groups

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        """Show all roles, or with `first` and `second` only where two roles differ."""
        first, second = request.args.get("first"), request.args.get("second")
        roles = [*ROLES] if not first or not second else [first, second]
        if not set(roles) <= ROLES.keys():
            abort(400)
        groups = self.matrix(roles)
        if len(roles) == 2:
            groups = [{**group, "rows": [row for row in group["rows"] if len(set(row["allowed"])) > 1]} for group in groups]
        names = {role: label("ROLE", role, current_language()) for role in ROLES}
        return self.render_template(
            "koto/roles.html", title=_("Roles"), lead=_("A right is a role in an organisation for a period. Here is what each role may do."),
            groups=[group for group in groups if group["rows"]], first=first, second=second, names=names,
            roles=[{"name": names[role], "url": url_for("RoleView.show", role=role), "sees": role in SEES_CLIENTS} for role in roles],
        )  # fmt: skip

    @expose("/show/<role>")
    @has_access
    def show(self, role: str) -> Any:
        if role not in ROLES:
            abort(404)
        sees = _("Sees client data") if role in SEES_CLIENTS else _("Sees no client")
        holders = url_for("AccessGrantView.list", **{"f.role": role})  # type: ignore[arg-type]
        buttons = [(_("Who holds the role"), holders, "primary"), (_("To the roles"), url_for("RoleView.list"), "secondary")]
        return self.render_template(
            "koto/show.html", title=label("ROLE", role, current_language()), subtitle=sees, related=[],
            buttons=[{"label": text, "url": url, "method": "get", "kind": kind, "confirm_text": None} for text, url, kind in buttons],
            groups=[{"title": _("What the role may do"), "items": self.deeds_of(role)}],
        )  # fmt: skip
