"""The next act of a plan: to record the review of one that is in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE


def plan_overview(plan: IntegrationPlan, may: Callable[[str, str], bool]) -> dict[str, Any]:
    """Give the button of the next act under `act`, or nothing."""
    if plan.status not in IN_FORCE or not may("can_add", "PlanReviewView"):
        return {}
    url = url_for("PlanReviewView.add", plan=plan.id)
    return {"act": {"label": _("Record a review"), "url": url, "method": "get", "kind": "primary", "confirm_text": None}}
