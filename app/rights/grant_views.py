"""Rights that an organisation has or has granted: their history, their end; and those that wait for the national agency to open them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.actions import action
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import NOBODY_ID, current_actor
from app.db.base import db
from app.rights.actions import confirm_need, end_right, open_right, shorten_right
from app.rights.forms import EndForm, ShortenForm
from app.rights.history import history_panel
from app.rights.labels import BROKEN, GRANT
from app.users.models import AccessGrant
from app.users.second_factor_actions import has_second_factor, reset_second_factor
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface


def _actor_organisation() -> str:
    actor = current_actor()
    return actor.organisation_id if actor else NOBODY_ID


class AccessGrantView(BaseView):
    """The rights in the administrator's own organisation, and those it granted to others' staff."""

    route_base, event, datamodel = "/user-rights", "access_grant", Interface(AccessGrant)
    list_title, show_title, add_title, edit_title = _l("Access rights"), _l("Access right"), _l("Access right"), _l("Access right")
    label_columns = GRANT
    list_columns = ["person", "role", "local_name", "valid_from", "valid_to", "last_used_on", "ended_at"]
    more_columns = ("basis", "task", "opened_at", "confirmed_on", "end_reason")
    show_columns = ["person", "role", "local_name", "basis", "task", "valid_from", "valid_to", "from_directory", "opened_at", "confirmed_on",
                    "last_used_on", "ended_at", "end_reason"]  # fmt: skip
    add_columns = edit_columns = ["role"]
    order_columns = ["role", "valid_from"]
    search_columns = ["role", "valid_to", "last_used_on", "confirmed_on", "end_reason"]
    base_order = ("valid_from", "desc")
    base_permissions = ["can_list", "can_show", "can_end", "can_confirm", "can_reset_second_factor", "can_action_post"]

    def restricted(self, query: Any) -> Any:
        own = _actor_organisation()
        return query.where((AccessGrant.organisation_id == own) | (AccessGrant.grantor_id == own))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(AccessGrant).where(AccessGrant.id == pk))) or abort(404)

    def title_of(self, item: AccessGrant) -> str:
        return item.person

    def more_of(self, item: AccessGrant) -> dict[str, Any]:
        return {"history": history_panel(grant_id=item.id, application_id=item.application_id)}

    def _is_own(self, item: AccessGrant) -> bool:
        actor = current_actor()
        return actor is None or item.user_id == actor.user_id

    def buttons(self, item: AccessGrant) -> list[dict[str, Any]]:
        if item.ended_at is not None:
            return []
        found = []
        if self.may("confirm") and not self._is_own(item):
            found.append({"label": _("Confirm that it is still needed"), "url": self.url("confirm", pk=item.id), "method": "post", "kind": "secondary", "confirm_text": None})
        if self.may("end"):
            found.append({"label": _("Let it end earlier"), "url": self.url("shorten", pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None})
            found.append({"label": _("End the right now"), "url": self.url("end", pk=item.id), "method": "get", "kind": "danger", "confirm_text": None})
        if self._may_reset(item) and has_second_factor(db.session, item.user_id):
            sure = _("The person's sessions end, and they take two-step sign-in into use anew when they next sign in. Make sure first that it is they who ask.")
            found.append({"label": _("Reset two-step sign-in"), "url": self.url("reset_second_factor", pk=item.id), "method": "post", "kind": "danger", "confirm_text": sure})
        return found

    def _may_reset(self, item: AccessGrant) -> bool:
        """Tell whether the person is another one, of the administrator's own organisation."""
        return bool(self.may("reset_second_factor")) and item.organisation_id == _actor_organisation() and not self._is_own(item)

    def _open_row(self, pk: str) -> AccessGrant:
        found: AccessGrant = self.row_or_404(pk)
        return found if found.ended_at is None else abort(409)

    @expose("/end/<pk>", methods=["GET", "POST"])
    @has_access
    def end(self, pk: str) -> Any:
        """End a right at once, with a reason (§ 81)."""
        item, actor = self._open_row(pk), current_actor() or abort(403)
        page = FormPage(title=_("End the right now"), lead=_("The person's next page is without this right. What they left half-typed under it is removed."),
                        cancel_url=self.url("show", pk=pk), submit_label=_("End the right now"), groups=[{"title": None, "fields": ["end_reason", "note"]}])  # fmt: skip
        form = EndForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        end_right(db.session, item, by=actor.user_id, reason=form.end_reason.data, note=form.note.data)
        db.session.commit()
        flash(_("The right has ended."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/shorten/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("end")
    def shorten(self, pk: str) -> Any:
        """Let a right end earlier than it was given for; a longer one is applied for anew."""
        item, actor = self._open_row(pk), current_actor() or abort(403)
        page = FormPage(title=_("Let it end earlier"), lead=item.person, cancel_url=self.url("show", pk=pk), groups=[{"title": None, "fields": ["valid_to"]}])
        form = ShortenForm(obj=item)
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        valid = form.validate()
        if valid and (form.valid_to.data < date.today() or form.valid_to.data < item.valid_from):
            form.valid_to.errors = [str(BROKEN["ORDER"] if form.valid_to.data < item.valid_from else _("Give today or a later day."))]
            valid = False
        if valid and item.valid_to is not None and form.valid_to.data > item.valid_to:
            form.valid_to.errors = [_("A longer right is applied for anew.")]
            valid = False
        if not valid:
            return self.form_page(form, page, 422)
        shorten_right(db.session, item, by=actor.user_id, valid_to=form.valid_to.data)
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/confirm/<pk>", methods=["POST"])
    @has_access
    def confirm(self, pk: str) -> Any:
        """Write that the right is still needed; one's own is confirmed by somebody else."""
        item, actor = self._open_row(pk), current_actor() or abort(403)
        if self._is_own(item):
            abort(403)
        confirm_need(db.session, item, by=actor.user_id)
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/reset-second-factor/<pk>", methods=["POST"])
    @has_access
    def reset_second_factor(self, pk: str) -> Any:
        """Take a person's second factor away, who has lost the telephone and the recovery codes."""
        item = self._open_row(pk)
        if not self._may_reset(item):
            abort(403)
        if not reset_second_factor(db.session, item.user_id):
            abort(409)
        db.session.commit()
        flash(_("Two-step sign-in was reset."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @action("end_left", _l("End: they left the organisation"), _l("These rights end at once, with the sessions and drafts of their people."), multiple=True, single=False)
    def end_left(self, rows: list[AccessGrant]) -> list[tuple[AccessGrant, str]]:
        """End the rights of people who left, as a list of leavers is gone through."""
        actor = current_actor() or abort(403)
        told = []
        for grant in rows:
            if grant.ended_at is None:
                end_right(db.session, grant, by=actor.user_id, reason="LEFT")
                told.append((grant, _("Has ended.")))
            else:
                told.append((grant, _("Had ended already.")))
        return told


class RightOpeningView(BaseView):
    """Granted rights that the national agency has yet to open (§ 80.4)."""

    route_base, event, datamodel = "/right-openings", "access_grant", Interface(AccessGrant)
    list_title, show_title, add_title, edit_title = _l("Rights to open"), _l("Right to open"), _l("Right to open"), _l("Right to open")
    list_lead = _l("The grantor has decided these. They can be used when they are opened.")
    label_columns = GRANT
    list_columns = ["person", "role", "basis", "task", "valid_from", "valid_to"]
    show_columns = ["person", "role", "basis", "task", "valid_from", "valid_to"]
    add_columns = edit_columns = ["role"]
    order_columns, search_columns, base_order = ["valid_from"], ["role", "valid_from"], ("valid_from", "asc")
    base_permissions = ["can_list", "can_show", "open_rights", "can_action_post"]

    def restricted(self, query: Any) -> Any:
        return query.where(AccessGrant.opened_at.is_(None), AccessGrant.ended_at.is_(None))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(AccessGrant).where(AccessGrant.id == pk))) or abort(404)

    @action("open_rights", _l("Open the rights"), multiple=True, single=False)
    def open_rights(self, rows: list[AccessGrant]) -> list[tuple[AccessGrant, str]]:
        """Open the ticked rights."""
        actor = current_actor() or abort(403)
        for grant in rows:
            open_right(db.session, grant, by=actor.user_id)
        return [(grant, _("Is open.")) for grant in rows]
