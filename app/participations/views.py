"""Pages of invitations: the municipality invites and ends, the county accepts or declines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import Actor, current_actor
from app.audit.record import record_event
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import Organisation, organisation_key
from app.participations.actions import accept, end, invite
from app.participations.forms import INVITE_GROUPS, EndForm, InviteForm
from app.participations.labels import BROKEN, PARTICIPATION
from app.participations.models import Participation
from app.participations.queries import is_invited
from app.participations.rules import Matter, broken_invitation, latest_end
from app.participations.statement_views import CountyStatementView
from app.web.archive import is_archived
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface


def _button(label: str, url: str, kind: str = "secondary", *, method: str = "get") -> dict[str, Any]:
    return {"label": label, "url": url, "method": method, "kind": kind, "confirm_text": None}


class ParticipationView(BaseView):
    route_base, event, datamodel = "/participations", "participation", Interface(Participation)
    parent = OF_CLIENT
    list_title, show_title = _l("Participations"), _l("Part of the wellbeing services county")
    add_title = invite_title = _l("Invite the wellbeing services county")
    edit_title, end_title = show_title, _l("End the participation")
    list_lead = _l("A county sees a client only as long as it takes part in an assessment, a plan or a review.")
    label_columns = PARTICIPATION
    list_columns = ["client_name", "matter", "organisation_name", "valid_to", "state"]
    related_columns = ["matter", "organisation_name", "profile", "valid_to", "state"]
    order_columns, base_order = ["valid_to"], ("created_at", "desc")
    search_columns = ["matter", "profile", "valid_to"]
    show_fieldsets = [
        (_l("Invitation"), {"fields": ["client_name", "matter", "organisation_name", "reason", "state", "valid_to"]}),
        (_l("What the county sees and may do"), {"fields": ["profile", "may_contribute"]}),
        (_l("What has happened"), {"fields": ["created_at", "inviter", "accepted_at", "accepter", "ended_at", "ended_how", "end_reason"]}),
    ]
    add_columns = edit_columns = ["reason"]
    related = (CountyStatementView,)
    is_in_navigation = True
    base_permissions = ["can_list", "can_show", "can_invite", "can_end", "can_answer"]
    deeds = {"can_invite": _l("invite the county to take part"), "can_end": _l("end the part of the county"), "can_answer": _l("accept and decline invitations")}
    # What of a client a county can be invited to; the features that know stand above.
    matters_of: Callable[[Any, str], Sequence[Matter]]

    # -- pages -------------------------------------------------------------------------------------

    def related_list(self, parent: Any, column: str, argument: str) -> dict[str, Any]:
        found = super().related_list(parent, column, argument)
        if self.may("invite") and not is_archived(parent):
            found["add_url"] = self.url("invite", **{argument: parent.id})
        return found

    def groups_for(self, item: Participation) -> list[dict[str, Any]]:
        """Leave out what has not happened yet."""
        *groups, happened = super().groups_for(item)
        return [*groups, {**happened, "items": [row for row in happened["items"] if row["text"]]}]

    def buttons(self, item: Participation) -> list[dict[str, Any]]:
        found, is_open = [], item.standing in ("INVITED", "ACCEPTED")
        if is_open and self.may("answer"):
            if item.accepted_at is None:
                found += [_button(_("Accept the invitation"), self.url("accept", pk=item.id), "primary", method="post"),
                          _button(_("Decline"), self.url("leave", pk=item.id))]  # fmt: skip
            else:
                found.append(_button(_("Stop taking part"), self.url("leave", pk=item.id)))
        elif is_open and self.may("end"):
            found.append(_button(_("End the participation"), self.url("end", pk=item.id), "danger"))
        return found

    @expose("/invite", methods=["GET", "POST"])
    @has_access
    @permission_name("invite")
    def invite(self) -> Any:
        """Invite a county to one of the client's open matters."""
        client, actor = self.parent_or_404(), _actor()
        if is_archived(client):
            abort(409)
        matters = list(type(self).matters_of(db.session, client.id))
        page = FormPage(title=self.invite_title, whose=self.whose_under(client), groups=INVITE_GROUPS, submit_label=_("Send the invitation"), cancel_url=self.back_to(client))
        if request.method == "GET":
            form = self.fresh_form(InviteForm, data={"organisation_id": _county_of(actor), "may_contribute": True})
            html = self.form_page(_offering(form, matters), page)
            record_event(db.session, "participation:opened", client_ids=[client.id], row_id=client.id)
            db.session.commit()
            return html
        if done := self.done_before():
            return done
        form = _offering(InviteForm(), matters)
        if self.shown_again():
            return self.form_page(form, page)
        item = self._checked(form, client, matters)
        if item is None:
            return self.form_page(form, page, 422)
        self.settle(self.back_to(client))
        invite(db.session, item, date.today())
        return self._done(_("The invitation was sent."), self.back_to(client))

    def back_to(self, client: Client) -> str:
        return url_for(OF_CLIENT.show_endpoint, pk=client.id, tab="sharing")

    def _checked(self, form: InviteForm, client: Client, matters: Sequence[Matter]) -> Participation | None:
        """Give the invitation of a form without faults; None with the reasons in the form."""
        if not matters:
            form.form_errors.append(_("The client has no open assessment, plan or review that a county could be invited to."))
        if not form.validate() or form.form_errors:
            return None
        matter = next(one for one in matters if one.key == form.matter_key.data)
        limit = latest_end(matter, date.today())
        valid_to = form.valid_to.data or limit
        broken = broken_invitation(
            matter, profile=form.profile.data, valid_to=valid_to, today=date.today(),
            is_invited_already=is_invited(db.session, form.organisation_id.data, matter.kind, matter.row_id),
        )  # fmt: skip
        for name, rule in broken:
            form[name].errors = [*form[name].errors, str(BROKEN[rule]) % {"limit": format_date(limit)}]
        if broken:
            return None
        key = {"assessment_id" if matter.kind == "ASSESSMENT" else "plan_id": matter.row_id}
        return Participation(
            client_id=client.id, organisation_id=form.organisation_id.data, matter=matter.kind, profile=form.profile.data, reason=form.reason.data,
            may_contribute=form.may_contribute.data, valid_to=valid_to, **key,
        )  # fmt: skip

    @expose("/accept/<pk>", methods=["POST"])
    @has_access
    @permission_name("answer")
    def accept(self, pk: str) -> Any:
        """Take the invitation; from now on the county sees what its profile shows."""
        item = self._open_or_409(pk)
        if item.accepted_at is not None:
            abort(409)
        accept(db.session, item, by=_actor().user_id)
        return self._done(_("Your county now takes part."), self.url("show", pk=pk))

    @expose("/leave/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("answer")
    def leave(self, pk: str) -> Any:
        """Decline the invitation, or stop taking part, with a reason."""
        item = self._open_or_409(pk)
        is_new = item.accepted_at is None
        title = _("Decline the invitation") if is_new else _("Stop taking part")
        return self._end(item, title, "DECLINED" if is_new else "COUNTY_LEFT", self.url("list"))

    @expose("/end/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("end")
    def end(self, pk: str) -> Any:
        """End the county's part at once, with a reason."""
        item = self._open_or_409(pk)
        return self._end(item, self.end_title, "OWNER_ENDED", self.url("show", pk=pk))

    def _open_or_409(self, pk: str) -> Participation:
        item: Participation = self.row_or_404(pk)
        return item if item.standing in ("INVITED", "ACCEPTED") else abort(409)

    def _end(self, item: Participation, title: Any, how: str, after: str) -> Any:
        page = FormPage(title=title, lead=_("The county stops seeing the client at once."), whose=self.whose_of(item), cancel_url=self.url("show", pk=item.id),
                        groups=[{"title": None, "fields": ["end_reason"]}], submit_label=title)  # fmt: skip
        form = EndForm()
        if request.method == "GET":
            return self.opened(self.fresh_form(EndForm), page, item)
        if self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        self.settle(after)
        end(db.session, item, how=how, by=_actor().user_id, reason=form.end_reason.data)
        return self._done(_("The participation has ended."), after)

    def _done(self, sentence: str, after: str) -> Any:
        """Commit; when the other side was first, say so."""
        try:
            db.session.commit()
        except StaleDataError:
            db.session.rollback()
            abort(409)
        flash(sentence, "success")
        return redirect(after, 303)


def _actor() -> Actor:
    return current_actor() or abort(403)


def _offering(form: InviteForm, matters: Sequence[Matter]) -> InviteForm:
    form.matter_key.choices = [("", ""), *((one.key, one.text) for one in matters)]
    return form


def _county_of(actor: Actor) -> str | None:
    """Give the county that the reader's municipality belongs to."""
    code = db.session.scalar(select(Organisation.wellbeing_county_code).where(Organisation.id == actor.organisation_id))
    return organisation_key("WELLBEING_COUNTY", code) if code else None
