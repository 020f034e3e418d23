"""The county's part on the pages of an assessment and of a review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.assessments.models import Assessment
from app.participations.models import Participation
from app.participations.panels import county_panels
from app.reviews.models import PlanReview


def assessment_overview(assessment: Assessment, may: Callable[[str, str], bool]) -> dict[str, Any]:
    """Give who takes part in the assessment, and their statements."""
    return {"panels": county_panels(Participation.assessment_id == assessment.id, may)}


def review_overview(review: PlanReview, may: Callable[[str, str], bool]) -> dict[str, Any]:
    """Give who took part in the review, and their statements."""
    return {"panels": county_panels(Participation.review_id == review.id, may)}
