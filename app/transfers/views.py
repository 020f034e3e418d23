"""Pages of transfers: a client is offered or asked for, and the other municipality answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from flask import abort, current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import Actor, current_actor
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.db.base import db
from app.db.types import blind_index
from app.organisations.relations import MunicipalityRelation
from app.transfers.actions import accept, ask, push, reject, reply, request_client, withdraw
from app.transfers.forms import (
    CHOICE_GROUP,
    REQUEST_GROUPS,
    SECTIONS,
    SEND_GROUPS,
    AskForm,
    GiveForm,
    RejectForm,
    ReplyForm,
    RequestForm,
    SendForm,
    TakeForm,
)
from app.transfers.labels import BROKEN, TRANSFER
from app.transfers.models import TransferEscalation, TransferRequest, TransferSide
from app.transfers.queries import has_open_transfer, has_own_client, seen_transfers, side_of
from app.transfers.rules import Asked, broken_choice, broken_day, broken_request, is_turn_of
from app.transfers.states import TransferLife
from app.web.archive import is_archived
from app.web.base_view import BaseView
from app.web.deeds import Deed, DeedsView
from app.web.form_page import FormPage
from app.web.forms import Form
from app.web.interface import Interface

_PERMISSIONS = ["can_list", "can_show", "can_send", "can_request", "can_suggest", "can_accept", "can_reject", "can_ask", "can_reply", "can_withdraw"]


def _actor() -> Actor:
    return current_actor() or abort(403)


def transfer_buttons(client: Client) -> list[dict[str, Any]]:
    """Give the client page's way to a transfer, for a client of the reader's own."""
    actor, may = current_actor(), current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    if actor is None or client.org_id != actor.organisation_id or is_archived(client) or not may("can_send", "TransferView"):
        return []
    return [{"label": TransferView.send_title, "url": url_for("TransferView.send", client=client.id), "method": "get", "kind": "secondary", "confirm_text": None}]


class TransferView(DeedsView):
    route_base, event, datamodel = "/transfers", "transfer", Interface(TransferRequest)
    is_of_clients = True
    list_title, show_title, edit_title = _l("Transfers"), _l("Transfer of a client"), _l("Transfer of a client")
    add_title = request_title = _l("Ask for a client who has moved here")
    send_title = _l("Transfer to another municipality")
    list_lead = _l("Clients who move to your municipality or away from it. What waits for an answer stands first.")
    label_columns = TRANSFER
    list_columns = ["person", "way", "from_name", "to_name", "status", "clock"]
    more_columns = ("birth_date", "sent_on", "due_on", "chosen")
    order_columns, base_order = ["due_on", "sent_on"], ("place", "asc")
    search_columns = ["status", "way", "due_on", "sent_on"]
    show_fieldsets = [
        (None, {"fields": ["person", "birth_date", "from_name", "to_name", "way", "status", "clock"]}),
        (_l("Consent and data"), {"fields": ["consent_on", "consent_language", "chosen", "choice_reason"]}),
        (_l("What has happened"), {"fields": ["sent_on", "question", "answer", "refusal", "explanation", "moves_on", "ended_on"]}),
    ]
    add_columns = edit_columns = ["way"]
    relations = {"other_id": MunicipalityRelation()}
    is_in_navigation = True
    add_permission = "request"
    base_permissions = _PERMISSIONS
    deeds = {"can_send": _l("offer a client to another municipality"), "can_request": _l("ask another municipality for a client"),
             "can_accept": _l("accept a transfer"), "can_reject": _l("refuse a transfer"), "can_ask": _l("ask about a transfer"),
             "can_reply": _l("answer a question about a transfer"), "can_withdraw": _l("withdraw a transfer")}  # fmt: skip
    life = TransferLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "accept": Deed(form=TakeForm, act=accept, kind="primary", done=_l("The transfer is accepted. The client moves on the agreed day."),
                       lead=_l("On the agreed day the client and the chosen data move. The old municipality sees from then on only that it was done.")),
        "ask": Deed(form=AskForm, act=ask, done=_l("The question was sent."), lead=_l("The other municipality answers; the time to answer starts again.")),
        "reply": Deed(form=ReplyForm, act=reply, kind="primary", done=_l("The answer was sent.")),
        "reject": Deed(form=RejectForm, act=reject, kind="danger", done=_l("The transfer is refused."), lead=_l("The client stays where the client is.")),
        "withdraw": Deed(act=withdraw, kind="danger", done=_l("The transfer is withdrawn."), lead=_l("Withdraw it also when the client takes back the consent.")),
    }  # fmt: skip

    # -- what is seen ------------------------------------------------------------------------------

    def restricted(self, query: Any) -> Any:
        return seen_transfers(query)

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(TransferRequest).where(TransferRequest.id == pk))) or abort(404)

    def title_of(self, item: TransferRequest) -> str:
        return str(item.person)  # type: ignore[attr-defined]

    def subtitle_of(self, item: TransferRequest) -> str | None:
        return _("%(title)s: %(from_name)s to %(to_name)s", title=self.show_title, from_name=item.from_name, to_name=item.to_name)

    def groups_for(self, item: TransferRequest) -> list[dict[str, Any]]:
        """Leave out what has not happened yet, and tell what stands in the way of the move."""
        if obstacle := self._obstacle(item):
            first, *others = super().groups_for(item)
            return self._filled([{**first, "items": [*first["items"], {"label": _("What stands in the way"), "text": obstacle, "lang": None}]}, *others])
        return self._filled(super().groups_for(item))

    def _obstacle(self, item: TransferRequest) -> str | None:
        """Say to the new municipality why an accepted transfer does not move: it has made a client of its own meanwhile."""
        own = _actor().organisation_id
        if item.status != "ACCEPTED" or item.to_id != own:
            return None
        side = side_of(db.session, item.id, own)
        return str(BROKEN["HAS_CLIENT"]) if side and has_own_client(db.session, side.identity_code_digest, own) else None

    def _filled(self, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**group, "items": [row for row in group["items"] if row["text"]]} for group in groups]

    def may_change(self, item: TransferRequest) -> bool:
        return False

    def add_address(self) -> str:
        return self.url("request")

    def buttons(self, item: TransferRequest) -> list[dict[str, Any]]:
        """Give the deeds of the reader's own side, and the way to the client while the reader's municipality has them."""
        found = [button for button, name in zip(self.deed_buttons(item), self._offered(item), strict=True) if self._broken_turn(name, item) is None]
        if item.client_key:  # type: ignore[attr-defined]
            found.append({"label": _("To the client"), "url": url_for(OF_CLIENT.show_endpoint, pk=item.client_key), "method": "get",  # type: ignore[attr-defined]
                          "kind": "secondary", "confirm_text": None})  # fmt: skip
        return found

    def _offered(self, item: TransferRequest) -> list[str]:
        return [name for name in self.deeds_of_life if self.life.allows(item.status, name) and self.may(name)]

    # -- deeds -------------------------------------------------------------------------------------

    @expose("/accept/<pk>", methods=["GET", "POST"])
    @has_access
    def accept(self, pk: str) -> Any:
        """Agree to the transfer and its day."""
        return self.deed("accept", pk)

    @expose("/reject/<pk>", methods=["GET", "POST"])
    @has_access
    def reject(self, pk: str) -> Any:
        """Refuse the transfer with a reason."""
        return self.deed("reject", pk)

    @expose("/ask/<pk>", methods=["GET", "POST"])
    @has_access
    def ask(self, pk: str) -> Any:
        """Ask the municipality that began."""
        return self.deed("ask", pk)

    @expose("/reply/<pk>", methods=["GET", "POST"])
    @has_access
    def reply(self, pk: str) -> Any:
        """Answer what was asked."""
        return self.deed("reply", pk)

    @expose("/withdraw/<pk>", methods=["GET", "POST"])
    @has_access
    def withdraw(self, pk: str) -> Any:
        """Take the transfer back."""
        return self.deed("withdraw", pk)

    def deed_of(self, name: str, item: TransferRequest) -> Deed:
        """Give the deed with the form of the reader's side: who hands over chooses the data, who takes over the worker."""
        found = super().deed_of(name, item)
        if name != "accept" or item.way == "PUSHED":
            return found
        groups = [{"title": None, "fields": ["moves_on"]}, CHOICE_GROUP]
        return Deed(form=GiveForm, act=found.act, kind=found.kind, done=found.done, lead=found.lead, groups=groups)

    def _broken_turn(self, name: str, item: TransferRequest) -> str | None:
        own = _actor().organisation_id
        if name == "withdraw":
            return None if item.org_id == own else "NOT_BEGUN_HERE"
        if name == "reply" and (item.question is None or item.answer is not None):
            return "NO_QUESTION"
        return None if is_turn_of(own, item.waits_for_id) else "NOT_YOURS"

    def deed_errors(self, name: str, form: Any, item: TransferRequest) -> list[tuple[str | None, str]]:
        turn = self._broken_turn(name, item)
        broken: list[tuple[str | None, str]] = [(None, turn)] if turn else []
        if name == "accept":
            broken += broken_day(form.moves_on.data, date.today())
            if item.way == "REQUESTED":
                broken += _choice_errors(form)
            else:
                side = side_of(db.session, item.id, _actor().organisation_id)
                broken += [(None, "HAS_CLIENT")] if side and has_own_client(db.session, side.identity_code_digest, _actor().organisation_id) else []
        return [(field, str(BROKEN[rule])) for field, rule in broken]

    # -- how a transfer begins ---------------------------------------------------------------------

    @expose("/send", methods=["GET", "POST"])
    @has_access
    @permission_name("send")
    def send(self) -> Any:
        """Offer a client of one's own to another municipality."""
        client = Interface(Client).get(request.args.get("client")) or abort(404)
        if client.org_id != _actor().organisation_id or is_archived(client):
            abort(409)
        page = FormPage(title=self.send_title, whose=self.whose_under(client), groups=SEND_GROUPS, cancel_url=url_for(OF_CLIENT.show_endpoint, pk=client.id),
                        submit_label=_("Send"))  # fmt: skip
        if answer := self._asked_again(SendForm, page):
            return answer
        form = SendForm()
        if form.validate():
            asked = self._request_of(form, has_open_already=has_open_transfer(db.session, client.id))
            self._tell(form, [*broken_request(asked), *_choice_errors(form)])
        if form.errors or form.form_errors:
            return self.form_page(form, page, 422)
        self.settle(self.url("list"))
        row = push(db.session, client, form.other_id.data, _chosen(form), consent_on=form.consent_on.data, consent_language=form.consent_language.data,
                   choice_reason=form.choice_reason.data)  # fmt: skip
        flash(_("The transfer was sent."), "success")
        return redirect(self.url("show", pk=row.id), 303)

    @expose("/request", methods=["GET", "POST"])
    @has_access
    @permission_name("request")
    def request(self) -> Any:
        """Ask another municipality for a person; the answer is the same whether it knows the person or not."""
        lead = _l("The other municipality gets the request only when exactly one of its clients is meant. Here you see in any case that it was sent.")
        page = FormPage(title=self.request_title, lead=lead, groups=REQUEST_GROUPS, cancel_url=self.url("list"), submit_label=_("Send"))
        if answer := self._asked_again(RequestForm, page):
            return answer
        form, own = RequestForm(), _actor().organisation_id
        digest = blind_index(form.identity_code.data) if form.validate() and form.identity_code.data else None
        if not form.errors:
            self._tell(form, broken_request(self._request_of(form, has_client_already=has_own_client(db.session, digest, own))))
        if form.errors or form.form_errors:
            return self.form_page(form, page, 422)
        self.settle(self.url("list"))
        side = TransferSide(family_name=form.family_name.data, given_names=form.given_names.data, birth_date=form.birth_date.data, identity_code_digest=digest)
        row = request_client(db.session, form.other_id.data, side, consent_on=form.consent_on.data, consent_language=form.consent_language.data)
        flash(_("The request was sent."), "success")
        return redirect(self.url("show", pk=row.id), 303)

    def _asked_again(self, form: type[Form], page: FormPage) -> Any:
        """Give the form when it is only to be shown, or the way to the result when this very form was sent before."""
        if request.method == "GET":
            return self.form_page(self.fresh_form(form), page)
        if done := self.done_before():
            return done
        return self.form_page(form(), page) if self.language_asked() else None

    def _request_of(self, form: Any, **more: bool) -> Asked:
        return Asked(own_id=_actor().organisation_id, other_id=form.other_id.data, consent_on=form.consent_on.data, today=date.today(), **more)

    def _tell(self, form: Any, broken: Iterable[tuple[str | None, str]]) -> None:
        for field, rule in broken:
            sentence = str(BROKEN[rule])
            if field is None:
                form.form_errors.append(sentence)
            else:
                form[field].errors = [*form[field].errors, sentence]


def _chosen(form: Any) -> list[str]:
    return [name for name in SECTIONS if form[name].data]


def _choice_errors(form: Any) -> list[tuple[str | None, str]]:
    broken = broken_choice(_chosen(form), form.choice_reason.data)
    return [("ASSESSMENTS" if field == "sections" else field, rule) for field, rule in broken]


class TransferEscalationView(BaseView):
    """What was not answered in time, for the national agency: which municipalities and since when, nobody's data."""

    route_base, event, datamodel = "/transfer-escalations", "transfer_escalation", Interface(TransferEscalation)
    list_title, show_title, add_title, edit_title = _l("Unanswered transfers"), _l("Unanswered transfer"), _l("Unanswered transfer"), _l("Unanswered transfer")
    list_lead = _l("Transfers between municipalities that were not answered in time. Whom they are about is not shown here.")
    label_columns = TRANSFER
    list_columns = ["transfer_id", "from_name", "to_name", "waits_for_name", "due_on", "escalated_on"]
    show_columns = list_columns
    add_columns = edit_columns = ["due_on"]
    order_columns, base_order = ["due_on", "escalated_on"], ("due_on", "asc")
    search_columns = ["due_on", "escalated_on"]
    is_in_navigation = True
    base_permissions = ["can_list"]
