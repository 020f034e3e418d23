"""Organisations as JSON; reference data, so reading only."""

from __future__ import annotations

from app.organisations.views import OrganisationView
from app.web.base_api import BaseApi


class OrganisationApi(BaseApi):
    view, resource_name = OrganisationView, "organisations"
