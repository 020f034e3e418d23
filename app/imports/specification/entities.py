"""Which entities can be brought in; everything else about them is computed from their models and views.

Only what falls into the ten categories of § 73.1 can be kept, so this list decides what a municipality may bring. What the system
derives by itself (time limits, periods of responsibility, versions) or what belongs to another authority (statements of a county,
invitations) is not brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.appointments.views import AppointmentView
from app.assessments.models import InterviewSection
from app.assessments.part_views import AssessmentGroundView, ClarifyingMeasureView, RestrictedSectionView
from app.assessments.views import AssessmentView
from app.children.views import ChildHearingView, RepresentativeView
from app.clients.fact_views import EducationRecordView, FamilyLinkView, LanguageSkillView, NoteView, ResidenceBasisView, WorkRecordView
from app.clients.reminder_views import ReminderView
from app.clients.views import ClientView
from app.consents.views import ConsentView
from app.contacts.views import InitialContactView
from app.guidance.views import GuidanceEntryView, GuidanceNeedView
from app.plans.labels import EXTENSION, INTERRUPTION, KELA, LIFE
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.part_views import GoalView
from app.plans.views import PlanView
from app.responsibility.views import StatusPeriodView
from app.reviews.labels import REVIEWED_GOAL
from app.reviews.part_views import HindranceView, ReviewedGoalView
from app.reviews.views import PlanReviewView
from app.services.language_test_views import LanguageTestResultView
from app.services.part_views import ServiceHoursView, ServiceInterruptionView, ServiceParticipationView
from app.services.views import PlannedServiceView


@dataclass(frozen=True)
class Unseen:
    """An entity without pages of its own: its model and what a view would say of it."""

    model: Any
    list_title: Any
    show_title: Any
    label_columns: Mapping[str, Any]
    parent_column: str


INTERVIEW_SECTION = Unseen(
    InterviewSection, _l("Sections of the initial interview"), _l("Section of the initial interview"),
    {"section": _l("Section"), "summary": _l("Summary"), "need_level": _l("Need of service"), "source": _l("Source of the data")}, "assessment_id",
)  # fmt: skip
PLAN_EXTENSION = Unseen(PlanExtension, _l("Extensions of plans"), _l("Extension of the plan"), EXTENSION, "plan_id")
PLAN_INTERRUPTION = Unseen(PlanInterruption, _l("Interruptions of plans"), _l("Interruption of the plan"), INTERRUPTION, "plan_id")

# In the order in which they are written: what others point at comes first, and guidance after what lets it be stored (§ 76.1).
BROUGHT: tuple[Any, ...] = (
    ClientView, ResidenceBasisView, LanguageSkillView, EducationRecordView, WorkRecordView, FamilyLinkView, RepresentativeView, ChildHearingView,
    StatusPeriodView, ConsentView, InitialContactView,
    AssessmentView, AssessmentGroundView, INTERVIEW_SECTION, ClarifyingMeasureView, RestrictedSectionView,
    PlanView, PLAN_EXTENSION, PLAN_INTERRUPTION, GoalView, PlannedServiceView, ServiceParticipationView, ServiceHoursView,
    ServiceInterruptionView, LanguageTestResultView, PlanReviewView, ReviewedGoalView, HindranceView,
    GuidanceEntryView, GuidanceNeedView, AppointmentView, NoteView, ReminderView,
)  # fmt: skip

# Labels of columns that the pages of the entity show elsewhere than in its form; a test keeps this free of what the view names.
MORE_LABELS: dict[str, Mapping[str, Any]] = {
    "integration_plan": {**LIFE, **KELA, "reviewed_on": _l("Last reviewed on")},
    "goal": {"result": REVIEWED_GOAL["result"]},
}
# Table → columns of a data category that the system fills in by itself, or that only a move to another municipality writes.
DERIVED: dict[str, frozenset[str]] = {"client": frozenset({"identity_code_digest", "search_name", "archived_on"})}
# Table → columns without which the time limits of the law cannot be counted. Basis: 681/2023 §§ 14.1, 20.3, 23, 102.2 (R03, R05, R09, R30).
ESSENTIAL: dict[str, frozenset[str]] = {
    "residence_basis": frozenset({"granted_date", "is_first"}), "integration_plan": frozenset({"drawn_up_date"}),
}  # fmt: skip
# Table → columns of which at least one is needed.
ONE_OF: dict[str, tuple[str, ...]] = {"client": ("identity_code", "no_identity_code_reason")}
