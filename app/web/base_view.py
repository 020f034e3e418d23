"""The base of every generated view: FAB's declarations, our reads, writes and pages."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, jsonify, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _

from app.web.declarations import Parent
from app.web.reading import ReadingMixin
from app.web.writing import WritingMixin

__all__ = ["BaseView", "Parent"]


class BaseView(ReadingMixin, WritingMixin):
    """Declare a feature's pages; see `app/clients/views.py` for the shape."""

    @expose("/suggest/<name>", methods=["POST"])
    @has_access
    def suggest(self, name: str) -> Any:
        """Give up to ten rows that a relation field may take; the words go by POST, so no address holds them."""
        relation = self.relations.get(name) or abort(404)
        asked = request.get_json(silent=True)
        words = asked.get("q") if isinstance(asked, dict) else None
        if not isinstance(words, str):
            abort(400)
        return jsonify([{"id": key, "text": text} for key, text in relation.find(words[:100])])

    # -- FAB's routes: corrected, or answered with 404 rather than stock behaviour -----------------

    @expose("/download/<string:filename>")
    @has_access
    def download(self, filename: str) -> Any:
        abort(404)

    @expose("/action/<string:name>/<pk>", methods=["POST"])
    @has_access
    def action(self, name: str, pk: str) -> Any:
        """Run one named action on one row, seen through the scope."""
        self.run_action(name, [self.row_or_404(pk)])
        return redirect(self.url("show", pk=pk), 303)

    @expose("/action_post", methods=["POST"])
    @has_access
    def action_post(self) -> Any:
        """Run one named action on the rows ticked in this view's own form."""
        rows = [self.row_or_404(pk) for pk in request.form.getlist("rowid")[:100]]
        if rows:
            self.run_action(request.form.get("action", ""), rows)
        else:
            flash(_("You selected no rows."), "warning")
        return redirect(self.url("list", **request.args.to_dict(flat=False)), 303)

    def run_action(self, name: str, rows: Any) -> None:
        found = self.actions.get(name)
        if found is None:
            abort(404)
        if not self.appbuilder.sm.has_access(self.get_action_permission_name(name), self.class_permission_name):
            abort(403)
        found.func(rows)
