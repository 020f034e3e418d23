"""Pages of what stands under an assessment: its further grounds, clarifying measures and restricted sections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import abort
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, validators

from app.assessments.labels import BROKEN, FURTHER_GROUND, MEASURE, RESTRICTED_SECTION
from app.assessments.models import Assessment, AssessmentGround, ClarifyingMeasure, RestrictedSection
from app.assessments.queries import further_grounds, window_ends_on
from app.assessments.rules import Beginning, broken_beginning_rules, broken_measure_rules
from app.assessments.states import OPEN
from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import db
from app.deadlines.numbers import number
from app.participations.models import Participation
from app.participations.queries import open_participations
from app.web.base_view import BaseView, Parent
from app.web.form_page import FormPage
from app.web.forms import stripped
from app.web.interface import Interface
from app.web.restricted import RESTRICTED_DEEDS
from app.web.transaction import client_ids_of


def told_of_beginning(facts: Beginning, rule: str) -> str:
    """Give the sentence of a rule that the beginning of an assessment breaks."""
    day = format_date(facts.window_ends_on) if facts.window_ends_on else ""
    return str(BROKEN[rule]) % {"age": number("R16", facts.started_on).amount, "day": day}


class AssessmentPartView(BaseView):
    """A part of an assessment changes as long as the assessment goes on."""

    parent = Parent("assessment", "assessment_id", Assessment, "AssessmentView.show")
    parent_ids = ("client_id",)
    order_columns: list[str] = []
    base_order = ("created_at", "asc")

    def assessment_of(self, item: Any) -> Assessment:
        with db.session.no_autoflush:
            return db.session.get_one(Assessment, item.assessment_id)

    def may_change(self, item: Any) -> bool:
        return self.assessment_of(item).status in OPEN

    def may_add_under(self, parent: Assessment) -> bool:
        return parent.status in OPEN

    def buttons(self, item: Any) -> list[dict[str, Any]]:
        return [{"label": _("To the assessment"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}]


class AssessmentGroundView(AssessmentPartView):
    """The first ground stands in the assessment itself."""

    route_base, event, datamodel = "/assessment-grounds", "assessment_ground", Interface(AssessmentGround)
    list_title, show_title = _l("Further grounds of the assessment"), _l("Further ground")
    add_title, edit_title = _l("Add a ground"), _l("Edit the ground")
    label_columns = FURTHER_GROUND
    search_columns = ["ground"]
    list_columns = show_columns = add_columns = edit_columns = ["ground"]

    def rule_errors(self, form: Any, item: AssessmentGround, parent: Any) -> list[tuple[str, str]]:
        """Ask what the change breaks of the beginning; of a row in the assessment's own form that form asks."""
        return [] if form._prefix else [("ground", sentence) for sentence in self._broken_by(item, form.ground.data)]

    def delete_errors(self, item: AssessmentGround) -> list[str]:
        """Keep the ground that carries an assessment begun after the three years."""
        return self._broken_by(item, None)

    def _broken_by(self, item: AssessmentGround, ground: str | None) -> list[str]:
        """Tell of each rule that the beginning keeps as saved and would break with another ground, or without one."""
        assessment = self.assessment_of(item)
        with db.session.no_autoflush:
            client = db.session.get_one(Client, assessment.client_id)
            saved = further_grounds(db.session, assessment.id)
            facts = Beginning(
                grounds=frozenset({assessment.ground, *saved.values()}), started_on=assessment.started_on, birth_date=client.birth_date,
                window_ends_on=window_ends_on(db.session, client.id), over_three_years_reason=assessment.over_three_years_reason,
            )  # fmt: skip
        grounds = {assessment.ground, *(code for key, code in saved.items() if key != item.id), *([ground] if ground else [])}
        broken = [rule for rule in broken_beginning_rules(replace(facts, grounds=frozenset(grounds))) if rule not in broken_beginning_rules(facts)]
        return [told_of_beginning(facts, rule) for _field, rule in broken]


class ClarifyingMeasureView(AssessmentPartView):
    """The need of a measure is seen in the interview (Decree 869/2024 § 3)."""

    route_base, event, datamodel = "/clarifying-measures", "clarifying_measure", Interface(ClarifyingMeasure)
    list_title, show_title = _l("Clarifying measures"), _l("Clarifying measure")
    add_title, edit_title = _l("Order a clarifying measure"), _l("Edit the clarifying measure")
    label_columns = MEASURE
    search_columns = ["measure", "ordered_on", "done_on"]
    base_order = ("ordered_on", "desc")
    list_columns = ["measure", "provider", "ordered_on", "done_on"]
    show_columns = add_columns = edit_columns = ["measure", "provider", "ordered_on", "done_on", "result", "called_off_reason"]

    def may_add_under(self, parent: Assessment) -> bool:
        return parent.status in ("INTERVIEW_HELD", "CLARIFYING")

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        return super().fresh_form(form_class, **(prefill or {"data": {"ordered_on": date.today()}}))

    def rule_errors(self, form: Any, item: ClarifyingMeasure, parent: Any) -> list[tuple[str, str]]:
        broken = broken_measure_rules(
            ordered_on=form.ordered_on.data, done_on=form.done_on.data, result=form.result.data, called_off=form.called_off_reason.data,
            started_on=self.assessment_of(item).started_on, today=date.today(),
        )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken]


class RestrictedSectionView(AssessmentPartView):
    """Health and ability stand apart from the interview, with a reason each, and are opened on their own (rule V9).

    The form of editing shows what was found, so it is for who may open it, and its opening is told as one.
    """

    route_base, event, datamodel = "/restricted-sections", "restricted_section", Interface(RestrictedSection)
    list_title, show_title = _l("Restricted sections of the assessment"), _l("Restricted section of the assessment")
    add_title, edit_title = _l("Write a restricted section"), _l("Edit the restricted section")
    label_columns = RESTRICTED_SECTION
    search_columns = ["section"]
    list_columns = ["section", "purpose_reason"]
    show_columns = add_columns = edit_columns = ["section", "purpose_reason", "content", "source"]
    description_columns = {"purpose_reason": _l("Only what affects integration and cannot be left out (act 681/2023, section 14).")}
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", *RESTRICTED_DEEDS]
    deeds = RESTRICTED_DEEDS

    def __init__(self, **kwargs: Any) -> None:
        # The column holds it encrypted, which no generated field knows.
        limit = validators.Length(max=8000, message=_l("Write at most %(max)d characters."))
        needed = validators.DataRequired(_l("Fill in this field."))
        content = {"content": TextAreaField(RESTRICTED_SECTION["content"], [needed, limit], filters=[stripped])}
        self.add_form_extra_fields, self.edit_form_extra_fields = content, content
        super().__init__(**kwargs)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        """Open what is restricted in the form that changes it."""
        if not self.may_open_restricted(self.changeable_or_409(pk)):
            abort(403)
        return super().edit(pk)

    def opened(self, form: Any, page: FormPage, item: RestrictedSection) -> Any:
        record_event(db.session, f"{self.event}:restricted_read", client_ids=client_ids_of(item), row_id=item.id, version=item.version)
        return super().opened(form, page, item)

    def edit_button(self, item: RestrictedSection) -> list[dict[str, Any]]:
        return super().edit_button(item) if self.may_open_restricted(item) else []

    def rule_errors(self, form: Any, item: RestrictedSection, parent: Any) -> list[tuple[str, str]]:
        takes_part = form.section.data != "HEALTH_NEEDS" or open_participations(
            db.session, Participation.assessment_id == item.assessment_id, Participation.accepted_at.is_not(None)
        )
        return [] if takes_part else [("section", str(BROKEN["COUNTY"]))]
