"""The pages of a move from the rehearsal on: rehearse, move in, undo, each with its work in hand."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.access.actor import current_actor
from app.db.base import db
from app.db.types import now
from app.imports.engine.counts import counts_of, stops_all, waits_for_a_person
from app.imports.engine.undoing import may_undo
from app.imports.models import ImportBatch
from app.imports.workspace import work_queries as queries, work_rules as rules
from app.imports.workspace.queries import own_batch
from app.imports.workspace.work_actions import ask_for_leave, confirm
from app.imports.workspace.work_labels import WORKS
from app.imports.workspace.work_pages import apart_from, findings_told, outcome_table, percent, returned_links, sentence_of, steps_of, undo_table, whose_batch
from app.imports.workspace.works import KINDS, STEERING, acts_for, begin, job_of, steer, told_of, unfinished
from app.jobs.models import Job


class ImportWorkView(BaseView):  # type: ignore[misc]
    """One address for each work: it tells what would happen, then how far it has come, then what happened."""

    route_base = "/imports/work"
    default_view = "show"
    list_title = _l("Rehearsal, moving in and undoing")
    base_permissions = ["can_show", "can_rehearse", "can_commit", "can_undo", "can_steer"]
    deeds = {"can_rehearse": _l("rehearse a move"), "can_commit": _l("move in"), "can_undo": _l("undo a move"), "can_steer": _l("pause, continue and end the work")}

    @expose("/<pk>")
    @has_access
    def show(self, pk: str) -> Any:
        """Lead to the step that the move has come to."""
        batch = self._batch(pk)
        return redirect(self._url("rehearse" if rules.may_rehearse(batch.status) else "undo" if batch.status == "UNDONE" else "commit", batch), 303)

    @expose("/<pk>/rehearse", methods=["GET", "POST"])
    @has_access
    def rehearse(self, pk: str) -> Any:
        """Go through everything as if it were brought in, and take it back at once."""
        batch = self._batch(pk)
        if request.method == "POST":
            return self._begun(batch, "rehearse", rules.may_rehearse(batch.status))
        is_ready = queries.has_mapped_sheets(db.session, batch)
        return self._page(batch, "rehearse", may_begin=is_ready and rules.may_rehearse(batch.status), is_ready=is_ready, files=returned_links(self, batch))

    @expose("/<pk>/commit", methods=["GET", "POST"])
    @has_access
    def commit(self, pk: str) -> Any:
        """Bring in what the rehearsal said."""
        batch = self._batch(pk)
        counts = counts_of(db.session, batch)
        is_over = waits_for_a_person(batch, counts)
        if request.method == "POST":
            if is_over and "_confirmed" not in request.form:
                flash(_("Confirm first that the move goes on without the rows that stop."), "danger")
                return redirect(self._url("commit", batch), 303)
            if is_over and rules.may_commit(batch.status):
                confirm(db.session, batch)
            return self._begun(batch, "commit", rules.may_commit(batch.status) and not stops_all(db.session, batch))
        return self._page(
            batch, "commit", counts, may_begin=rules.may_commit(batch.status), is_over=is_over, stops_all=rules.may_commit(batch.status) and stops_all(db.session, batch),
            share=percent(counts.lost_percent), most=percent(batch.most_percent),
        )  # fmt: skip

    @expose("/<pk>/undo", methods=["GET", "POST"])
    @has_access
    def undo(self, pk: str) -> Any:
        """Take back what was brought in, but for what somebody has edited since."""
        batch = self._batch(pk)
        if request.method == "POST":
            return self._begun(batch, "undo", may_undo(batch))
        must_ask = rules.must_ask(batch.status, is_allowed=batch.undo_allowed_at is not None)
        return self._page(batch, "undo", may_begin=may_undo(batch), must_ask=must_ask, was_asked=must_ask and queries.was_asked(db.session, batch),
                          undone=undo_table(batch) if batch.committed_at else None)  # fmt: skip

    @expose("/<pk>/ask", methods=["POST"])
    @has_access
    @permission_name("undo")
    def ask(self, pk: str) -> Any:
        """Ask the national administrator for the leave to undo what was signed."""
        batch, actor = self._batch(pk), current_actor() or abort(403)
        if not rules.must_ask(batch.status, is_allowed=batch.undo_allowed_at is not None):
            abort(409)
        if not queries.was_asked(db.session, batch):
            ask_for_leave(db.session, batch, actor)
            db.session.commit()
        flash(_("The national administrator was asked. You can undo when leave has been given."), "success")
        return redirect(self._url("undo", batch), 303)

    @expose("/<pk>/<work>/steer", methods=["POST"])
    @has_access
    def steer(self, pk: str, work: str) -> Any:
        """Pause a work, go on with it, or end it."""
        batch, act = self._batch(pk), request.form.get("act", "")
        if work not in KINDS:
            abort(404)
        if act not in STEERING:
            abort(400)
        if not steer(db.session, batch, work, act):
            flash(_("The work stands otherwise by now. Look at how it stands."), "warning")
        db.session.commit()
        return redirect(self._url(work, batch), 303)

    @expose("/<pk>/<work>/state")
    @has_access
    @permission_name("show")
    def state(self, pk: str, work: str) -> Any:
        """Tell a page that is open how far the work has come."""
        batch = self._batch(pk)
        job = job_of(db.session, batch, work) if work in KINDS else abort(404)
        return jsonify(self._told(job) if job is not None else {"state": None, "is_over": True})

    # -- what they share ---------------------------------------------------------------------------

    def _batch(self, pk: str) -> ImportBatch:
        return own_batch(db.session, pk) or abort(404)

    def _url(self, name: str, batch: ImportBatch, **values: Any) -> str:
        return url_for(f"{self.endpoint}.{name}", pk=batch.id, **values)

    def _begun(self, batch: ImportBatch, work: str, may_begin: bool) -> Any:
        """Begin a work; one that is begun already is shown, another one in hand keeps it back."""
        busy = unfinished(db.session, batch)
        if busy and busy[0] != work:
            flash(_("Another work on this move is under way. Wait until it is finished, or end it."), "warning")
            return redirect(self._url(busy[0], batch), 303)
        if not busy and not may_begin:
            abort(409)
        try:
            begin(db.session, batch, work)
            db.session.commit()
        except IntegrityError:
            # Somebody began it at the same moment.
            db.session.rollback()
        return redirect(self._url(work, self._batch(batch.id)), 303)

    def _told(self, job: Job) -> dict[str, Any]:
        """Give how a job stands, for the page and for the script that asks again."""
        done = _("%(done)d of %(all)d done", done=job.done, all=job.total) if job.total else ""
        return {"state": f"{job.state} {job.wanted}", "text": told_of(job, now()), "done": job.done, "total": job.total, "done_text": done, "is_over": job.is_finished}

    def _page(self, batch: ImportBatch, work: str, counts: Any = None, **more: Any) -> str:
        busy, job = unfinished(db.session, batch), job_of(db.session, batch, work)
        progress = None
        if job is not None:
            progress = self._told(job) | {
                "url": self._url("state", batch, work=work), "steer_url": self._url("steer", batch, work=work), "acts": acts_for(job), "is_failed": job.state == "FAILED",
            }  # fmt: skip
        counts = counts or counts_of(db.session, batch)
        return self.render_template(
            f"koto/import_{work}.html", title=WORKS[work], batch=batch, whose=whose_batch(self, batch), steps=steps_of(self, batch, work), progress=progress,
            busy=self._url(busy[0], batch) if busy and busy[0] != work else None, busy_name=WORKS[busy[0]] if busy else None, is_busy=busy is not None,
            outcome=outcome_table(counts), apart=apart_from(counts), sentence=sentence_of(counts), findings=findings_told(self, batch), here=self._url(work, batch), ask_url=self._url("ask", batch), **more,
        )  # fmt: skip
