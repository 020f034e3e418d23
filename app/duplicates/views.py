"""Pages of two own records of one person: proposed, compared, joined and parted."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from flask import abort, current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError

from app.access.actor import current_actor
from app.access.visibility import prepare
from app.audit.events import SUBJECTS
from app.audit.record import record_event
from app.clients.models import Client
from app.core.letters import with_large_letter
from app.core.states import NotNow
from app.db.base import db
from app.duplicates.actions import NotBothOwn, both, judge_different, merge, pair, reconsider, seen_of, undo
from app.duplicates.fields import differing
from app.duplicates.hindrances import hindrances
from app.duplicates.labels import MERGE, WHY
from app.duplicates.models import ClientMerge
from app.duplicates.moving import Rows, added_since, rows_to_move
from app.duplicates.queries import likely_same
from app.duplicates.states import MergeLife
from app.history.models import RowVersion
from app.web.archive import is_archived
from app.web.conflict import TAKE
from app.web.deeds import Deed, DeedsView
from app.web.display import shown
from app.web.interface import Interface

# Tables whose events are named otherwise than the table.
_SUBJECT_OF = {"integration_plan": "plan", "client_reminder": "reminder", "interview_section": "assessment"}


def _button(label: str, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "method": "get", "kind": "secondary", "confirm_text": None}


def _counts(rows: Rows) -> list[dict[str, Any]]:
    """Say how many rows of each kind; kinds are called as the log calls them."""
    found: dict[str, int] = {}
    for table, keys in rows.items():
        if table == RowVersion.__tablename__:
            # They go where their entries go.
            continue
        subject = _SUBJECT_OF.get(table, table)
        words = str(SUBJECTS[subject][0]) if subject in SUBJECTS else _("standing of an organisation that takes part") if table == "client_membership" else _("other entries")
        found[words] = found.get(words, 0) + len(keys)
    return [{"label": with_large_letter(words), "text": ngettext("%(num)d entry", "%(num)d entries", number)} for words, number in found.items()]


class ClientMergeView(DeedsView):
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
    life = MergeLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "merge": Deed(act=merge, kind="primary", done=_l("The records were joined. The merge can be undone here.")),
        "different": Deed(act=judge_different, lead=_l("The pair is never offered again."), done=_l("The pair is not offered again.")),
        "undo": Deed(act=undo, kind="danger", done=_l("The merge was undone."),
                     lead=_l("Each entry returns to the record it came from. Fields changed since stay as they are now.")),
        "reconsider": Deed(act=reconsider, done=_l("The pair is proposed as the same person.")),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_propose", "can_merge", "can_different", "can_undo", "can_reconsider"]
    deeds = {"can_propose": _l("propose that two records are of the same person"), "can_merge": _l("join two records of the same person"),
             "can_different": _l("judge that two records are of different persons"), "can_undo": _l("part two records that were joined"),
             "can_reconsider": _l("take back that two records are of different persons")}  # fmt: skip

    # -- pages -------------------------------------------------------------------------------------

    def whose_of(self, item: ClientMerge) -> None:
        """The page names both records, and leads to each."""

    def subtitle_of(self, item: ClientMerge) -> str | None:
        if item.status != "MERGED" or item.merged_at is None:
            return None
        number = added_since(db.session, json.loads(item.before or "{}")["rows"], item.client_id, item.merged_at)
        return ngettext("%(num)d entry has been added since. It stays with the kept record when the merge is undone.",
                        "%(num)d entries have been added since. They stay with the kept record when the merge is undone.", number) if number else None  # fmt: skip

    def buttons(self, item: ClientMerge) -> list[dict[str, Any]]:
        found = [*self.deed_buttons(item), _button(_("Open the record that is kept"), url_for("ClientView.show", pk=item.client_id))]
        if item.status != "MERGED":
            found.append(_button(_("Open the other record"), url_for("ClientView.show", pk=item.other_id)))
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
        try:
            key = pair(db.session, kept.id, second.id, status="PROPOSED").id
            db.session.commit()
        except IntegrityError:
            # Somebody proposed the same pair at the same moment.
            db.session.rollback()
            abort(409)
        return redirect(self.url("show", pk=key), 303)

    @expose("/different/<pk>", methods=["GET", "POST"])
    @has_access
    def different(self, pk: str) -> Any:
        """Judge a pair to be two persons."""
        return self.deed("different", pk)

    @expose("/reconsider/<pk>", methods=["GET", "POST"])
    @has_access
    def reconsider(self, pk: str) -> Any:
        """Take back that a pair is two persons."""
        return self.deed("reconsider", pk)

    @expose("/undo/<pk>", methods=["GET", "POST"])
    @has_access
    def undo(self, pk: str) -> Any:
        """Part the records again."""
        return self.deed("undo", pk)

    @expose("/merge/<pk>", methods=["GET", "POST"])
    @has_access
    def merge(self, pk: str) -> Any:
        """Show both records side by side; then join them as chosen."""
        item: ClientMerge = self.row_or_404(pk)
        if request.method == "POST" and item.status == "MERGED":
            return redirect(self.url("show", pk=pk), 303)
        if not self.life.allows(item.status, "merge"):
            raise NotNow(self.life, item.status, "merge")
        try:
            kept, other = both(db.session, item)
        except NotBothOwn:
            abort(404)
        if is_archived(kept) or is_archived(other):
            abort(409)
        seen, broken = seen_of(kept, other), hindrances(db.session, kept, other)
        if request.method == "GET":
            return self._compared(item, kept, other, broken)
        if request.form.get("_seen") != seen:
            return self._compared(item, kept, other, broken, status=409)
        if broken:
            return self._compared(item, kept, other, broken, status=422)
        taken = {name.removeprefix(TAKE): value for name, value in request.form.items() if name.startswith(TAKE)}
        merge(db.session, item, taken, seen)
        flash(str(self.deeds_of_life["merge"].done), "success")
        return redirect(self.url("show", pk=pk), 303)

    # -- what they share ---------------------------------------------------------------------------

    def _client_or_404(self, pk: str) -> Client:
        """Give an own client whose record was not joined to another."""
        client, actor = Interface(Client).get(pk), current_actor()
        is_own = client is not None and actor is not None and client.org_id == actor.organisation_id
        return client if is_own and not is_archived(client) else abort(404)

    def _compared(self, item: ClientMerge, kept: Client, other: Client, broken: list[str], *, status: int = 200) -> Any:
        prepare([kept, other])
        moving, staying = rows_to_move(db.session, other.id, kept.id)
        lead = _("Somebody saved one of the records meanwhile. Look at them again.") if status == 409 else _("Choose for each field which value is kept.")
        html = self.render_template(
            "koto/merge.html", title=_("Join two records"), lead=lead, pairs=differing(kept, other), carried=[("_seen", seen_of(kept, other))],
            moving=_counts(moving), staying=_counts(staying), hindrances=broken, form_action=self.url("merge", pk=item.id),
            cancel_url=self.url("show", pk=item.id), main_form="main-form",
        )  # fmt: skip
        record_event(db.session, "client_merge:opened", client_ids=[kept.id, other.id], row_id=item.id, version=item.version)
        db.session.commit()
        return html, status


def same_person_buttons(item: Client) -> list[dict[str, Any]]:
    """Give the button of a client's page that seeks who else may be the same person, to whoever may propose it."""
    actor, has_access_to = current_actor(), current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    is_own = actor is not None and item.org_id == actor.organisation_id and not is_archived(item)
    found = is_own and has_access_to("can_propose", "ClientMergeView")
    return [_button(_("Find the same person"), url_for("ClientMergeView.candidates", pk=item.id))] if found else []
