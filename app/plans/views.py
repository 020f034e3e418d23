"""Pages of integration plans."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask import abort
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import DateField, validators

from app.assessments.models import Assessment
from app.assessments.queries import assessment_for_plan
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.clients.protection import without_protected
from app.clients.queries import first_permit_date
from app.clients.rules import age_on
from app.db.base import db
from app.plans.actions import agree_plan
from app.plans.labels import BROKEN, PLAN
from app.plans.models import IntegrationPlan
from app.plans.paper_views import PaperMixin
from app.plans.part_views import GoalView
from app.plans.queries import first_plan_date, goals_of_plan, plans_of_client, services_of_plan
from app.plans.rules import PlanFacts, broken_agreement_rules, broken_date_rules
from app.plans.states import PlanLife
from app.web.deeds import Deed, DeedsView
from app.web.forms import CodeField, Form
from app.web.interface import Interface
from app.web.rows import Rows

_COLUMNS = ["drawn_up_date", "valid_from", "valid_to", "planned_review_date", "follow_up", "training_recommendation",
            "no_education_goal_reason", "authors"]  # fmt: skip


class AgreeForm(Form):
    agreed_on = DateField(PLAN["agreed_on"], [validators.InputRequired(_l("Fill in this field."))], default=date.today)
    rights_explained_on = DateField(PLAN["rights_explained_on"], [validators.InputRequired(_l("Fill in this field."))], default=date.today)
    agreement_method = CodeField(PLAN["agreement_method"], [validators.InputRequired(_l("Fill in this field."))], codes="AGREEMENT_METHOD")


class PlanView(PaperMixin, DeedsView):
    route_base, event, datamodel = "/plans", "plan", Interface(IntegrationPlan)
    parent = OF_CLIENT
    list_title, show_title = _l("Integration plans"), _l("Integration plan")
    add_title, edit_title = _l("Draw up an integration plan"), _l("Edit the integration plan")
    label_columns = PLAN
    list_columns = ["drawn_up_date", "valid_from", "valid_to", "planned_review_date", "status"]
    order_columns = ["drawn_up_date", "valid_from", "valid_to", "planned_review_date"]
    base_order = ("drawn_up_date", "desc")
    search_columns = ["status", "planned_review_date", "valid_to", "drawn_up_date"]
    add_columns = edit_columns = _COLUMNS
    show_columns = ["status", "ordinal", *_COLUMNS, "rights_explained_on", "agreed_on", "agreement_method"]
    show_template = "koto/plan_show.html"
    # Services have a life of their own; the wiring adds them to both (`app/__init__.py`).
    related: Any = (GoalView,)
    rows: tuple[Rows, ...] = (Rows("goals", GoalView),)
    life = PlanLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "agree": Deed(form=AgreeForm, act=agree_plan, kind="primary", lead=_l("An agreed plan comes into force and can no longer be edited."),
                      done=_l("The plan is agreed and in force.")),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_agree", "can_print", "can_export"]

    def exportable(self, items: list[IntegrationPlan]) -> list[IntegrationPlan]:
        return without_protected(db.session, items)

    def may_add_under(self, parent: Client) -> bool:
        return parent.status == "PLAN_DRAFTING"

    def fill_new(self, item: IntegrationPlan, parent: Client) -> None:
        assessment = assessment_for_plan(db.session, parent.id)
        item.assessment_id = assessment.id if assessment else abort(409)
        item.ordinal = plans_of_client(db.session, parent.id) + 1

    def rule_errors(self, form: Any, item: IntegrationPlan, parent: Any) -> list[tuple[str, str]]:
        with db.session.no_autoflush:
            client = db.session.get_one(Client, item.client_id)
            facts = PlanFacts(
                drawn_up_date=form.drawn_up_date.data, valid_from=form.valid_from.data, valid_to=form.valid_to.data,
                planned_review_date=form.planned_review_date.data, trafficking_victim=client.trafficking_victim,
                assessment_completed_on=db.session.get_one(Assessment, item.assessment_id).completed_on or date.max,
                first_plan_date=first_plan_date(db.session, client.id, but=item.id),
                first_permit_date=first_permit_date(db.session, client.id),
            )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken_date_rules(facts)]

    def more_of(self, item: IntegrationPlan) -> dict[str, Any]:
        return {"pdf_form": self.pdf_form(item) if self.may("print") else None}

    def buttons(self, item: IntegrationPlan) -> list[dict[str, Any]]:
        found = self.deed_buttons(item)
        if self.may("print"):
            found.append({"label": _("Print page"), "url": self.url("print", pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None})
        return [*found, {"label": _("To the client"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}]

    @expose("/agree/<pk>", methods=["GET", "POST"])
    @has_access
    def agree(self, pk: str) -> Any:
        """Agree the plan with the client; the rules that forbid it are told on the same page."""
        return self.deed("agree", pk)

    def deed_errors(self, name: str, form: Any, item: IntegrationPlan) -> list[tuple[str | None, str]]:
        return [(None, str(BROKEN[rule])) for rule in self._broken(item)]

    def _broken(self, plan: IntegrationPlan) -> list[str]:
        client = db.session.get_one(Client, plan.client_id)
        return broken_agreement_rules(
            goal_types=[goal.goal_type for goal in goals_of_plan(db.session, plan.id)],
            justifications=[service.justification for service in services_of_plan(db.session, plan.id)],
            is_jobseeker=client.employment_status in ("UNEMPLOYED_JS", "JOBSEEKER"),
            age=age_on(client.birth_date, plan.drawn_up_date), on=plan.drawn_up_date,
            education_goal_reason=plan.no_education_goal_reason,
        )  # fmt: skip
