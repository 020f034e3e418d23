"""The base of every generated view: FAB's declarations, our reads, writes and pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _

from app.audit.record import record_event
from app.db.base import db
from app.web.declarations import Parent
from app.web.history import HistoryMixin
from app.web.reading import ReadingMixin
from app.web.relation import suggested
from app.web.restricted import RestrictedMixin
from app.web.table import Column
from app.web.transaction import client_ids_of

__all__ = ["BaseView", "Parent"]


class BaseView(ReadingMixin, HistoryMixin, RestrictedMixin):
    """Declare a feature's pages; see `app/clients/views.py` for the shape."""

    # Actions that ask something before they are done to the ticked rows → their form; its values go to the action by name.
    action_forms: Any = {}
    # What names a row where an action tells of each; the first column of the list without.
    result_columns: Any = ()

    @expose("/suggest/<name>", methods=["POST"])
    @has_access
    def suggest(self, name: str) -> Any:
        """Give up to ten rows that a relation field may take; the words go by POST, so no address holds them."""
        return suggested(self.relations.get(name) or abort(404))

    # -- FAB's routes: corrected, or answered with 404 rather than stock behaviour -----------------

    @expose("/download/<string:filename>")
    @has_access
    def download(self, filename: str) -> Any:
        abort(404)

    @expose("/action/<string:name>/<pk>", methods=["POST"])
    @has_access
    def action(self, name: str, pk: str) -> Any:
        """Run one named action on one row, seen through the scope."""
        return self.run_action(name, [self.row_or_404(pk)], self.url("show", pk=pk))

    @expose("/action_post", methods=["POST"])
    @has_access
    def action_post(self) -> Any:
        """Run one named action on the rows ticked in this view's own form."""
        rows = [self.row_or_404(pk) for pk in request.form.getlist("rowid")[:100]]
        back = self.url("list", **request.args.to_dict(flat=False))
        if rows:
            return self.run_action(request.form.get("action", ""), rows, back)
        flash(_("You selected no rows."), "warning")
        return redirect(back, 303)

    def run_action(self, name: str, rows: Any, back: str) -> Any:
        """Run an action and tell of each row what became of it; an action that gives nothing goes back at once."""
        found = self.actions.get(name)
        if found is None:
            abort(404)
        if not self.appbuilder.sm.has_access(self.get_action_permission_name(name), self.class_permission_name):
            abort(403)
        form = self.action_forms[name]() if name in self.action_forms else None
        if (found.confirmation or form) and self.must_confirm():
            return self._asked_of_action(found, rows, back, form and type(form)(formdata=None))
        if form and not form.validate():
            return self._asked_of_action(found, rows, back, form), 422
        outcome = found.func(rows, **{field: value for field, value in form.data.items() if field != "csrf_token"}) if form else found.func(rows)
        return self._told(str(found.text), outcome, back) if isinstance(outcome, list) else redirect(back, 303)

    def _asked_of_action(self, found: Any, rows: Any, back: str, form: Any = None) -> Any:
        """Show which rows the action would reach before it does; a list of many is ticked wrong more easily than one."""
        html = self.render_template(
            "koto/confirmation.html", title=str(found.text), lead=str(found.confirmation or ""), panels=(), form=form, form_action=request.full_path,
            carried=[*(("rowid", row.id) for row in rows), ("action", found.name)], cancel_url=back, submit_label=_("Yes: %(action)s", action=found.text),
            main_form="main-form", columns=self.columns_for(self.list_columns), rows=self.rows_for(rows, self.list_columns), is_form=False,
        )  # fmt: skip
        record_event(db.session, f"{self.event}:listed", client_ids={key for item in rows for key in client_ids_of(item)})
        db.session.commit()
        return html

    def _told(self, title: str, outcome: Sequence[tuple[Any, str]], back: str) -> Any:
        """Show (row, sentence) of each row."""
        names = self.result_columns or self.list_columns[:1]
        columns = [*(Column(name, self.label_columns[name]) for name in names), Column("result", _("Result"))]
        rows = self.rows_for([item for item, _text in outcome], names)
        for row, (_item, text) in zip(rows, outcome, strict=True):
            row.texts.append(text)
        html = self.render_template("koto/action_result.html", title=title, columns=columns, rows=rows, back_url=back)
        record_event(db.session, f"{self.event}:listed", client_ids={key for item, _text in outcome for key in client_ids_of(item)})
        db.session.commit()
        return html
