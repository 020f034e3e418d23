"""Narrow a list by a person of the own organisation: the name goes by POST, the address that results holds a key."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _

from app.web.declarations import Declarations
from app.web.filters import PREFIX
from app.web.forms import Form
from app.web.language import current_language
from app.web.relation import relation_field, suggested
from app.web.staff_filter import StaffFilter


class LimitByNameMixin(Declarations):
    """Stands beside the filter panel for each relation to staff; works without script, and with suggestions."""

    def _staff_limit(self, name: str) -> StaffFilter:
        return next((found for found in self.filters if isinstance(found, StaffFilter) and found.name == name), None) or abort(404)

    def _limit_form(self, limit: StaffFilter, **sent: Any) -> Any:
        # Making a class costs more than filling its form, so each language's is made once.
        made = self.__dict__.setdefault("_limit_forms", {})
        key = (limit.name, current_language())
        if key not in made:
            label = _("%(field)s by name", field=limit.label)
            fields = {"person": relation_field(label, limit.staff, f"{type(self).__name__}.suggest_limit", limit.name)}
            made[key] = type("LimitForm", (Form,), fields)
        return made[key](**sent)

    def _kept(self) -> dict[str, Any]:
        return {name: values for name, values in request.args.to_dict(flat=False).items() if name != "after"}

    def limits_by_name(self) -> list[dict[str, Any]]:
        """Give the forms that the filter panel draws."""
        staff = [found for found in self.filters if isinstance(found, StaffFilter)]
        return [{"form": self._limit_form(found, formdata=None), "action": self.url("limit", name=found.name, **self._kept())} for found in staff]

    @expose("/limit/<name>", methods=["POST"])
    @has_access
    @permission_name("list")
    def limit(self, name: str) -> Any:
        """Lead to the list of one person's rows; a name that several or none have is told on the list as it was."""
        form = self._limit_form(self._staff_limit(name))
        if form.validate() and form.person.data is not None:
            return redirect(self.url("list", **{**self._kept(), PREFIX + name: str(form.person.data)}), 303)
        flash(" ".join(str(text) for text in form.person.errors) or _("Write a name first."), "danger")
        return redirect(self.url("list", **self._kept()), 303)

    @expose("/limit/<name>/suggest", methods=["POST"])
    @has_access
    @permission_name("list")
    def suggest_limit(self, name: str) -> Any:
        """Give up to ten people whom the list may be narrowed by."""
        return suggested(self._staff_limit(name).staff)
