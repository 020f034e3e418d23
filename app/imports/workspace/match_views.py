"""Rows of which a person must say whether they are somebody who is here already."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.db.base import db
from app.db.types import is_id
from app.imports.engine.counts import counts_of
from app.imports.matching.actions import decide
from app.imports.matching.waiting import pairs_waiting
from app.imports.models import ImportBatch
from app.imports.workspace.match_pages import sheet_names, shown
from app.imports.workspace.queries import own_batch
from app.imports.workspace.work_pages import steps_of, whose_batch
from app.imports.workspace.work_rules import may_rehearse

# Rows on a page: each is compared with several.
_SIZE = 10


class ImportMatchView(BaseView):  # type: ignore[misc]
    """The file's row beside the client's record; a decision holds for the next rehearsal and the next move of the old system."""

    route_base = "/imports/matches"
    default_view = "list"
    list_title = _l("Same persons in a move")
    base_permissions = ["can_list", "can_decide"]
    deeds = {"can_decide": _l("say whether a row is somebody who is here already")}

    @expose("/<pk>")
    @has_access
    def list(self, pk: str) -> Any:
        """Show the next rows that wait, each with all whom it may be."""
        batch, after = self._batch(pk), request.args.get("after")
        if after is not None and not is_id(after):
            abort(400)
        # The question is of rows that the rehearsal stopped: after the move nobody waits any more.
        found = pairs_waiting(db.session, batch, after, _SIZE + 1) if may_rehearse(batch.status) else []
        opens, sheets = self.appbuilder.sm.has_access("can_show", "ClientView"), sheet_names(batch)
        html = self.render_template(
            "koto/import_matches.html", title=_("Same persons"), whose=whose_batch(self, batch), steps=steps_of(self, batch, "matches"), batch=batch,
            rows=[shown(batch, row, sheets, opens_clients=opens) for row in found[:_SIZE]], decide_url=self._url("decide", batch, **({"after": after} if after else {})),
            next_url=self._url("list", batch, after=found[_SIZE - 1].id) if len(found) > _SIZE else None, first_url=self._url("list", batch) if after else None,
            is_rehearsed=bool(counts_of(db.session, batch).by_entity) and batch.rehearsed_at is not None, rehearse_url=url_for("ImportWorkView.rehearse", pk=batch.id),
            may_decide=self.appbuilder.sm.has_access("can_decide", "ImportMatchView"),
        )  # fmt: skip
        db.session.commit()
        return html

    @expose("/<pk>/decide", methods=["POST"])
    @has_access
    def decide(self, pk: str) -> Any:
        """Keep what a person said of a row and another."""
        batch, answer = self._batch(pk), request.form.get("is_same")
        after = request.args.get("after", "")
        if answer not in ("yes", "no") or (after and not is_id(after)):
            abort(400)
        if not may_rehearse(batch.status):
            abort(409)
        try:
            decide(db.session, batch, request.form.get("key", ""), request.form.get("other", ""), answer == "yes")
            db.session.commit()
        except LookupError:
            abort(404)
        except IntegrityError:
            # Somebody said something of the same two at the same moment.
            db.session.rollback()
            abort(409)
        flash(_("Kept: the same person. The next rehearsal joins the two.") if answer == "yes" else _("Kept: another person. The next rehearsal does not ask again."), "success")
        return redirect(self._url("list", batch, **({"after": after} if after else {})), 303)

    def _batch(self, pk: str) -> ImportBatch:
        return own_batch(db.session, pk) or abort(404)

    def _url(self, name: str, batch: ImportBatch, **values: Any) -> str:
        return url_for(f"{self.endpoint}.{name}", pk=batch.id, **values)
