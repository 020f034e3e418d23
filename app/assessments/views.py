"""Pages of assessments."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask import flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.assessments.actions import cancel_assessment, complete_assessment, skip_assessment, write_interview
from app.assessments.forms import INTERVIEW_GROUPS, CancelForm, CompleteForm, InterviewForm, SkipForm
from app.assessments.labels import ASSESSMENT, BROKEN, MAY, SECTION
from app.assessments.models import Assessment
from app.assessments.part_views import AssessmentGroundView, ClarifyingMeasureView, RestrictedSectionView, told_of_beginning
from app.assessments.queries import further_grounds, has_open_measures, sections_of_assessment, window_ends_on
from app.assessments.rules import (
    CHILD,
    DUTIES_TO_INFORM,
    SECTIONS,
    Beginning,
    Completion,
    broken_beginning_rules,
    broken_completion_rules,
    broken_end,
    broken_meeting_rules,
    missing_duties,
    missing_sections,
)  # fmt: skip
from app.assessments.states import OPEN, AssessmentLife
from app.clients.actions import advance
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.clients.protection import without_protected
from app.db.base import db
from app.deadlines.counting import due_after
from app.web.archive import is_archived
from app.web.deeds import Deed, DeedsView
from app.web.display import shown
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.restricted_codes import sees_restricted_codes
from app.web.rows import Rows

_COLUMNS = ["ground", "known_on", "started_on", "over_three_years_reason", "channel", "channel_reason", "language"]
_OF_VICTIMS = ("over_three_years_reason",)
# What has nothing to say of an assessment that goes on, or of a meeting at the office.
_ONLY_FILLED = ("channel_reason", "completed_on", "outcome", "outcome_reason", "plan_planned_on", "guided_to", "cancelled_on", "cancel_reason",
                "over_three_years_reason", "skipped_reason")  # fmt: skip


class AssessmentView(DeedsView):
    route_base, event, datamodel = "/assessments", "assessment", Interface(Assessment)
    parent = OF_CLIENT
    list_title, show_title = _l("Assessments"), _l("Assessment of competence and integration service needs")
    add_title, edit_title = _l("Start an assessment"), _l("Edit the assessment")
    label_columns = ASSESSMENT
    description_columns = {"over_three_years_reason": _l("Only of a victim of trafficking whose three years have passed (act 681/2023, section 14).")}
    needs = {"channel_reason": "channel!=OFFICE"}
    rows = (Rows("grounds", AssessmentGroundView),)
    related: Any = (AssessmentGroundView, ClarifyingMeasureView, RestrictedSectionView)
    list_columns = ["client_name", "started_on", "ground", "status", "outcome"]
    order_columns = ["started_on"]
    base_order = ("started_on", "desc")
    search_columns = ["status", "outcome", "ground", "started_on"]
    add_columns = edit_columns = _COLUMNS
    show_fieldsets = [
        (_l("Basics"), {"fields": [*_COLUMNS, "status", "completed_on", "outcome", "outcome_reason", "plan_planned_on", "guided_to", "skipped_reason", "cancelled_on", "cancel_reason"]}),
        (_l("The client's own goals and wishes"), {"fields": ["client_wishes"]}),
        (_l("What the client has been told, and when"), {"fields": list(DUTIES_TO_INFORM)}),
    ]
    life = AssessmentLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "complete": Deed(form=CompleteForm, kind="primary", act=complete_assessment, done=_l("The assessment is complete.")),
        "skip": Deed(form=SkipForm, act=skip_assessment, done=_l("The assessment is left undone.")),
        "cancel": Deed(form=CancelForm, act=cancel_assessment, done=_l("The assessment is cancelled.")),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_export", *MAY]
    deeds = MAY

    def exportable(self, items: list[Assessment]) -> list[Assessment]:
        return without_protected(db.session, items)

    def may_change(self, item: Assessment) -> bool:
        """Every open assessment is edited."""
        return item.status in OPEN

    def rule_errors(self, form: Any, item: Assessment, parent: Any) -> list[tuple[str, str]]:
        meeting = broken_meeting_rules(
            started_on=form.started_on.data, known_on=form.known_on.data, channel=form.channel.data, channel_reason=form.channel_reason.data, today=date.today(),
        )  # fmt: skip
        errors = [(field, str(BROKEN[rule])) for field, rule in meeting]
        with db.session.no_autoflush:
            client = db.session.get_one(Client, item.client_id)
            facts = Beginning(
                grounds=frozenset(self._grounds(form, item)), started_on=form.started_on.data, birth_date=client.birth_date,
                window_ends_on=window_ends_on(db.session, client.id), over_three_years_reason=self._late_reason(form, item),
            )  # fmt: skip
        # A field that tells of trafficking is not in every reader's form; its rule is told at the day.
        broken = [(field if field in form else "started_on", rule) for field, rule in broken_beginning_rules(facts)]
        return errors + [(field, told_of_beginning(facts, rule)) for field, rule in broken]

    def _late_reason(self, form: Any, item: Assessment) -> str | None:
        return form.over_three_years_reason.data if "over_three_years_reason" in form else item.over_three_years_reason

    def _grounds(self, form: Any, item: Assessment) -> set[str]:
        """Give the grounds as they will be: the first one, and the rows that are saved or in the form."""
        found = dict(further_grounds(db.session, item.id)) if item.id else {}
        for row in (row for group in form.row_groups for row in group.rows):
            found.pop(row.item_id, None)
            if not row.is_removed and row.form.ground.data:
                found[row.id] = row.form.ground.data
        return {form.ground.data, *found.values()}

    def left_out(self, kind: str, item: Any) -> tuple[str, ...]:
        """Ask nothing that tells of trafficking of who may not know of it."""
        return () if sees_restricted_codes() else _OF_VICTIMS

    def before_keep(self, form: Any, item: Assessment, *, is_new: bool) -> None:
        if is_new:
            advance(db.session, item.client_id, "open_assessment")

    def groups_for(self, item: Assessment) -> list[dict[str, Any]]:
        groups, rows = super().groups_for(item), sections_of_assessment(db.session, item.id)
        written = [
            {"title": SECTION[code], "items": [{"label": label, "text": shown(rows[code], name)} for name, label in
             (("summary", _("Summary")), ("need_level", _("Need of services")), ("source", _("Source of the data")))]}
            for code in SECTIONS if code in rows
        ]  # fmt: skip
        empty = {str(ASSESSMENT[name]) for name in _ONLY_FILLED if not getattr(item, name)}
        basics = {**groups[0], "items": [row for row in groups[0]["items"] if str(row["label"]) not in empty]}
        return [basics, *written, *groups[1:]]

    def buttons(self, item: Assessment) -> list[dict[str, Any]]:
        is_first = not self.life.allows(item.status, "complete")
        interview = {"label": AssessmentLife.words["hold"], "url": self.url("interview", pk=item.id), "method": "get", "kind": "primary" if is_first else "secondary", "confirm_text": None}
        return [*([interview] if self.may_change(item) and not is_archived(item) and self.may("interview") else ()), *self.deed_buttons(item)]

    @expose("/interview/<pk>", methods=["GET", "POST"])
    @has_access
    def interview(self, pk: str) -> Any:
        """Fill in the nine sections of the initial interview (Decree 869/2024 § 2)."""
        item = self.changeable_or_409(pk)
        page = FormPage(title=_("Initial interview"), groups=INTERVIEW_GROUPS, cancel_url=self.url("show", pk=pk), whose=self.whose_of(item))
        if request.method == "GET":
            return self.opened(self.fresh_form(InterviewForm, data=_interview_values(item)), page, item)
        if done := self.done_before():
            return done
        form, saved = self.sent_form(InterviewForm, data=_interview_values(item))
        if self.language_asked():
            return self.form_page(form, page)
        if self.must_choose(saved, form, page, item):
            return self.conflict_page(saved, form, page, item)
        if not form.validate():
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=pk))
        write_interview(db.session, item, form.data)
        flash(_("Saved."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/complete/<pk>", methods=["GET", "POST"])
    @has_access
    def complete(self, pk: str) -> Any:
        """Complete the assessment with its outcome."""
        return self.deed("complete", pk)

    @expose("/cancel/<pk>", methods=["GET", "POST"])
    @has_access
    def cancel(self, pk: str) -> Any:
        """End the assessment without an outcome."""
        return self.deed("cancel", pk)

    @expose("/skip/<pk>", methods=["GET", "POST"])
    @has_access
    def skip(self, pk: str) -> Any:
        """Leave a child's assessment undone."""
        return self.deed("skip", pk)

    def deed_buttons(self, item: Assessment) -> list[dict[str, Any]]:
        """Leaving undone is offered for children and young people only."""
        found, place = super().deed_buttons(item), self.url("skip", pk=item.id)
        is_offered = all(button["url"] != place for button in found) or self._is_of_child(item)
        return found if is_offered else [button for button in found if button["url"] != place]

    def _is_of_child(self, item: Assessment) -> bool:
        return CHILD in {item.ground, *further_grounds(db.session, item.id).values()}

    def deed_values(self, name: str, item: Assessment) -> dict[str, Any]:
        """Propose the day by which the plan should be drawn up (R04)."""
        today = date.today()
        return {"completed_on": today, "plan_planned_on": due_after(today, "R04")} if name == "complete" else {"cancelled_on": today}

    def deed_errors(self, name: str, form: Any, item: Assessment) -> list[tuple[str | None, str]]:
        today = date.today()
        if name != "complete":
            field = "cancelled_on" if name == "cancel" else "completed_on"
            rule = broken_end(form[field].data, item.started_on, today)
            broken: list[tuple[str | None, str]] = [(field, str(BROKEN[rule]))] if rule else []
            return broken if name == "cancel" or self._is_of_child(item) else [*broken, (None, str(BROKEN["NOT_A_CHILD"]))]
        rows = sections_of_assessment(db.session, item.id)
        facts = Completion(
            today=today, started_on=item.started_on, completed_on=form.completed_on.data, outcome=form.outcome.data,
            plan_planned_on=form.plan_planned_on.data, guided_to=form.guided_to.data,
            missing_sections=missing_sections({code: row.summary for code, row in rows.items()}),
            missing_duties=missing_duties({name: getattr(item, name) for name in DUTIES_TO_INFORM}),
            has_open_measures=has_open_measures(db.session, item.id),
        )  # fmt: skip
        told = {"sections": ", ".join(str(SECTION[code]) for code in facts.missing_sections),
                "duties": ", ".join(str(ASSESSMENT[name]) for name in facts.missing_duties)}  # fmt: skip
        return [(field, str(BROKEN[rule]) % told) for field, rule in broken_completion_rules(facts)]


def _interview_values(item: Assessment) -> dict[str, Any]:
    rows = sections_of_assessment(db.session, item.id)
    values: dict[str, Any] = {"version_seen": str(item.version), "client_wishes": item.client_wishes}
    for code in SECTIONS:
        row = rows.get(code)
        values[f"{code}_summary"] = row.summary if row else None
        values[f"{code}_need_level"] = row.need_level if row else None
        values[f"{code}_source"] = row.source if row else "CLIENT"
    return values | {name: getattr(item, name) for name in DUTIES_TO_INFORM}
