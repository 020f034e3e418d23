"""Pages of two own records of one person: proposed, compared, joined and parted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _, lazy_gettext as _l, ngettext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import current_actor
from app.access.visibility import prepare
from app.audit.events import SUBJECTS
from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import db
from app.duplicates.actions import both, judge_different, merge, pair, undo
from app.duplicates.fields import differing
from app.duplicates.labels import MERGE, WHY
from app.duplicates.models import ClientMerge
from app.duplicates.moving import Rows, added_since, rows_to_move
from app.duplicates.queries import likely_same
from app.web.base_view import BaseView
from app.web.conflict import TAKE
from app.web.display import shown
from app.web.interface import Interface

_MERGEABLE = ("PROPOSED", "UNDONE")
# Tables whose events are named otherwise than the table.
_SUBJECT_OF = {"integration_plan": "plan", "client_reminder": "reminder", "interview_section": "assessment"}


def _button(label: str, url: str, kind: str = "secondary", *, method: str = "get", asks: Any = None) -> dict[str, Any]:
    return {"label": label, "url": url, "method": method, "kind": kind, "confirm_text": asks}


def _counts(rows: Rows) -> list[dict[str, Any]]:
    """Say how many rows of each kind; kinds are called as the log calls them."""
    found: dict[str, int] = {}
    for table, keys in rows.items():
        subject = _SUBJECT_OF.get(table, table)
        words = str(SUBJECTS[subject][0]) if subject in SUBJECTS else _("standing of an organisation that takes part") if table == "client_membership" else _("other entries")
        found[words] = found.get(words, 0) + len(keys)
    return [{"label": words[:1].upper() + words[1:], "text": ngettext("%(num)d entry", "%(num)d entries", number)} for words, number in found.items()]


class ClientMergeView(BaseView):
    route_base, event, datamodel = "/same-persons", "client_merge", Interface(ClientMerge)
    list_title, show_title = _l("Records of the same person"), _l("Two records that may be of the same person")
    add_title = edit_title = show_title
    list_lead = _l("Pairs of your own clients: proposed, judged different, merged, or parted again.")
    label_columns = MERGE
    list_columns = ["client_name", "other_name", "created_at", "status"]
    order_columns: list[str] = []
    search_columns = ["status"]
    show_columns = ["client_name", "other_name", "status", "created_at", "merged_at", "undone_at"]
    add_columns = edit_columns = ["reason"]
    is_in_navigation = True
    base_permissions = ["can_list", "can_show", "can_propose", "can_merge"]
    deeds = {"can_propose": _l("propose that two records are of the same person"), "can_merge": _l("join two records of the same person and part them again")}

    # -- pages -------------------------------------------------------------------------------------

    def subtitle_of(self, item: ClientMerge) -> str | None:
        if item.status != "MERGED" or item.merged_at is None:
            return None
        number = added_since(db.session, json.loads(item.before or "{}")["rows"], item.client_id, item.merged_at)
        return ngettext("%(num)d entry has been added since. It stays with the kept record when the merge is undone.",
                        "%(num)d entries have been added since. They stay with the kept record when the merge is undone.", number) if number else None  # fmt: skip

    def buttons(self, item: ClientMerge) -> list[dict[str, Any]]:
        found = [_button(_("Open the record that is kept"), url_for("ClientView.show", pk=item.client_id))]
        if item.status != "MERGED":
            found.append(_button(_("Open the other record"), url_for("ClientView.show", pk=item.other_id)))
        if item.status in _MERGEABLE:
            if self.may("merge"):
                found.insert(0, _button(_("Compare and join"), self.url("merge", pk=item.id), "primary"))
            if self.may("propose"):
                found.append(_button(_("These are different persons"), self.url("different", pk=item.id), method="post", asks=_l("The pair is never offered again.")))
        if item.status == "MERGED" and self.may("merge"):
            asks = _l("Each entry returns to the record it came from. Fields changed since stay as they are now.")
            found.append(_button(_("Undo the merge"), self.url("undo", pk=item.id), "danger", method="post", asks=asks))
        return found

    @expose("/candidates/<pk>", methods=["GET"])
    @has_access
    @permission_name("propose")
    def candidates(self, pk: str) -> Any:
        """Show which own clients may be the same person as this one."""
        client = self._client_or_404(pk)
        hits = likely_same(db.session, client, but=client.id)
        prepare([hit for hit, _why in hits])
        rows = [{"name": hit.name, "birth_date": shown(hit, "birth_date"), "why": WHY[why], "url": url_for("ClientView.show", pk=hit.id),
                 "propose_url": self.url("propose", pk=client.id, other=hit.id)} for hit, why in hits if hit.org_id == client.org_id]  # fmt: skip
        html = self.render_template("koto/same_candidates.html", title=_("Who may be the same person?"), lead=client.name, hits=rows,
                                    back_url=url_for("ClientView.show", pk=client.id))  # fmt: skip
        record_event(db.session, "client_merge:listed", client_ids=[client.id, *(hit.id for hit, _why in hits)])
        db.session.commit()
        return html

    @expose("/propose/<pk>/<other>", methods=["POST"])
    @has_access
    def propose(self, pk: str, other: str) -> Any:
        """Propose two records as one person; a pair stands once, so that pressing twice makes one."""
        kept, second = self._client_or_404(pk), self._client_or_404(other)
        if kept.id == second.id:
            abort(409)
        row = pair(db.session, kept.id, second.id, status="PROPOSED")
        db.session.commit()
        return redirect(self.url("show", pk=row.id), 303)

    @expose("/different/<pk>", methods=["POST"])
    @has_access
    @permission_name("propose")
    def different(self, pk: str) -> Any:
        """Judge a pair to be two persons."""
        item: ClientMerge = self.row_or_404(pk)
        if item.status == "MERGED":
            abort(409)
        if item.status == "DIFFERENT":
            return redirect(self.url("show", pk=pk), 303)
        return self._written(self.url("show", pk=pk), _("The pair is not offered again."), lambda: judge_different(db.session, item))

    @expose("/merge/<pk>", methods=["GET", "POST"])
    @has_access
    def merge(self, pk: str) -> Any:
        """Show both records side by side; then join them as chosen."""
        item: ClientMerge = self.row_or_404(pk)
        if request.method == "POST" and item.status == "MERGED":
            return redirect(self.url("show", pk=pk), 303)
        if item.status not in _MERGEABLE:
            abort(409)
        kept, other = both(db.session, item)
        if kept.merged_into_id or other.merged_into_id:
            abort(409)
        seen = f"{kept.version}.{other.version}"
        if request.method == "GET":
            return self._compared(item, kept, other, seen)
        if request.form.get("_seen") != seen:
            return self._compared(item, kept, other, seen, is_stale=True)
        taken = {name.removeprefix(TAKE): value for name, value in request.form.items() if name.startswith(TAKE)}
        return self._written(self.url("show", pk=pk), _("The records were joined. The merge can be undone here."), lambda: merge(db.session, item, taken))

    @expose("/undo/<pk>", methods=["POST"])
    @has_access
    @permission_name("merge")
    def undo(self, pk: str) -> Any:
        """Part the records again."""
        item: ClientMerge = self.row_or_404(pk)
        if item.status == "UNDONE":
            return redirect(self.url("show", pk=pk), 303)
        if item.status != "MERGED" or item.merged_at is None:
            abort(409)
        return self._written(self.url("show", pk=pk), _("The merge was undone."), lambda: undo(db.session, item))

    # -- what they share ---------------------------------------------------------------------------

    def _client_or_404(self, pk: str) -> Client:
        """Give an own client whose record was not joined to another."""
        client, actor = Interface(Client).get(pk), current_actor()
        is_own = client is not None and actor is not None and client.org_id == actor.organisation_id
        return client if is_own and client.merged_into_id is None else abort(404)

    def _compared(self, item: ClientMerge, kept: Client, other: Client, seen: str, *, is_stale: bool = False) -> Any:
        prepare([kept, other])
        moving, staying = rows_to_move(db.session, other.id, kept.id)
        lead = _("Somebody saved one of the records meanwhile. Look at them again.") if is_stale else _("Choose for each field which value is kept.")
        html = self.render_template(
            "koto/merge.html", title=_("Join two records"), lead=lead, pairs=differing(kept, other), carried=[("_seen", seen)], moving=_counts(moving),
            staying=_counts(staying), form_action=self.url("merge", pk=item.id), cancel_url=self.url("show", pk=item.id), main_form="main-form",
        )  # fmt: skip
        record_event(db.session, "client_merge:opened", client_ids=[kept.id, other.id], row_id=item.id, version=item.version)
        db.session.commit()
        return html, 409 if is_stale else 200

    def _written(self, where: str, sentence: str | None, write: Callable[[], Any]) -> Any:
        """Write and commit all or nothing; when somebody else was first, say so."""
        try:
            write()
            db.session.commit()
        except (StaleDataError, IntegrityError):
            db.session.rollback()
            abort(409)
        if sentence:
            flash(sentence, "success")
        return redirect(where, 303)


def same_person_buttons(item: Client) -> list[dict[str, Any]]:
    """Give the button of a client's page that seeks who else may be the same person, to whoever may propose it."""
    actor, has_access_to = current_actor(), current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    is_own = actor is not None and item.org_id == actor.organisation_id
    found = is_own and has_access_to("can_propose", "ClientMergeView")
    return [_button(_("Find the same person"), url_for("ClientMergeView.candidates", pk=item.id))] if found else []
