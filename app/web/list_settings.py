"""A reader's own columns, rows per page and saved limits of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, g, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.access.actor import current_actor
from app.access.visibility import offered_columns, whole_columns
from app.db.base import db
from app.web.declarations import Declarations
from app.web.filters import PREFIX, FilterPanel
from app.web.preferences import SETTINGS, Preference, drop_preference, keep_preference, preferences_of
from app.web.whose import CLIENT_NAME

SIZES = ("25", "50", "100")


class ListSettingsMixin(Declarations):
    """`more_columns` names columns that a reader may add to `list_columns`."""

    more_columns: tuple[str, ...] = ()

    def filter_panel(self) -> FilterPanel:
        """Give the panel of the fields that the reader sees whole; a limit on another answers 400 as an unknown one does."""
        made: dict[str, FilterPanel] = g.setdefault("filter_panels", {})
        if self.endpoint not in made:
            seen = whole_columns(self.datamodel.obj, self.search_columns)
            made[self.endpoint] = FilterPanel([one for one in self.filters if one.name in seen], request.args)
        return made[self.endpoint]

    def orders_offered(self) -> list[str]:
        """Give the columns that the reader may order by; the list's own order tells nothing, as its rows hold no value of it."""
        made: dict[str, list[str]] = g.setdefault("orders_offered", {})
        if self.endpoint not in made:
            made[self.endpoint] = [*whole_columns(self.datamodel.obj, self.order_columns), self.base_order[0]]
        return made[self.endpoint]

    def preferences(self) -> Sequence[Preference]:
        """Give the reader's preferences of this list; read once a request."""
        kept = g.setdefault("list_preferences", {})
        if self.endpoint not in kept:
            actor = current_actor()
            kept[self.endpoint] = preferences_of(db.session, actor.user_id, self.endpoint) if actor else ()
        found: Sequence[Preference] = kept[self.endpoint]
        return found

    def _settings(self) -> Mapping[str, Any]:
        return next((row.values for row in self.preferences() if row.name == SETTINGS), {})

    def columns_offered(self) -> list[str]:
        made: dict[str, list[str]] = g.setdefault("columns_offered", {})
        if self.endpoint not in made:
            made[self.endpoint] = offered_columns(self.datamodel.obj, [*self.list_columns, *self.more_columns])
        return made[self.endpoint]

    def chosen_columns(self) -> list[str]:
        """Give the reader's columns that the view still offers; the first one, which opens the row, always stays."""
        chosen = self._settings().get("columns") or self.list_columns
        offered = [name for name in self.columns_offered() if name != CLIENT_NAME or not self.is_under_parent()]
        return [name for name in offered if name in chosen or name == offered[0]]

    def rows_per_page(self) -> str:
        size = str(self._settings().get("psize", SIZES[0]))
        return size if size in SIZES else SIZES[0]

    def settings_shown(self) -> dict[str, Any]:
        """Give what the list page draws: columns, sizes, saved limits, and whether the limits in use can be saved."""
        chosen, size_chosen = self.chosen_columns(), self.rows_per_page()
        saved = [
            {"key": row.id, "name": row.name, "url": self.url("list", **row.values)} for row in self.preferences() if row.name != SETTINGS
        ]  # fmt: skip
        return {
            "columns": [(name, self.label_columns[name], name in chosen) for name in self.columns_offered()[1:]],
            "sizes": [(size, size) for size in SIZES], "size": size_chosen, "saved": saved,
            "url": self.url("preferences_kept", **request.args.to_dict(flat=False)),
            "export_url": self.url("export", **request.args.to_dict(flat=False)) if self.may("export") else None,
            "can_save": any(name.startswith(PREFIX) for name in request.args),
        }  # fmt: skip

    def _back(self) -> Any:
        return redirect(self.url("list", **request.args.to_dict(flat=False)), 303)

    @expose("/preferences", methods=["POST"])
    @has_access
    @permission_name("list")
    def preferences_kept(self) -> Any:
        """Keep the reader's columns and size, or the limits of this address under a name; or drop a saved one."""
        actor = current_actor() or abort(403)
        act = request.form.get("act")
        if act == "settings":
            self._keep_settings(actor.user_id)
        elif act == "save":
            self._save_limits(actor.user_id)
        elif act == "drop":
            drop_preference(db.session, actor.user_id, request.form.get("key", ""))
            flash(_("The saved limits were removed."), "success")
        else:
            abort(400)
        db.session.commit()
        return self._back()

    def _keep_settings(self, user_id: int) -> None:
        columns, size = request.form.getlist("columns"), request.form.get("psize", "")
        if not set(columns) <= set(self.columns_offered()) or size not in SIZES:
            abort(400)
        keep_preference(db.session, user_id, self.endpoint, SETTINGS, {"columns": columns, "psize": size})
        flash(_("The list is now as you chose."), "success")

    def _save_limits(self, user_id: int) -> None:
        limits = {name: values for name, values in request.args.to_dict(flat=False).items() if name.startswith(PREFIX) or name in ("order", "direction")}
        name = request.form.get("name", "").replace("\0", "").strip()[:60]
        FilterPanel(self.filters, MultiDict(request.args)).chips()
        if not name or not limits:
            flash(_("Give the saved limits a name."), "danger")
        elif keep_preference(db.session, user_id, self.endpoint, name, limits):
            flash(_("The limits are saved under “%(name)s”.", name=name), "success")
        else:
            flash(_("You have as many saved limits as fit. Remove one first."), "danger")
