"""Pages of the services of a plan: what was agreed, and the deeds of their life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from flask import g
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clients.models import Client
from app.db.base import db
from app.deadlines.amounts import amount
from app.deadlines.numbers import number
from app.plans.models import IntegrationPlan, PlannedService
from app.plans.part_views import PlannedServicePart
from app.services import actions, forms
from app.services.labels import BROKEN, HOURS, MAY
from app.services.part_views import ServiceHoursView, ServiceInterruptionView, ServiceParticipationView
from app.services.queries import has_final_test, has_upper_secondary, hours_attended, is_referred, latest_interruption, participation_in
from app.services.rules import INTEGRATION_TRAINING, ORIENTATION, DeedFacts, broken_deed_rules, is_closed_to, referral_due
from app.services.states import ServiceLife
from app.web.deeds import Deed, DeedsView
from app.web.display import number_text, shown
from app.web.forms import Form


class PlannedServiceView(PlannedServicePart, DeedsView):
    """Written freely in a draft; in an agreed plan what was agreed stays, and the service changes by deeds."""

    related: Any = (ServiceParticipationView, ServiceHoursView, ServiceInterruptionView)
    life = ServiceLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "refer": Deed(form=forms.ReferForm, act=actions.refer_service, kind="primary", done=_l("The referral is recorded.")),
        "queue": Deed(act=actions.queue_service, done=_l("The service is queued for.")),
        "accept": Deed(form=forms.AcceptForm, act=actions.accept_service, done=_l("The acceptance is recorded.")),
        "start": Deed(form=forms.StartForm, act=actions.start_service, kind="primary", done=_l("The start is recorded.")),
        "pause": Deed(form=forms.PauseForm, act=actions.pause_service, done=_l("The interruption is recorded.")),
        "resume": Deed(form=forms.ResumeForm, act=actions.resume_service, kind="primary", done=_l("The service goes on.")),
        "complete": Deed(form=forms.CompleteForm, act=actions.complete_service, kind="primary", done=_l("The service is completed.")),
        "discontinue": Deed(form=forms.DiscontinueForm, act=actions.discontinue_service, done=_l("The service is discontinued.")),
        "lapse": Deed(form=forms.LapseForm, act=actions.end_unstarted_service, done=_l("It is recorded that the service did not start.")),
        "cancel": Deed(form=forms.CancelForm, act=actions.cancel_service, done=_l("The service is cancelled.")),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", *MAY]
    deeds = MAY

    def rule_errors(self, form: Any, item: PlannedService, parent: Any) -> list[tuple[str, str]]:
        errors, kind, on = super().rule_errors(form, item, parent), form.service_type.data, form.starts_on.data or date.today()
        if kind in INTEGRATION_TRAINING:
            client = self._client(item.client_id or parent.client_id)
            if is_closed_to(kind, client.birth_date, on, has_upper_secondary=False) and not has_upper_secondary(db.session, client.id):
                errors.append(("service_type", self._sentence("V12", on)))
        return errors

    def _client(self, client_id: str) -> Client:
        """Give the client; kept for the request, as the rows of one form are checked one by one."""
        if "client_of_services" not in g or g.client_of_services.id != client_id:
            with db.session.no_autoflush:
                g.client_of_services = db.session.get_one(Client, client_id)
        return g.client_of_services  # type: ignore[no-any-return]

    def subtitle_of(self, item: PlannedService) -> str:
        return shown(item, "service_type")

    def glance_of(self, item: PlannedService) -> list[dict[str, Any]] | None:
        """Give the hours there are, and of orientation those there must be (§ 25), to whoever sees hours."""
        if not self.registered(ServiceHoursView).may("list") or item.status in ("PLANNED", "REFERRED", "QUEUED", "ACCEPTED", "CANCELLED", "NOT_STARTED"):
            return None
        text = number_text(hours_attended(db.session, item.id))
        if item.service_type == ORIENTATION:
            text = _("%(attended)s of %(least)s", attended=text, least=number_text(amount("ORIENTATION_HOURS", date.today())))
        return [{"label": HOURS["hours_attended"], "text": text}]

    # -- deeds -------------------------------------------------------------------------------------

    def buttons(self, item: PlannedService) -> list[dict[str, Any]]:
        facts = self._facts(item, None)
        found = [] if item.status in ("COMPLETED", "DISCONTINUED", "NOT_STARTED", "CANCELLED") else [
            button for name, button in self._named_buttons(item) if (None, "PLAN") not in broken_deed_rules(name, facts)
        ]  # fmt: skip
        return [*found, {"label": _("To the plan"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}]

    def _named_buttons(self, item: PlannedService) -> list[tuple[str, dict[str, Any]]]:
        names = [name for name in self.deeds_of_life if self.life.allows(item.status, name) and self.may(name)]
        # Of a client who has moved away there are no buttons at all.
        buttons = self.deed_buttons(item)
        return list(zip(names, buttons, strict=True)) if buttons else []

    def deed_form(self, name: str, item: PlannedService) -> type[Form]:
        """Only integration training ends with a test, so only its form asks why there is none."""
        if name == "complete" and item.service_type in INTEGRATION_TRAINING:
            return forms.CompleteTrainingForm
        return super().deed_form(name, item)

    def deed_lead(self, name: str, item: PlannedService) -> Any:
        """Say by when the client must be referred, until the plan has its first referral (R06)."""
        plan = db.session.get_one(IntegrationPlan, item.plan_id)
        if name != "refer" or is_referred(db.session, plan.id):
            return self.subtitle_of(item)
        day = format_date(referral_due(plan.drawn_up_date))
        return _("The client must be referred to an agreed service within a month of drawing up the plan, on %(day)s at the latest (section 20).", day=day)

    def deed_errors(self, name: str, form: Any, item: PlannedService) -> list[tuple[str | None, str]]:
        day = form["day"].data if "day" in form else None
        facts = self._facts(item, day)
        if name == "complete":
            no_test = form["no_test_reason"].data if "no_test_reason" in form else None
            record = participation_in(db.session, item.id)
            facts = replace(
                facts, hours_attended=hours_attended(db.session, item.id), no_test_reason=no_test,
                has_final_test=has_final_test(db.session, item.client_id, record.started_on if record else None),
            )  # fmt: skip
        return [(field, self._sentence(rule, day or date.today(), facts)) for field, rule in broken_deed_rules(name, facts)]

    def _facts(self, item: PlannedService, day: date | None) -> DeedFacts:
        plan, client = db.session.get_one(IntegrationPlan, item.plan_id), self._client(item.client_id)
        return DeedFacts(
            today=date.today(), plan_status=plan.status, plan_begins_on=plan.agreed_on or plan.drawn_up_date, service_type=item.service_type,
            day=day, since=self._since(item) if day else None, birth_date=client.birth_date,
            has_upper_secondary=item.service_type in INTEGRATION_TRAINING and has_upper_secondary(db.session, client.id),
            hours_attended=amount("ORIENTATION_HOURS", day or date.today()), has_final_test=True, no_test_reason=None,
        )  # fmt: skip

    def _since(self, item: PlannedService) -> date | None:
        """Give the latest day that has been recorded of the service."""
        record, interruption = participation_in(db.session, item.id), latest_interruption(db.session, item.id)
        days = [record and record.referred_on, record and record.enrolled_on, record and record.started_on,
                interruption and interruption.from_on, interruption and interruption.to_on]  # fmt: skip
        return max((day for day in days if day), default=None)

    def _sentence(self, rule: str, on: date, facts: DeedFacts | None = None) -> str:
        return str(BROKEN[rule]) % {
            "age": number("COMPULSORY_EDUCATION_AGE", on).amount, "least": number_text(amount("ORIENTATION_HOURS", on)),
            "attended": number_text(facts.hours_attended) if facts else "",
        }  # fmt: skip

    @expose("/refer/<pk>", methods=["GET", "POST"])
    @has_access
    def refer(self, pk: str) -> Any:
        return self.deed("refer", pk)

    @expose("/queue/<pk>", methods=["GET", "POST"])
    @has_access
    def queue(self, pk: str) -> Any:
        return self.deed("queue", pk)

    @expose("/accept/<pk>", methods=["GET", "POST"])
    @has_access
    def accept(self, pk: str) -> Any:
        return self.deed("accept", pk)

    @expose("/start/<pk>", methods=["GET", "POST"])
    @has_access
    def start(self, pk: str) -> Any:
        return self.deed("start", pk)

    @expose("/pause/<pk>", methods=["GET", "POST"])
    @has_access
    def pause(self, pk: str) -> Any:
        return self.deed("pause", pk)

    @expose("/resume/<pk>", methods=["GET", "POST"])
    @has_access
    def resume(self, pk: str) -> Any:
        return self.deed("resume", pk)

    @expose("/complete/<pk>", methods=["GET", "POST"])
    @has_access
    def complete(self, pk: str) -> Any:
        return self.deed("complete", pk)

    @expose("/discontinue/<pk>", methods=["GET", "POST"])
    @has_access
    def discontinue(self, pk: str) -> Any:
        return self.deed("discontinue", pk)

    @expose("/lapse/<pk>", methods=["GET", "POST"])
    @has_access
    def lapse(self, pk: str) -> Any:
        return self.deed("lapse", pk)

    @expose("/cancel/<pk>", methods=["GET", "POST"])
    @has_access
    def cancel(self, pk: str) -> Any:
        return self.deed("cancel", pk)
