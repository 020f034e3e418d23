"""The page of a sheet: which entity it holds and which field each column becomes, or why it is not brought."""

from __future__ import annotations

from collections.abc import Mapping as Dict, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_datetime, gettext as _, lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.base import db
from app.db.types import is_id, new_id
from app.imports.engine.entities import by_key
from app.imports.engine.mapping_of import kept_for
from app.imports.mapping.mapping import Mapping, MappingError
from app.imports.models import ImportBatch, ImportFile, ImportMapping, ImportSheet, json_list
from app.imports.workspace.actions import decide, may_be_prepared
from app.imports.workspace.documents import document_of, place_of, sheet_document, values_of
from app.imports.workspace.labels import BROKEN
from app.imports.workspace.map_form import NOT_BROUGHT, Broken, Reading, Sheet, as_fields, read
from app.imports.workspace.map_page import MapPage, entity_options, kept_options, reasons_of
from app.imports.workspace.map_suggested import Suggested, suggested
from app.imports.workspace.queries import own, own_batch
from app.imports.workspace.report_words import report_in_words
from app.web.base_view import BaseView
from app.web.drafts import draft_at, place_of_form
from app.web.interface import Interface
from app.web.large_requests import takes
from app.web.receipts import token_sent

# A wide sheet with many lists of values has thousands of fields.
_FORM_BYTES = 4 * 1024 * 1024
_LEAST = 0.5


@dataclass(frozen=True)
class _At:
    """A sheet with what its page needs to know of it."""

    item: ImportSheet
    batch: ImportBatch
    headings: tuple[str, ...]
    values: dict[str, list[str]]
    found: dict[str, Any]
    kept: Sequence[ImportMapping]
    mapping: Mapping | None

    @property
    def guesses(self) -> list[dict[str, Any]]:
        return self.found.get("seems_to_hold") or []

    @property
    def first_entity(self) -> str:
        """What the page begins with: what was decided, else the likeliest."""
        if self.item.entity:
            return self.item.entity
        likely = self.guesses[0] if self.guesses and self.guesses[0]["score"] >= _LEAST else None
        return NOT_BROUGHT if self.item.reason or likely is None else str(likely["entity"])

    def sheet(self, entity: str) -> Sheet:
        return Sheet(by_key()[entity], self.headings, self.values)

    def suggested(self, entity: str) -> Suggested:
        return suggested(self.sheet(entity), [Mapping.from_json(one.content) for one in self.kept])


class ImportSheetView(BaseView):
    route_base, event, datamodel = "/imports/sheet", "import", Interface(ImportSheet)
    list_title = show_title = add_title = edit_title = _l("Columns to fields")
    label_columns = {"name": _l("Sheet")}
    list_columns = show_columns = add_columns = edit_columns = ["name"]
    order_columns: list[str] = []
    search_columns = ["name"]
    base_order = ("position", "asc")
    is_of_clients = True
    base_permissions = ["can_edit"]

    def row_or_404(self, pk: str) -> Any:
        sheet = db.session.scalar(own(select(ImportSheet).where(ImportSheet.id == pk), ImportSheet)) if is_id(pk) else None
        return sheet or abort(404)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    @takes(_FORM_BYTES, _FORM_BYTES)
    def edit(self, pk: str) -> Any:
        """Decide what a sheet holds and what its columns become."""
        at = self._at(self.row_or_404(pk))
        if request.method == "GET":
            return self._opened(at)
        if not may_be_prepared(at.batch):
            abort(409)
        if done := self.done_before():
            return done
        return self._answered(at, {name: value for name, value in request.form.items() if name != "csrf_token"})

    # -- reading ---------------------------------------------------------------------------------------

    def _at(self, item: ImportSheet) -> _At:
        batch, file = own_batch(db.session, item.batch_id) or abort(404), db.session.get_one(ImportFile, item.file_id)
        siblings = list(db.session.scalars(select(ImportSheet).where(ImportSheet.file_id == item.file_id).order_by(ImportSheet.position)))
        document, place = document_of(file), place_of(item, siblings)
        mapping = Mapping.from_json(item.mapping) if item.mapping else None
        return _At(item, batch, tuple(json_list(item.columns)), values_of(document, place), sheet_document(document, place), kept_for(db.session, batch.org_id, batch.product), mapping)

    def _opened(self, at: _At) -> Any:
        """Show the form with the draft that was left, an earlier mapping that is asked for, what was decided, or what is suggested."""
        actor = current_actor()
        draft = draft_at(db.session, actor, place_of_form()) if actor else None
        if draft:
            fields = dict(draft.formdata.items())
            return self._page(at, fields, draft_from=format_datetime(draft.changed_at, "short"))
        if taken := request.args.get("kept"):
            return self._page(at, self._taken(at, taken), is_taken=True)
        return self._page(at, self._first_fields(at))

    def _first_fields(self, at: _At) -> dict[str, str]:
        entity = at.first_entity
        head = {"what": entity, "of": entity, "why": at.item.reason or ""}
        if entity == NOT_BROUGHT:
            return head
        return head | (as_fields(at.mapping, at.sheet(entity)) if at.mapping else at.suggested(entity).fields)

    def _taken(self, at: _At, key: str) -> dict[str, str]:
        """Give the fields as an earlier mapping fills them; a column that it does not know is suggested as ever."""
        kept = next((one for one in at.kept if one.id == key and one.entity in by_key()), None) or abort(404)
        try:
            earlier = as_fields(Mapping.from_json(kept.content), at.sheet(kept.entity))
        except MappingError:
            abort(404)
        known = {name for name in earlier if name.startswith("c")}
        rest = {name: value for name, value in at.suggested(kept.entity).fields.items() if f"c{name[1:].split('.')[0]}" not in known and name[0] in "crdjv"}
        return {"what": kept.entity, "of": kept.entity, "why": "", **rest, **earlier}

    def _answered(self, at: _At, fields: dict[str, str]) -> Any:
        what, action = fields.get("what", NOT_BROUGHT), fields.get("action", "save")
        if what != NOT_BROUGHT and what not in by_key():
            abort(400)
        if self.language_asked() or action in ("entity", "more"):
            return self._page(at, self._of_entity(at, fields, what))
        if what != NOT_BROUGHT and what != fields.get("of"):
            # The fields below are those of another entity: nothing of them can be saved.
            return self._page(at, self._of_entity(at, fields, what), is_changed=True)
        if what == NOT_BROUGHT:
            reason = fields.get("why", "").replace("\0", "").strip()[:300]
            return self._decided(at, fields, reason) if reason else self._page(at, fields, [Broken("why", "WHY", _("Reason"))], 422)
        reading = self._reading(at, fields, what)
        if reading.broken:
            return self._page(at, fields, reading.broken, 422)
        return self._decided(at, fields, reading.mapping)

    def _of_entity(self, at: _At, fields: dict[str, str], what: str) -> dict[str, str]:
        """Keep what was typed; of another entity than before, suggest the columns anew."""
        if what in (NOT_BROUGHT, fields.get("of")):
            return fields
        return {"what": what, "of": what, "why": fields.get("why", ""), "rest": fields.get("rest", ""), **at.suggested(what).fields}

    def _reading(self, at: _At, fields: Dict[str, str], entity: str) -> Reading:
        settings = current_app.config["KOTO"]
        return read(fields, at.sheet(entity), at.mapping, today=date.today(), artificial=settings.has_invented_persons_only)

    def _decided(self, at: _At, fields: dict[str, str], decision: Mapping | str) -> Any:
        keep, here = fields.get("action") == "keep", self.url("edit", pk=at.item.id)
        self.settle(here)
        decide(db.session, at.batch, at.item, decision, keep=keep, is_shared="share" in fields)
        flash(_("The mapping was saved, and kept for the old system.") if keep and not isinstance(decision, str) else _("Saved."), "success")
        return redirect(here, 303)

    # -- the page --------------------------------------------------------------------------------------

    def _page(self, at: _At, fields: dict[str, str], broken: Sequence[Broken] = (), status: int = 200, **more: Any) -> Any:
        entity = fields.get("of", NOT_BROUGHT)
        page = None
        if entity != NOT_BROUGHT and entity in by_key():
            page = MapPage(at.sheet(entity), fields, broken, at.suggested(entity).guesses, at.found.get("columns", []))
        html = self.render_template(
            "koto/import_map.html", title=_("Columns to fields: %(sheet)s", sheet=at.item.name), whose={"name": at.batch.name, "url": url_for("ImportBatchView.show", pk=at.batch.id)},
            page=page, fields=fields, errors={one.name: BROKEN[one.rule] for one in broken},
            error_links=page.error_links() if page else [(one.name, f"{BROKEN[one.rule]}") for one in broken],
            entities=entity_options(at.guesses), guess=reasons_of(at.guesses, len(at.headings)), rows=at.item.rows, is_open=may_be_prepared(at.batch),
            report=report_in_words(self._reading(at, fields, entity).mapping, page.sheet) if page else None, kept=kept_options(at.kept, at.batch.org_id), product=at.batch.product,
            form_action=self.url("edit", pk=at.item.id), form_token=token_sent() or new_id(), main_form="main-form", submit_label=_("Save"), sheet_name=at.item.name,
            is_decided=bool(at.item.mapping or at.item.reason), file_url=url_for("ImportFileView.show", pk=at.item.file_id), back_url=url_for("ImportBatchView.sheets", pk=at.batch.id),
            **more,
        )  # fmt: skip
        record_event(db.session, "import:read", row_id=at.item.id)
        db.session.commit()
        return html, status
