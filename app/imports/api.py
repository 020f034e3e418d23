"""Moves as JSON, for a product that sends regularly: the same engine and works as the pages, with a result for each row."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify, request, url_for
from flask_appbuilder.api import BaseApi, expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.base import db
from app.imports.engine.counts import counts_of, stops_all, waits_for_a_person
from app.imports.engine.handing_in import hand_in
from app.imports.engine.telling import findings_document, rows_document
from app.imports.engine.undoing import may_undo
from app.imports.engine.wording import NOT_NOW
from app.imports.models import OPEN, REHEARSED, ImportBatch, ImportSheet
from app.imports.workspace.works import begin, unfinished
from app.web.base_api import api_access
from app.web.large_requests import takes

_MOST_BYTES, _ROWS = 20 * 1024 * 1024, 500


class ImportApi(BaseApi):  # type: ignore[misc]
    """`/api/v1/imports/`: hand a file in, see what would become of each row, bring it in, take it back."""

    resource_name = "imports"
    class_permission_name = "ImportWorkView"
    method_permission_name = {"post": "rehearse", "get": "show", "rows": "show", "commit": "commit", "undo": "undo"}
    base_permissions = ["can_show", "can_rehearse", "can_commit", "can_undo"]
    allow_browser_login = True
    csrf_exempt = False
    # What the description of the API tells of routes that stand on no form (`app/add_ons/document.py`).
    described = {
        "post": {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
            "type": "object", "required": ["file", "product"],
            "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}, "product": {"type": "string", "maxLength": 80}},
        }}}}},
        "rows": {"parameters": [{"name": "after", "in": "query", "schema": {"type": "string", "pattern": "^[0-9]{1,17}$"}}]},
        "commit": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"confirm": {"type": "boolean"}}}}}}},
    }  # fmt: skip

    @expose("/", methods=["POST"])
    @takes(_MOST_BYTES)
    @api_access
    def post(self) -> Any:
        """Take `file` and the name of the old system in `product`, and rehearse: 202, or 422 with findings when the file cannot be used."""
        actor, sent = current_actor() or abort(401), request.files.get("file")
        product = (request.form.get("product") or "").strip()[:80]
        if sent is None or not sent.filename or not product:
            abort(400)
        name = sent.filename.replace("\\", "/").rsplit("/", 1)[-1]
        batch = hand_in(db.session, actor.organisation_id, name, sent.stream, product, user_id=actor.user_id)  # type: ignore[arg-type]
        is_usable = db.session.scalar(select(ImportSheet.id).where(ImportSheet.batch_id == batch.id, ImportSheet.entity.is_not(None)).limit(1)) is not None
        if is_usable:
            begin(db.session, batch, "rehearse")
        record_event(db.session, "import:added", row_id=batch.id)
        found = self._told(batch)
        db.session.commit()
        answer = jsonify(found)
        answer.status_code = 202 if is_usable else 422
        answer.headers["Location"] = url_for(f"{self.endpoint}.get", pk=batch.id)
        return answer

    @expose("/<pk>", methods=["GET"])
    @api_access
    def get(self, pk: str) -> Any:
        """Give how a batch stands, its figures and its findings."""
        batch = self._batch(pk)
        record_event(db.session, "import:read", row_id=batch.id)
        answer = jsonify({**self._told(batch), "findings": findings_document(db.session, batch)})
        db.session.commit()
        return answer

    @expose("/<pk>/rows", methods=["GET"])
    @api_access
    def rows(self, pk: str) -> Any:
        """Give what became of each row, 500 at a time; `after` is the place of the last one seen."""
        batch, after = self._batch(pk), request.args.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 18):
            abort(400)
        record_event(db.session, "import:read", row_id=batch.id)
        found = rows_document(db.session, batch, int(after), _ROWS)
        db.session.commit()
        return jsonify(result=found, next_after=found[-1]["place"] if len(found) == _ROWS else None)

    @expose("/<pk>/commit", methods=["POST"])
    @api_access
    def commit(self, pk: str) -> Any:
        """Bring in what was rehearsed: 202, or 409 with the reason. `confirm` in the body takes more rows being left out than the batch allows."""
        batch = self._batch(pk)
        if batch.status != REHEARSED:
            return self._refused("NOT_REHEARSED" if batch.status == OPEN else "COMMITTED")
        if stops_all(db.session, batch):
            return self._refused("STOPS_ALL")
        batch.is_confirmed = batch.is_confirmed or (request.get_json(silent=True) or {}).get("confirm") is True
        if waits_for_a_person(batch, counts_of(db.session, batch)):
            return self._refused("MANY_LOST")
        return self._begun(batch, "commit")

    @expose("/<pk>/undo", methods=["POST"])
    @api_access
    def undo(self, pk: str) -> Any:
        """Take back what came in: 202, or 409 with the reason."""
        batch = self._batch(pk)
        if not may_undo(batch):
            return self._refused("NEEDS_LEAVE" if batch.status == "SIGNED" else "NOT_COMMITTED")
        return self._begun(batch, "undo")

    def _batch(self, pk: str) -> ImportBatch:
        actor = current_actor() or abort(401)
        own = select(ImportBatch).where(ImportBatch.id == pk, ImportBatch.org_id == actor.organisation_id)
        return db.session.scalars(own).first() or abort(404)

    def _begun(self, batch: ImportBatch, work: str) -> Any:
        busy = unfinished(db.session, batch)
        if busy and busy[0] != work:
            return self._refused("BUSY")
        begin(db.session, batch, work)
        found = self._told(batch)
        db.session.commit()
        return jsonify(found), 202

    def _told(self, batch: ImportBatch) -> dict[str, Any]:
        busy = unfinished(db.session, batch)
        work = {"work": busy[0], "state": busy[1].state, "done": busy[1].done, "total": busy[1].total} if busy else None
        return {"id": batch.id, "status": batch.status, "product": batch.product, "in_hand": work, "counts": counts_of(db.session, batch).as_document()}

    def _refused(self, reason: str) -> Any:
        db.session.rollback()
        return jsonify(message=_("There is a problem"), reason=reason, sentence=str(NOT_NOW[reason])), 409
