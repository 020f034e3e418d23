"""Integration plans as JSON."""

from __future__ import annotations

from app.plans.views import PlanView
from app.web.base_api import BaseApi


class PlanApi(BaseApi):
    view, resource_name = PlanView, "plans"
