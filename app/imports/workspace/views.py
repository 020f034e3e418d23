"""The pages of a move: its batch with the list of tasks, the files, what they hold, and what their sheets become."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _, lazy_gettext as _l, ngettext

from app.audit.record import record_event
from app.db.base import db
from app.imports.models import ImportBatch
from app.imports.reading.limits import MB, Limits
from app.imports.workspace import later_steps as _steps  # noqa: F401 -- registers all steps
from app.imports.workspace.actions import add_files, may_be_prepared
from app.imports.workspace.file_rows import contents_table, files_table, sheets_table
from app.imports.workspace.labels import BATCH, BATCH_HELP, STATUS_KINDS, size_text
from app.imports.workspace.queries import facts_of, files_of, own, own_batch, sheets_by_file, sheets_of
from app.imports.workspace.steps import tasks
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.large_requests import takes

_LIMITS = Limits()
# What is sent and encrypted within the time of a request.
_SENT_BYTES = 512 * MB
ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.json,.jsonl,.ndjson,.zip"


class ImportBatchView(BaseView):
    route_base, event, datamodel = "/imports", "import", Interface(ImportBatch)
    list_title, show_title = _l("Moving in of data"), _l("Move from an old system")
    add_title, edit_title = _l("Begin a move"), _l("Edit the move")
    list_lead = _l("A move brings the records of an old system here in steps. Nothing of any client is written before the step “Move in”, and it can be undone.")
    label_columns, description_columns = BATCH, BATCH_HELP
    list_columns = ["name", "product", "status", "created_at"]
    show_columns = ["product", "status", "most_percent", "created_at", "rehearsed_at", "committed_at", "signed_at"]
    add_columns = edit_columns = ["name", "product", "most_percent"]
    order_columns, base_order = ["name", "product", "created_at"], ("created_at", "desc")
    search_columns = ["status", "name", "product"]
    show_template = "koto/import_batch.html"
    is_in_navigation = True
    tags = {"status": lambda item: STATUS_KINDS[item.status]}
    base_permissions = ["can_list", "can_show", "can_add", "can_edit"]

    # -- one's own organisation's batches alone ------------------------------------------------------

    def restricted(self, query: Any) -> Any:
        return own(query, ImportBatch)

    def row_or_404(self, pk: str) -> Any:
        return own_batch(db.session, pk) or abort(404)

    # -- the batch -----------------------------------------------------------------------------------

    def title_of(self, item: ImportBatch) -> str:
        return item.name

    def subtitle_of(self, item: ImportBatch) -> str | None:
        return str(self.show_title)

    def may_change(self, item: ImportBatch) -> bool:
        return may_be_prepared(item)

    def rule_errors(self, form: Any, item: ImportBatch, parent: Any) -> list[tuple[str, str]]:
        if not 0 <= form.most_percent.data <= 100:
            return [("most_percent", _("Give a number between 0 and 100."))]
        return []

    def groups_for(self, item: ImportBatch) -> list[dict[str, Any]]:
        """Leave out what has not happened yet."""
        return [{**group, "title": _("About the move"), "items": [row for row in group["items"] if row["text"]]} for group in super().groups_for(item)]

    def more_of(self, item: ImportBatch) -> dict[str, Any]:
        return {"tasks": tasks(item, facts_of(db.session, item.id))}

    # -- step 1: files -------------------------------------------------------------------------------

    @expose("/files/<pk>", methods=["GET", "POST"])
    @has_access
    @takes(_SENT_BYTES)
    @permission_name("edit")
    def files(self, pk: str) -> Any:
        """Show the files of a move, or take more of them."""
        batch = self.row_or_404(pk)
        if request.method == "GET":
            return self._files_page(batch)
        if not may_be_prepared(batch):
            abort(409)
        sent = [(file.filename.replace("\\", "/").rsplit("/", 1)[-1], file.stream) for file in request.files.getlist("files") if file.filename]
        if not sent:
            return self._files_page(batch, _("Choose at least one file.")), 422
        kept = add_files(db.session, batch, sent)
        flash(ngettext("%(num)d file was added.", "%(num)d files were added.", len(kept)), "success")
        return redirect(self.url("files", pk=pk), 303)

    def _files_page(self, batch: ImportBatch, error: str | None = None) -> str:
        files, sheets = files_of(db.session, batch.id), sheets_by_file(sheets_of(db.session, batch.id))
        html: str = self.render_template(
            "koto/import_files.html", title=_("Files"), whose=self._about(batch), table=files_table(files, sheets), is_open=may_be_prepared(batch), error=error,
            accept=ACCEPTED, form_action=self.url("files", pk=batch.id), back_url=self.url("show", pk=batch.id),
            next_url=self.url("contents", pk=batch.id) if files else None, limits=self._limits(),
        )  # fmt: skip
        self._seen(batch)
        return html

    def _limits(self) -> str:
        return _("CSV and other delimited text, Excel (.xlsx), OpenDocument (.ods), JSON, JSON Lines, or a zip of such files; at most %(size)s at a time, "
                 "a workbook unpacked at most %(workbook)s. The files are kept encrypted, and removed when the certificate is signed.",
                 size=size_text(_SENT_BYTES), workbook=size_text(_LIMITS.workbook_bytes))  # fmt: skip

    # -- steps 2 and 3: what the files hold, and what their sheets become ------------------------------

    @expose("/contents/<pk>", methods=["GET"])
    @has_access
    @permission_name("show")
    def contents(self, pk: str) -> Any:
        """Show what each file was found to hold."""
        batch = self.row_or_404(pk)
        files, sheets = files_of(db.session, pk), sheets_by_file(sheets_of(db.session, pk))
        return self._table_page(batch, _("What the files hold"), _("Look at each file before you map it: were the letters, the columns and the headings read right?"),
                                contents_table(files, sheets), self.url("sheets", pk=pk))  # fmt: skip

    @expose("/sheets/<pk>", methods=["GET"])
    @has_access
    @permission_name("show")
    def sheets(self, pk: str) -> Any:
        """Show what becomes of each sheet."""
        batch = self.row_or_404(pk)
        return self._table_page(batch, _("Columns to fields"), _("Decide of each sheet what it holds and which field each column becomes, or why it is not brought."),
                                sheets_table(files_of(db.session, pk), sheets_of(db.session, pk)), None)  # fmt: skip

    def _table_page(self, batch: ImportBatch, title: str, lead: str, table: dict[str, Any], next_url: str | None) -> str:
        html: str = self.render_template(
            "koto/import_table.html", title=title, lead=lead, whose=self._about(batch), table=table, back_url=self.url("show", pk=batch.id), next_url=next_url,
            files_url=self.url("files", pk=batch.id) if self.may("edit") else None,
        )  # fmt: skip
        self._seen(batch)
        return html

    def _about(self, batch: ImportBatch) -> dict[str, str]:
        return {"name": batch.name, "url": self.url("show", pk=batch.id)}

    def _seen(self, batch: ImportBatch) -> None:
        record_event(db.session, "import:read", row_id=batch.id)
        db.session.commit()
