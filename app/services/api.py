"""Services agreed in a plan as JSON."""

from __future__ import annotations

from app.services.views import PlannedServiceView
from app.web.base_api import BaseApi


class PlannedServiceApi(BaseApi):
    view, resource_name = PlannedServiceView, "planned-services"
