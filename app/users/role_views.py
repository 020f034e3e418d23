"""Pages of roles: what each may do, in sentences. Roles are code (`app/access/roles.py`), so nothing here changes them."""

from __future__ import annotations

from typing import Any

from babel.lists import format_list
from flask import abort, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l, ngettext

from app.access.roles import ROLES, SEES_CLIENTS
from app.codes.lists import label
from app.web.language import current_language

DEEDS = {
    "can_list": _l("see the list"), "can_show": _l("open an entry"), "can_search": _l("search"), "can_add": _l("add"),
    "can_edit": _l("edit"), "can_delete": _l("delete"), "can_identity_code": _l("see the whole identity code"),
    "can_interview": _l("write the initial interview"), "can_complete": _l("complete the assessment"),
    "can_agree": _l("agree the plan"), "can_print": _l("open the print page"), "take": _l("take clients as own"),
    "can_index": _l("open the front page"),
}  # fmt: skip
# Parts of other deeds: suggestions belong to a form, the address of ticked rows to the actions named above.
PARTS = frozenset({"can_suggest", "can_action_post"})


class RoleView(BaseView):  # type: ignore[misc]
    route_base = "/roles"
    default_view = "list"
    base_permissions = ["can_list", "can_show"]

    def _subject(self, view_name: str) -> str:
        view = next(view for view in self.appbuilder.baseviews if type(view).__name__ == view_name)
        return str(getattr(view, "list_title", None) or _("My work"))

    def deeds_of(self, role: str) -> list[dict[str, str]]:
        """Give what a role may do with each kind of entry, one sentence each."""
        rows = []
        for view, permissions in ROLES[role].items():
            deeds = [str(text) for permission, text in DEEDS.items() if permission in permissions]
            rows.append({"label": self._subject(view), "text": format_list(deeds, locale=current_language())})
        return sorted(rows, key=lambda row: row["label"].casefold())

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        names = {"role": _("Role"), "clients": _("Client data")}
        rows = []
        for role in ROLES:
            texts = {"role": label("ROLE", role, current_language()), "clients": _("Sees client data") if role in SEES_CLIENTS else _("Sees no client")}
            cells = [{"label": names[name], "text": text} for name, text in texts.items()]
            rows.append({"pk": role, "url": url_for("RoleView.show", role=role), "cells": cells})
        return self.render_template(
            "koto/list.html", title=_("Roles"), lead=_("A right is a role in an organisation for a period. Here is what each role may do."),
            columns=[{"name": name, "label": text, "order": None, "url": None} for name, text in names.items()], rows=rows,
            count_text=ngettext("%(num)d entry", "%(num)d entries", len(rows)),
        )  # fmt: skip

    @expose("/show/<role>")
    @has_access
    def show(self, role: str) -> Any:
        if role not in ROLES:
            abort(404)
        sees = _("Sees client data") if role in SEES_CLIENTS else _("Sees no client")
        back = {"label": _("To the roles"), "url": url_for("RoleView.list"), "method": "get", "kind": "secondary", "confirm_text": None}
        return self.render_template(
            "koto/show.html", title=label("ROLE", role, current_language()), subtitle=sees, buttons=[back],
            groups=[{"title": _("What the role may do"), "items": self.deeds_of(role)}], related=[],
        )  # fmt: skip
