"""The filter of a relation to staff: me, nobody, or people of the own organisation by their keys.

A list costs no statement more while it is not narrowed so: nobody is listed in the panel before somebody asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, g
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_
from werkzeug.datastructures import MultiDict

from app.access.actor import current_actor
from app.web.filter_parts import PREFIX, Chip, Control
from app.web.relation import Relation

AT_MOST = 10


@dataclass(frozen=True)
class StaffFilter:
    """Me, nobody, and whoever `staff` knows; any other key answers 400, so that no name is told by trying keys."""

    name: str
    label: Any
    column: Any
    staff: Relation

    @property
    def arguments(self) -> tuple[str, ...]:
        return (PREFIX + self.name,)

    def chosen(self, args: MultiDict[str, str]) -> dict[str, str]:
        """Give the text of each value in use."""
        fixed = {"me": _("Me"), "nobody": _("Nobody")}
        values = [value for value in args.getlist(PREFIX + self.name) if value]
        if len(values) > AT_MOST:
            abort(400)
        return {value: fixed.get(value) or self._name(value) for value in values}

    def _name(self, key: str) -> str:
        """Give the name of a person; read once a request."""
        names = g.setdefault("staff_names", {})
        if (self.name, key) not in names:
            try:
                names[self.name, key] = self.staff.text_of(self.staff.coerce(key))
            except ValueError:
                abort(400)
        return str(names[self.name, key] or abort(400))

    def where(self, args: MultiDict[str, str]) -> list[ColumnElement[bool]]:
        found, actor = self.chosen(args), current_actor()
        mine = [actor.user_id] if actor and "me" in found else []
        keys = [*mine, *(self.staff.coerce(value) for value in found if value not in ("me", "nobody"))]
        parts = [*([self.column.in_(keys)] if keys else []), *([self.column.is_(None)] if "nobody" in found else [])]
        return [or_(*parts)] if parts else []

    def chips(self, args: MultiDict[str, str]) -> list[Chip]:
        return [Chip(_("%(name)s: %(value)s", name=self.label, value=text), PREFIX + self.name, value) for value, text in self.chosen(args).items()]

    def controls(self, args: MultiDict[str, str]) -> list[Control]:
        found = self.chosen(args)
        offered = {"me": _("Me"), "nobody": _("Nobody")} | found
        return [Control("checks", PREFIX + self.name, str(self.label), [(value, text, value in found) for value, text in offered.items()])]
