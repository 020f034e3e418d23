"""Pages of guidance and counselling."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clients.actions import advance
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.consents.models import Consent
from app.consents.queries import consent_in_force
from app.db.base import db
from app.guidance.labels import BROKEN, GUIDANCE, HINTS, NEED
from app.guidance.models import GuidanceEntry, GuidanceNeed
from app.guidance.queries import is_stored_by_law
from app.guidance.rules import broken_guidance_rules, broken_need_rules
from app.guidance.withdrawal import CONSENT
from app.web.archive import is_archived
from app.web.base_view import BaseView, Parent
from app.web.display import shown
from app.web.interface import Interface
from app.web.rows import Rows


def guidance_buttons(consent: Consent) -> list[dict[str, Any]]:
    """Give the way from a consent to what it lets be recorded."""
    may = current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    if consent.type != CONSENT or consent.status != "GIVEN" or is_archived(consent) or not may("can_add", "GuidanceEntryView"):
        return []
    url = url_for("GuidanceEntryView.add", client=consent.client_id)
    return [{"label": GuidanceEntryView.add_title, "url": url, "method": "get", "kind": "secondary", "confirm_text": None}]


class GuidanceNeedView(BaseView):
    route_base, event, datamodel = "/guidance-needs", "guidance_need", Interface(GuidanceNeed)
    parent = Parent("entry", "entry_id", GuidanceEntry, "GuidanceEntryView.show")
    parent_ids = ("client_id",)
    list_title, show_title = _l("Needs and where the person was guided"), _l("Need of services")
    add_title, edit_title = _l("Add a need"), _l("Edit the need")
    label_columns = NEED
    needs = {"provider": "service_type"}
    order_columns: list[str] = []
    base_order = ("created_at", "asc")
    search_columns = ["need", "service_type"]
    list_columns = show_columns = add_columns = edit_columns = ["need", "service_type", "provider"]

    def rule_errors(self, form: Any, item: GuidanceNeed, parent: Any) -> list[tuple[str, str]]:
        return [(str(field), str(BROKEN[rule])) for field, rule in broken_need_rules(service_type=form.service_type.data, provider=form.provider.data)]


class GuidanceEntryView(BaseView):
    route_base, event, datamodel = "/guidance", "guidance_entry", Interface(GuidanceEntry)
    parent = OF_CLIENT
    list_title, show_title = _l("Guidance and counselling"), _l("Guidance entry")
    add_title, edit_title = _l("Record guidance"), _l("Edit the guidance entry")
    label_columns, description_columns = GUIDANCE, HINTS
    list_columns = ["client_name", "given_on", "channel", "language", "interpreter_used"]
    order_columns, base_order = ["given_on"], ("given_on", "desc")
    search_columns = ["given_on", "channel", "language", "interpreter_used"]
    show_columns = add_columns = edit_columns = ["given_on", "channel", "language", "interpreter_used", "notes"]
    related: Any = (GuidanceNeedView,)
    rows = (Rows("needs", GuidanceNeedView),)

    def rule_errors(self, form: Any, item: GuidanceEntry, parent: Any) -> list[tuple[str, str]]:
        found = []
        for field, rule in self._broken(form.given_on.data, item.client_id, item.consent_id):
            if field is None:
                form.form_errors.append(str(BROKEN[rule]))
            else:
                found.append((field, str(BROKEN[rule])))
        return found

    def _broken(self, given_on: date, client_id: str, consent_id: str | None) -> list[tuple[str | None, str]]:
        with db.session.no_autoflush:
            has_consent = consent_id is not None or consent_in_force(db.session, client_id, CONSENT) is not None
            return broken_guidance_rules(given_on=given_on, today=date.today(), rests_on_law=is_stored_by_law(db.session, client_id), has_consent=has_consent)

    def before_keep(self, form: Any, item: GuidanceEntry, *, is_new: bool) -> None:
        """Let a new entry rest on the consent in force, and bring a newly received client to guidance."""
        if not is_new:
            return
        with db.session.no_autoflush:
            consent = consent_in_force(db.session, item.client_id, CONSENT)
            item.consent_id = consent.id if consent else None
            if db.session.get_one(Client, item.client_id).status == "INTAKE":
                advance(db.session, item.client_id, "guide")

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Propose for a new entry today and what is known of the client's language."""
        if not prefill:
            client = self.parent_or_404()
            language = (client.interpreter_needed and client.interpreter_language) or client.service_language
            prefill = {"data": {"given_on": date.today(), "channel": "OFFICE", "language": language, "interpreter_used": client.interpreter_needed}}
        return super().fresh_form(form_class, **prefill)

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        """Record guidance. Without consent no form is opened, as it would keep a draft of what may not be written: the reader is led to the consent."""
        if request.method == "GET":
            client = self.parent_or_404()
            if self.can_add_under(client) and self._broken(date.today(), client.id, None):
                flash(str(BROKEN["V10"]), "warning")
                return redirect(url_for("ConsentView.add", client=client.id), 303)
        return super().add()

    def groups_for(self, item: GuidanceEntry) -> list[dict[str, Any]]:
        consent = db.session.get(Consent, item.consent_id) if item.consent_id else None
        text = _("Consent of %(day)s", day=shown(consent, "given_on")) if consent else _("No consent: the data are stored by law (section 76).")
        [group] = super().groups_for(item)
        return [{**group, "items": [*group["items"], {"label": _("Rests on"), "text": text}]}]

