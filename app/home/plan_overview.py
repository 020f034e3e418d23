"""The next act of a plan, to record the review of one that is in force; and the county's part in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.participations.models import Participation
from app.participations.panels import county_panels
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE


def plan_overview(plan: IntegrationPlan, may: Callable[[str, str], bool]) -> dict[str, Any]:
    """Give the button of the next act under `act`, where there is one, and who takes part in the plan."""
    panels = county_panels(Participation.plan_id == plan.id, may)
    if plan.status not in IN_FORCE or not may("can_add", "PlanReviewView"):
        return {"panels": panels}
    url = url_for("PlanReviewView.add", plan=plan.id)
    return {"panels": panels, "act": {"label": _("Record a review"), "url": url, "method": "get", "kind": "primary", "confirm_text": None}}
