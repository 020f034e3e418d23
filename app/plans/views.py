"""Pages of integration plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.assessments.models import Assessment
from app.assessments.queries import assessment_for_plan
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.clients.protection import without_protected
from app.clients.queries import first_permit_date
from app.db.base import db
from app.plans.document import PlanDocument, plan_document
from app.plans.facts import date_facts
from app.plans.labels import BROKEN, KELA, PLAN
from app.plans.life_rules import Broken
from app.plans.life_views import Days, LifeMixin
from app.plans.limits import course_of_client, limits_of
from app.plans.models import IntegrationPlan
from app.plans.paper_views import PaperMixin
from app.plans.part_views import GoalView
from app.plans.pictures import life_facts, life_sections, limit_facts
from app.plans.queries import last_ordinal
from app.plans.renewal import RenewalMixin
from app.plans.rules import IN_FORCE, broken_date_rules, is_kela_told
from app.plans.version_views import PlanVersionView
from app.web.archive import client_of
from app.web.display import shown
from app.web.interface import Interface
from app.web.rows import Rows

_COLUMNS = ["drawn_up_date", "valid_from", "valid_to", "planned_review_date", "follow_up", "training_recommendation",
            "no_education_goal_reason", "authors"]  # fmt: skip


class PlanView(PaperMixin, LifeMixin, RenewalMixin):
    route_base, event, datamodel = "/plans", "plan", Interface(IntegrationPlan)
    parent = OF_CLIENT
    list_title, show_title = _l("Integration plans"), _l("Integration plan")
    add_title, edit_title = _l("Draw up an integration plan"), _l("Edit the integration plan")
    label_columns = PLAN
    list_columns = ["client_name", "drawn_up_date", "valid_from", "valid_to", "planned_review_date", "status"]
    order_columns = ["drawn_up_date", "valid_from", "valid_to", "planned_review_date"]
    base_order = ("drawn_up_date", "desc")
    search_columns = ["status", "planned_review_date", "valid_to", "drawn_up_date"]
    add_columns = edit_columns = _COLUMNS
    show_columns = ["status", "ordinal", *_COLUMNS, "rights_explained_on", "agreed_on", "agreement_method"]
    show_template = "koto/plan_show.html"
    # Services have a life of their own; the wiring adds them to both (`app/__init__.py`).
    related: Any = (GoalView,)
    rows: tuple[Rows, ...] = (Rows("goals", GoalView),)
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_print", "can_export", *(f"can_{deed}" for deed in LifeMixin.deeds_of_life)]

    def exportable(self, items: list[IntegrationPlan]) -> list[IntegrationPlan]:
        return without_protected(db.session, items)

    def may_add_under(self, parent: Client) -> bool:
        # A plan that is in force changes by a new one, which a review leads to (§ 22).
        return parent.status in ("PLAN_DRAFTING", "PLAN_ACTIVE", "PLAN_INTERRUPTED", "PLAN_ENDED")

    def fill_new(self, item: IntegrationPlan, parent: Client) -> None:
        assessment = assessment_for_plan(db.session, parent.id)
        item.assessment_id = assessment.id if assessment else abort(409)
        item.ordinal = last_ordinal(db.session, parent.id) + 1

    def rule_errors(self, form: Any, item: IntegrationPlan, parent: Any) -> list[tuple[str, str]]:
        dates = {name: form[name].data for name in ("drawn_up_date", "valid_from", "valid_to", "planned_review_date")}
        return self._sentences(item, **dates)

    def broken_dates(self, plan: IntegrationPlan, drawn_up: date) -> tuple[Broken, Days]:
        """Give what a plan's dates would break with another day of drawing up; what its life moved is not measured again."""
        broken, days = self._broken(plan, drawn_up_date=drawn_up, valid_from=plan.valid_from, valid_to=plan.valid_to, planned_review_date=plan.planned_review_date)
        return [("drawn_up_date", rule) for field, rule in broken if field in ("drawn_up_date", "valid_to")], days

    def _sentences(self, item: IntegrationPlan, **dates: date) -> list[tuple[str, str]]:
        broken, days = self._broken(item, **dates)
        return [(str(field), str(BROKEN[rule]) % {key: format_date(day) for key, day in days.items()}) for field, rule in broken]

    def _broken(self, item: IntegrationPlan, **dates: date) -> tuple[Broken, Days]:
        with db.session.no_autoflush:
            client = db.session.get_one(Client, item.client_id)
            assessment = db.session.get(Assessment, item.assessment_id) if item.assessment_id else None
            facts = date_facts(
                item, dates, client=client, course=course_of_client(db.session, client.id), first_permit=first_permit_date(db.session, client.id),
                completed_on=(assessment.completed_on or date.max) if assessment else None, today=date.today(),
            )  # fmt: skip
        return [*broken_date_rules(facts)], {"end": facts.latest_end}

    def paper_of(self, row: IntegrationPlan, second: str | None = None) -> PlanDocument:
        return plan_document(db.session, row, second)

    def groups_for(self, item: IntegrationPlan) -> list[dict[str, Any]]:
        """Add what the plan has lived through, and how long plans may last and why; a participant sees what its profile shows."""
        groups = super().groups_for(item)
        if item.status == "DRAFT" or not self.registered(PlanVersionView).may("list"):
            return groups
        course = course_of_client(db.session, item.client_id)
        limits = limits_of(client_of(item).birth_date, course.events, date.today())
        facts = [*life_facts(item), *(limit_facts(limits) if limits and item.status in (*IN_FORCE, "AGREED") else ())]
        parts = [{"title": part.heading.first, "items": list(part.facts)} for part in life_sections(course, item)]
        return [*groups, *self._kela_step(item), {"title": _("Course of the plan"), "items": facts}, *parts]

    def _kela_step(self, item: IntegrationPlan) -> list[dict[str, Any]]:
        """Tell that Kela is informed of the plan of a parent on home-care allowance, and when it was (681/2023 § 88.1; docs/adr/0031)."""
        if item.kela_told_on:
            return [{"title": _("Social Insurance Institution"), "items": [{"label": KELA["kela_told_on"], "text": shown(item, "kela_told_on")}]}]
        if not is_kela_told(client_of(item).employment_status, item.status):
            return []
        text = _("The client cares for a child at home: tell the Social Insurance Institution without delay that the plan has been made (section 88).")
        return [{"title": _("To be done"), "items": [{"label": _("Social Insurance Institution"), "text": text}]}]

    def more_of(self, item: IntegrationPlan) -> dict[str, Any]:
        return {"pdf_form": self.pdf_form(item) if self.may("print") else None}

    def buttons(self, item: IntegrationPlan) -> list[dict[str, Any]]:
        return [*self.deed_buttons(item), *self.print_buttons(item)]
