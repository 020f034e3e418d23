"""The page of a file: what it holds, how it was read, and the way to have it read otherwise or taken away."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import select

from app.audit.record import record_event
from app.db.base import db
from app.db.types import is_id
from app.imports.engine.opening import choices_of
from app.imports.engine.storing import StoredFileError, opened
from app.imports.models import ImportBatch, ImportFile, ImportSheet
from app.imports.reading.limits import Limits
from app.imports.reading.preview import preview
from app.imports.workspace.actions import chosen, may_be_prepared, open_again, take_away
from app.imports.workspace.choices_form import ChoicesForm, as_shown
from app.imports.workspace.documents import document_of
from app.imports.workspace.profile_page import about, findings_shown, links_shown, preview_shown, sheets_shown
from app.imports.workspace.queries import own, own_batch
from app.web.base_view import BaseView
from app.web.interface import Interface

# A look at a file that could not be read waits no longer than a page may.
_LOOK = Limits(wall_seconds=15, cpu_seconds=15)


class ImportFileView(BaseView):
    route_base, event, datamodel = "/imports/file", "import", Interface(ImportFile)
    list_title = show_title = add_title = edit_title = _l("File of a move")
    label_columns = {"name": _l("File"), "size": _l("Size")}
    list_columns = show_columns = add_columns = edit_columns = ["name"]
    order_columns: list[str] = []
    search_columns = ["name"]
    base_order = ("added_at", "desc")
    is_of_clients = True
    base_permissions = ["can_show", "can_edit", "can_delete"]

    def row_or_404(self, pk: str) -> Any:
        file = db.session.scalar(own(select(ImportFile).where(ImportFile.id == pk), ImportFile)) if is_id(pk) else None
        return file or abort(404)

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        """Show what a file holds, with its first rows as they are; seeing them is an event."""
        file = self.row_or_404(pk)
        return self._page(file, self._batch_of(file), self._form(file))

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        """Read a file by other choices."""
        file, batch = self._changeable(pk)
        if request.method == "GET":
            return redirect(self.url("show", pk=pk), 303)
        form = ChoicesForm().asked_of(_kinds(document_of(file)))
        if not form.validate():
            return self._page(file, batch, form), 422
        open_again(db.session, batch, file, form.choices())
        flash(_("The file was read again. See whether it is right now."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        """Take a file out of its move."""
        file, batch = self._changeable(pk)
        take_away(db.session, batch, file)
        flash(_("The file was removed."), "success")
        return redirect(url_for("ImportBatchView.files", pk=batch.id), 303)

    def _batch_of(self, file: ImportFile) -> ImportBatch:
        return own_batch(db.session, file.batch_id) or abort(404)

    def _changeable(self, pk: str) -> tuple[ImportFile, ImportBatch]:
        file = self.row_or_404(pk)
        batch = self._batch_of(file)
        return (file, batch) if may_be_prepared(batch) and file.removed_at is None else abort(409)

    def _form(self, file: ImportFile) -> ChoicesForm:
        return ChoicesForm(formdata=None, data=as_shown(chosen(file))).asked_of(_kinds(document_of(file)))

    def _page(self, file: ImportFile, batch: ImportBatch, form: ChoicesForm) -> str:
        document = document_of(file)
        sheets = list(db.session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id).order_by(ImportSheet.position)))
        may = may_be_prepared(batch) and file.removed_at is None
        remove = {"label": _("Remove the file"), "url": self.url("delete", pk=file.id), "method": "post", "kind": "danger",
                  "confirm_text": _("The file, and what was decided of its sheets, is removed from this move. Nothing of any client changes.")}  # fmt: skip
        html: str = self.render_template(
            "koto/import_file.html", title=file.name, whose={"name": batch.name, "url": url_for("ImportBatchView.show", pk=batch.id)}, about=about(file),
            sheets=sheets_shown(document, sheets), looks=[] if sheets or file.removed_at or not document else self._look(file), links=links_shown(document), findings=findings_shown(document),
            is_usable=bool(sheets), is_waiting=not document, form=form if may and document and list(_fields(form)) else None, fields=list(_fields(form)), form_action=self.url("edit", pk=file.id),
            buttons=[remove] if may and self.may("delete") else [], back_url=url_for("ImportBatchView.files", pk=batch.id),
            next_url=url_for("ImportBatchView.sheets", pk=batch.id) if sheets else None,
        )  # fmt: skip
        record_event(db.session, "import:read", row_id=file.id)
        db.session.commit()
        return html

    def _look(self, file: ImportFile) -> list[dict[str, Any]]:
        """Give the beginning of a file that could not be read to its end, so that a person sees what to choose."""
        try:
            with opened(file) as path:
                return preview_shown(preview(path, file.name, choices_of(file), _LOOK, most=5))
        except StoredFileError:
            return []


def _kinds(document: dict[str, Any]) -> set[str]:
    return {sheet["kind"] for sheet in document.get("sheets", [])}


def _fields(form: ChoicesForm) -> Any:
    return (field for field in form if field.name != "csrf_token")
