"""Pages of consents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, validators

from app.clients.fact_views import OF_CLIENT
from app.codes.lists import label, values
from app.consents.actions import withdraw_consent
from app.consents.foundation import foundation
from app.consents.labels import BROKEN, CONSENT, HINTS, MAY
from app.consents.models import Consent
from app.consents.rules import broken_consent_rules, broken_withdrawal_rules
from app.consents.states import ConsentLife
from app.consents.texts import BROUGHT, text_of, text_on
from app.db.base import db
from app.web.deeds import Deed, DeedsView
from app.web.form_page import FormPage, Told
from app.web.forms import Form
from app.web.interface import Interface
from app.web.language import current_language


class WithdrawForm(Form):
    withdrawn_on = DateField(CONSENT["withdrawn_on"], [validators.InputRequired(_l("Fill in this field."))], default=date.today)


class ConsentView(DeedsView):
    route_base, event, datamodel = "/consents", "consent", Interface(Consent)
    parent = OF_CLIENT
    list_title, show_title, add_title, edit_title = _l("Consents"), _l("Consent"), _l("Record a consent"), _l("Edit the consent")
    label_columns, description_columns = CONSENT, HINTS
    list_columns = ["client_name", "given_on", "type", "status", "withdrawn_on"]
    order_columns, base_order = ["given_on"], ("given_on", "desc")
    search_columns = ["type", "status", "given_on"]
    add_columns = ["type", "language", "given_on"]
    # What was consented to is not changed afterwards: something else is another consent.
    edit_columns = ["language", "given_on"]
    show_columns = ["status", "type", "language", "given_on", "withdrawn_on", "text_version"]
    life = ConsentLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {"withdraw": Deed(form=WithdrawForm, act=withdraw_consent, done=_l("The withdrawal is recorded."))}
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", *MAY]
    deeds = MAY

    def rule_errors(self, form: Any, item: Consent, parent: Any) -> list[tuple[str, str]]:
        day = form.given_on.data
        has_text = item.text_version == BROUGHT or text_on(self._kind(form, item), day) is not None
        return [(field, str(BROKEN[rule])) for field, rule in broken_consent_rules(given_on=day, today=date.today(), has_text=has_text)]

    def _kind(self, form: Any, item: Consent) -> str:
        return str(form.type.data if "type" in form else item.type)

    def before_keep(self, form: Any, item: Consent, *, is_new: bool) -> None:
        text = None if item.text_version == BROUGHT else text_on(item.type, item.given_on)
        item.text_version = text.version if text else item.text_version

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Propose today for a new consent."""
        return super().fresh_form(form_class, **(prefill or {"data": {"given_on": date.today()}}))

    def form_page(self, form: Any, page: FormPage, status: int = 200) -> Any:
        """Show the text in use of the type that is chosen, so that the client can be told what is consented to."""
        if "type" not in form:
            return super().form_page(form, page, status)
        language, today = current_language(), date.today()
        found = [(value.code, text) for value in values("CONSENT_TYPE", today) if (text := text_on(value.code, today))]
        told = [Told(value=code, label=label("CONSENT_TYPE", code, language), text=text.in_language(language)) for code, text in found]
        return super().form_page(form, replace(page, told={"type": told}), status)

    def groups_for(self, item: Consent) -> list[dict[str, Any]]:
        text = text_of(item.type, item.text_version)
        told = [{"label": _("Version %(number)s", number=text.version), "text": text.in_language(current_language())}] if text else []
        if item.text_version == BROUGHT:
            told = [{"label": _("Brought from another system"), "text": _("The client consented to a text of that system. It is not kept here.")}]
        return [*super().groups_for(item), {"title": _("Text of the consent"), "items": told}]

    def buttons(self, item: Consent) -> list[dict[str, Any]]:
        return self.deed_buttons(item)

    def deed_lead(self, name: str, item: Consent) -> Any:
        """Tell what goes with the consent before it is withdrawn."""
        return foundation().told(db.session, item)

    def deed_errors(self, name: str, form: Any, item: Consent) -> list[tuple[str | None, str]]:
        broken = broken_withdrawal_rules(withdrawn_on=form.withdrawn_on.data, given_on=item.given_on, today=date.today())
        return [(field, str(BROKEN[rule])) for field, rule in broken]

    @expose("/withdraw/<pk>", methods=["GET", "POST"])
    @has_access
    def withdraw(self, pk: str) -> Any:
        """End the consent."""
        return self.deed("withdraw", pk)
