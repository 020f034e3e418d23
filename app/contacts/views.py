"""Pages of contacts."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import lazy_gettext as _l

from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.contacts import forms
from app.contacts.actions import handle_contact
from app.contacts.labels import BROKEN, CONTACT, HINTS, MAY
from app.contacts.models import NEEDS_CONSENT, InitialContact
from app.contacts.rules import ContactFacts, broken_contact_rules, broken_handling_rules
from app.contacts.states import ContactLife
from app.db.base import db
from app.web.deeds import Deed, DeedsView
from app.web.forms import Form
from app.web.interface import Interface

_SENDER = ["received_on", "sender_type", "directed_only", "consent_on", "sender_contact", "receiving_unit"]
_ABOUT = ["need", "reason", "first_permit_on"]
_HANDLING = ["handled_on", "outcome", "outcome_reason"]


class InitialContactView(DeedsView):
    route_base, event, datamodel = "/contacts", "initial_contact", Interface(InitialContact)
    parent = OF_CLIENT
    list_title, show_title = _l("Contacts about the client"), _l("Contact about the client")
    add_title, edit_title = _l("Record a contact"), _l("Edit the contact")
    label_columns, description_columns = CONTACT, HINTS
    needs = dict.fromkeys(("consent_on", "sender_contact", *_ABOUT), "directed_only=")
    list_columns = ["client_name", "received_on", "sender_type", "status", "outcome"]
    order_columns, base_order = ["received_on"], ("received_on", "desc")
    search_columns = ["status", "sender_type", "outcome", "received_on"]
    add_fieldsets = edit_fieldsets = [(_l("Contact"), {"fields": _SENDER}), (_l("What was told of the person"), {"fields": _ABOUT})]
    show_fieldsets = [
        (_l("Contact"), {"fields": ["status", *_SENDER]}), (_l("What was told of the person"), {"fields": _ABOUT}), (_l("Handling"), {"fields": _HANDLING}),
    ]  # fmt: skip
    life = ContactLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "handle": Deed(form=forms.HandleForm, act=handle_contact, kind="primary", done=_l("The contact is handled.")),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", *MAY]
    deeds = MAY

    def rule_errors(self, form: Any, item: InitialContact, parent: Any) -> list[tuple[str, str]]:
        facts = ContactFacts(
            received_on=form.received_on.data, today=date.today(), sender_type=form.sender_type.data, directed_only=form.directed_only.data,
            consent_on=form.consent_on.data, first_permit_on=form.first_permit_on.data,
            told=[name for name in NEEDS_CONSENT if name in form and form[name].data],
        )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken_contact_rules(facts)]

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Propose today for a new contact."""
        return super().fresh_form(form_class, **(prefill or {"data": {"received_on": date.today()}}))

    def groups_for(self, item: InitialContact) -> list[dict[str, Any]]:
        """Leave out what was not told of a person who was only directed here, and the handling that is to come."""
        contact, told, handling = super().groups_for(item)
        if item.directed_only:
            empty = {str(CONTACT[name]) for name in NEEDS_CONSENT}
            contact, handling = ({**group, "items": [row for row in group["items"] if str(row["label"]) not in empty]} for group in (contact, handling))
        return [contact, *([] if item.directed_only else [told]), *([handling] if item.handled_on else [])]

    def buttons(self, item: InitialContact) -> list[dict[str, Any]]:
        return self.deed_buttons(item)

    def deed_form(self, name: str, item: InitialContact) -> type[Form]:
        return forms.HandleDirectedForm if item.directed_only else forms.HandleForm

    def deed_errors(self, name: str, form: Any, item: InitialContact) -> list[tuple[str | None, str]]:
        client = db.session.get_one(Client, item.client_id)
        broken = broken_handling_rules(handled_on=form.handled_on.data, received_on=item.received_on, today=date.today(),
                                       outcome=form.outcome.data, is_closed=client.status == "CLOSED")  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken]

    @expose("/handle/<pk>", methods=["GET", "POST"])
    @has_access
    def handle(self, pk: str) -> Any:
        """Record what came of the contact."""
        return self.deed("handle", pk)
