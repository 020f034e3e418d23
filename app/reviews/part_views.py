"""Pages of what a review found: the results of the goals, and the factors that hindered the client."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.db.base import db
from app.reviews.labels import HINDRANCE, REVIEWED_GOAL
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface


class ReviewPartView(BaseView):
    """A part of a review changes as long as the review does."""

    parent = Parent("review", "review_id", PlanReview, "PlanReviewView.show")
    parent_ids = ("client_id",)
    order_columns: list[str] = []
    base_order = ("created_at", "asc")

    def may_change(self, item: Any) -> bool:
        return bool(db.session.get_one(PlanReview, item.review_id).is_open)

    def may_add_under(self, parent: PlanReview) -> bool:
        return bool(parent.is_open)


class ReviewedGoalView(ReviewPartView):
    """One row for each goal of the plan, made with the review: none is added or deleted by itself."""

    route_base, event, datamodel = "/reviewed-goals", "reviewed_goal", Interface(ReviewedGoal)
    list_title, show_title, add_title, edit_title = _l("Results of the goals"), _l("Result of the goal"), _l("Result of the goal"), _l("Edit the result")
    label_columns = REVIEWED_GOAL
    search_columns = ["result"]
    list_columns = show_columns = ["goal_text", "result"]
    add_columns = edit_columns = ["result"]
    base_permissions = ["can_list", "can_show", "can_edit"]


class HindranceView(ReviewPartView):
    route_base, event, datamodel = "/hindrances", "hindrance", Interface(Hindrance)
    list_title, show_title = _l("Factors that hinder or delay participation"), _l("Hindering factor")
    add_title, edit_title = _l("Add a hindering factor"), _l("Edit the hindering factor")
    label_columns = HINDRANCE
    search_columns = ["hindrance"]
    list_columns = show_columns = add_columns = edit_columns = ["hindrance", "description"]
