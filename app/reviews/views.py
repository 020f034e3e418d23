"""Pages of the reviews of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import g, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.db.base import db
from app.deadlines.numbers import limit_after
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan
from app.plans.rules import IN_FORCE
from app.reviews.actions import complete_participations, freeze_review, plan_next_review, plan_review_again
from app.reviews.forms import GoalResults
from app.reviews.labels import BROKEN, REVIEW
from app.reviews.models import PlanReview
from app.reviews.part_views import HindranceView, ReviewedGoalView
from app.reviews.queries import previous_review_date
from app.reviews.rules import ReviewFacts, broken_review_rules, latest_next_review
from app.web.base_view import BaseView, Parent
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.rows import Rows


def _day(value: date | None) -> str:
    return format_date(value) if value else ""


class PlanReviewView(BaseView):
    route_base, event, datamodel = "/plan-reviews", "plan_review", Interface(PlanReview)
    parent = Parent("plan", "plan_id", IntegrationPlan, "PlanView.show")
    parent_ids = ("client_id",)
    list_title, show_title = _l("Reviews of the plan"), _l("Review of the integration plan")
    add_title, edit_title = _l("Record a review"), _l("Edit the review")
    label_columns = REVIEW
    needs = {"reason": "initiator!=TIME"}
    list_columns = ["client_name", "reviewed_on", "initiator", "progress", "next_review_date"]
    order_columns = ["reviewed_on", "next_review_date"]
    base_order = ("reviewed_on", "desc")
    search_columns = ["initiator", "progress", "reviewed_on", "next_review_date"]
    add_fieldsets = edit_fieldsets = [
        (_l("Review"), {"fields": ["reviewed_on", "initiator", "reason"]}),
        (_l("Progress and results"), {"fields": ["participation", "progress", "results"]}),
        (_l("From here on"), {"fields": ["changes", "next_review_date", "authors", "source"]}),
    ]
    show_fieldsets = [
        (_l("Review"), {"fields": ["reviewed_on", "planned_on", "initiator", "reason"]}),
        *add_fieldsets[1:],
    ]
    related: Any = (ReviewedGoalView, HindranceView)
    rows = (Rows("hindrances", HindranceView),)

    def may_change(self, item: PlanReview) -> bool:
        return bool(item.is_open)

    def may_add_under(self, parent: IntegrationPlan) -> bool:
        return parent.status in IN_FORCE

    def fill_new(self, item: PlanReview, parent: IntegrationPlan) -> None:
        item.planned_on = parent.planned_review_date

    def rule_errors(self, form: Any, item: PlanReview, parent: Any) -> list[tuple[str, str]]:
        with db.session.no_autoflush:
            plan = db.session.get_one(IntegrationPlan, item.plan_id)
            facts = ReviewFacts(
                reviewed_on=form.reviewed_on.data, today=date.today(), begins_on=plan.agreed_on or plan.drawn_up_date, ends_on=plan.valid_to,
                previous_on=previous_review_date(db.session, plan.id, but=item.id), initiator=form.initiator.data, reason=form.reason.data,
                next_review_date=form.next_review_date.data,
            )  # fmt: skip
        days = {"begins": _day(facts.begins_on), "previous": _day(facts.previous_on), "limit": _day(limit_after(facts.reviewed_on, "R07")),
                "end": _day(facts.ends_on)}  # fmt: skip
        return [(field, str(BROKEN[rule]) % days) for field, rule in broken_review_rules(facts)]

    def before_keep(self, form: Any, item: PlanReview, *, is_new: bool) -> None:
        plan_next_review(db.session, item, is_new=is_new)
        if is_new:
            complete_participations(db.session, item)

    def after_rows(self, item: PlanReview, *, is_new: bool) -> None:
        freeze_review(db.session, item)

    def with_rows(self, form: Any, page: str, item: Any = None, sent: Any = None, takes: Any = None) -> Any:
        super().with_rows(form, page, item, sent, takes)
        goals = goals_of_plan(db.session, item.plan_id if item else request.args["plan"])
        form.row_groups = [GoalResults(self.registered(ReviewedGoalView), goals, item, sent, takes), *form.row_groups]
        return form

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Propose what a review of today for the time limit holds; the form of a saved review comes with its values."""
        plan, actor, today = self._plan(), current_actor(), date.today()
        if not prefill and actor:
            prefill = {"data": {"reviewed_on": today, "initiator": "TIME", "source": "CLIENT", "authors": f"{actor.name}, {actor.organisation_name}",
                                "next_review_date": latest_next_review(today, plan.valid_to)}}  # fmt: skip
        return super().fresh_form(form_class, **prefill)

    def form_page(self, form: Any, page: FormPage, status: int = 200) -> Any:
        """Tell which plan is reviewed, and the day a new review was planned for."""
        lead = self._about()
        if "plan" in request.args:
            day = _day(self._plan().planned_review_date)
            lead = _("Plan %(first)s–%(last)s. Review planned for %(day)s.", day=day, **self._days())
        return super().form_page(form, replace(page, lead=lead), status)

    def subtitle_of(self, item: PlanReview) -> str:
        return self._about()

    def buttons(self, item: PlanReview) -> list[dict[str, Any]]:
        return [{"label": _("To the plan"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}]

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        """Delete the newest review; the plan gets back the day it was due."""
        plan_review_again(db.session, self.changeable_or_409(pk))
        return super().delete(pk)

    def _plan(self) -> IntegrationPlan:
        """Give the plan this request is about, which has been found to be the reader's."""
        if "reviewed_plan" not in g:
            pk = (request.view_args or {}).get("pk")
            key = db.session.get_one(PlanReview, pk).plan_id if pk else request.args["plan"]
            g.reviewed_plan = db.session.get_one(IntegrationPlan, key)
        return g.reviewed_plan  # type: ignore[no-any-return]

    def _about(self) -> str:
        return _("Plan %(first)s–%(last)s.", **self._days())

    def _days(self) -> dict[str, str]:
        plan = self._plan()
        return {"first": _day(plan.valid_from), "last": _day(plan.valid_to)}
