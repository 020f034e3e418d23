"""Pages of contacts."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import lazy_gettext as _l

from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.contacts import forms
from app.contacts.actions import correct_contact, handle_contact
from app.contacts.labels import BROKEN, CONTACT, HINTS, MAY
from app.contacts.models import NEEDS_CONSENT, InitialContact
from app.contacts.rules import ContactFacts, broken_contact_rules, broken_correction_rules, broken_handling_rules
from app.contacts.states import ContactLife
from app.db.base import db
from app.web.deeds import Deed, DeedsView
from app.web.forms import Form
from app.web.interface import Interface

_SENDER = ["received_on", "sender_type", "directed_only", "consent_on", "sender_contact", "receiving_unit"]
_ABOUT = ["need", "reason", "first_permit_on"]
_HANDLING = ["handled_on", "outcome", "outcome_reason"]
_CORRECTION = [
    (_l("Contact"), {"fields": _SENDER}), (_l("What was told of the person"), {"fields": _ABOUT}), (_l("Handling"), {"fields": _HANDLING}),
    (_l("Correction"), {"fields": ["correction_reason"]}),
]  # fmt: skip
_WRITTEN = [*_SENDER, *_ABOUT, *_HANDLING]


def _facts(form: Any) -> ContactFacts:
    return ContactFacts(
        received_on=form.received_on.data, today=date.today(), sender_type=form.sender_type.data, directed_only=form.directed_only.data,
        consent_on=form.consent_on.data, first_permit_on=form.first_permit_on.data,
        told=[name for name in NEEDS_CONSENT if name in form and form[name].data],
    )  # fmt: skip


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
        (_l("Contact"), {"fields": ["status", *_SENDER]}), (_l("What was told of the person"), {"fields": _ABOUT}), (_l("Handling"), {"fields": [*_HANDLING, "correction_reason"]}),
    ]  # fmt: skip
    life = ContactLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "handle": Deed(form=forms.HandleForm, act=handle_contact, kind="primary", done=_l("The contact is handled.")),
        "correct": Deed(act=correct_contact, lead=_l("What is written here takes the place of what was recorded. The earlier version stays in the history."),
                        done=_l("The contact is corrected."), groups=[{"title": title, "fields": part["fields"]} for title, part in _CORRECTION]),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", *MAY]
    deeds = MAY

    def rule_errors(self, form: Any, item: InitialContact, parent: Any) -> list[tuple[str, str]]:
        return [(field, str(BROKEN[rule])) for field, rule in broken_contact_rules(_facts(form))]

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Propose today for a new contact."""
        return super().fresh_form(form_class, **(prefill or {"data": {"received_on": date.today()}}))

    def groups_for(self, item: InitialContact) -> list[dict[str, Any]]:
        """Leave out what was not told of a person who was only directed here, the handling that is to come, and a correction never made."""
        contact, told, handling = super().groups_for(item)
        if not item.correction_reason:
            label = str(CONTACT["correction_reason"])
            handling = {**handling, "items": [row for row in handling["items"] if str(row["label"]) != label]}
        if item.directed_only:
            empty = {str(CONTACT[name]) for name in NEEDS_CONSENT}
            contact, handling = ({**group, "items": [row for row in group["items"] if str(row["label"]) not in empty]} for group in (contact, handling))
        return [contact, *([] if item.directed_only else [told]), *([handling] if item.handled_on else [])]

    def buttons(self, item: InitialContact) -> list[dict[str, Any]]:
        return self.deed_buttons(item)

    def deed_form(self, name: str, item: InitialContact) -> type[Form]:
        if name == "correct":
            return self._correct_form
        return forms.HandleDirectedForm if item.directed_only else forms.HandleForm

    def deed_errors(self, name: str, form: Any, item: InitialContact) -> list[tuple[str | None, str]]:
        status, is_correction = db.session.get_one(Client, item.client_id).status, name == "correct"
        leads_on = not is_correction or form.outcome.data != item.outcome
        broken = broken_handling_rules(handled_on=form.handled_on.data, received_on=form.received_on.data if is_correction else item.received_on,
                                       today=date.today(), outcome=form.outcome.data, is_closed=status == "CLOSED" and leads_on)  # fmt: skip
        if is_correction:
            is_changed = any(form[field].data != getattr(item, field) for field in _WRITTEN)
            broken += broken_contact_rules(_facts(form))
            broken += broken_correction_rules(outcome=form.outcome.data, outcome_before=item.outcome or "", is_changed=is_changed, status=status)
        return [(field, str(BROKEN[rule])) for field, rule in broken]

    def deed_values(self, name: str, item: InitialContact) -> dict[str, Any]:
        return {field: getattr(item, field) for field in _WRITTEN} if name == "correct" else {}

    @cached_property
    def _correct_form(self) -> type[Form]:
        return forms.correct_form(self.edit_form)

    @expose("/correct/<pk>", methods=["GET", "POST"])
    @has_access
    def correct(self, pk: str) -> Any:
        """Correct a contact that has been handled."""
        return self.deed("correct", pk)

    @expose("/handle/<pk>", methods=["GET", "POST"])
    @has_access
    def handle(self, pk: str) -> Any:
        """Record what came of the contact."""
        return self.deed("handle", pk)
