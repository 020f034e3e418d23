"""Assessments as JSON."""

from __future__ import annotations

from app.assessments.views import AssessmentView
from app.web.base_api import BaseApi


class AssessmentApi(BaseApi):
    view, resource_name = AssessmentView, "assessments"
