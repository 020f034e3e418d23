"""Pages of what became of a service: the participation, its hours and its interruptions."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.db.base import db
from app.plans.models import PlannedService
from app.services.labels import BROKEN, HOURS, INTERRUPTION, PARTICIPATION
from app.services.models import ServiceHours, ServiceInterruption, ServiceParticipation
from app.services.queries import participation_in
from app.services.rules import INTEGRATION_TRAINING, ORIENTATION, broken_course_rules, broken_hours_rules, broken_participation_rules, broken_pause_rules
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface

_DATES = ["referred_on", "enrolled_on", "started_on", "ended_on"]
_ORIENTATION = ["language", "mode", "interpreted", "self_study_ground"]
_TRAINING = ["starting_level", "study_plan", "next_steps", "work_place", "work_starts_on", "work_ends_on", "no_test_reason"]
# A day that a deed wrote is corrected here; one that no deed has written is not made here.
_WRITTEN_BY_DEEDS = frozenset({*_DATES, "end_reason", "end_description", "no_test_reason", "to_on"})


class OfService(BaseView):
    """What stands under a service of a plan."""

    parent = Parent("service", "planned_service_id", PlannedService, "PlannedServiceView.show")
    parent_ids = ("client_id",)
    order_columns: list[str] = []

    def service_of(self, item: Any) -> PlannedService:
        return db.session.get_one(PlannedService, item.planned_service_id)

    def left_out(self, kind: str, item: Any) -> frozenset[str]:
        """Leave out of the form what has nothing to say of this row."""
        return frozenset(name for name in _WRITTEN_BY_DEEDS & set(self.edit_columns) if getattr(item, name) is None) if kind == "edit" else frozenset()


class ServiceParticipationView(OfService):
    """One record a service, which the deeds make; its fields are those of the kind of service."""

    route_base, event, datamodel = "/service-participations", "service_participation", Interface(ServiceParticipation)
    list_title, show_title, edit_title = _l("Participation"), _l("Participation in the service"), _l("Edit the participation")
    add_title = show_title
    label_columns = PARTICIPATION
    search_columns = ["referred_on", "started_on", "ended_on"]
    list_columns = [*_DATES, "end_reason"]
    show_fieldsets = edit_fieldsets = [
        (_l("Course of the service"), {"fields": [*_DATES, "end_reason", "end_description", "provider_feedback"]}),
        (_l("Societal orientation"), {"fields": _ORIENTATION}),
        (_l("Integration training"), {"fields": _TRAINING}),
    ]
    needs = {"self_study_ground": "mode=SELF_STUDY"}
    base_permissions = ["can_list", "can_show", "can_edit"]

    def left_out(self, kind: str, item: ServiceParticipation) -> frozenset[str]:
        service_type = self.service_of(item).service_type
        of_others = (_ORIENTATION if service_type != ORIENTATION else []) + (_TRAINING if service_type not in INTEGRATION_TRAINING else [])
        return super().left_out(kind, item) | frozenset(of_others)

    def groups_for(self, item: ServiceParticipation) -> list[dict[str, Any]]:
        labels = {str(PARTICIPATION[name]) for name in self.left_out("edit", item)}
        return [{**group, "items": [row for row in group["items"] if str(row["label"]) not in labels]} for group in super().groups_for(item)]

    def rule_errors(self, form: Any, item: ServiceParticipation, parent: Any) -> list[tuple[str, str]]:
        with db.session.no_autoflush:
            kind = self.service_of(item).service_type
        typed = {name: form[name].data if name in form else None for name in ("mode", "self_study_ground", "work_starts_on", "work_ends_on")}
        broken = broken_participation_rules(kind, **typed)
        days = [(name, form[name].data) for name in _DATES if name in form]
        broken += [(name, "NEEDED") for name, day in days if day is None]
        broken += broken_course_rules(days, date.today())
        return [(field, str(BROKEN[rule])) for field, rule in broken]


class ServiceHoursView(OfService):
    route_base, event, datamodel = "/service-hours", "service_hours", Interface(ServiceHours)
    list_title, show_title, add_title, edit_title = _l("Hours"), _l("Hours of a period"), _l("Record hours"), _l("Edit the hours")
    label_columns = HOURS
    search_columns = ["from_on"]
    base_order = ("from_on", "desc")
    list_columns = show_columns = add_columns = edit_columns = ["from_on", "to_on", "module", "hours_planned", "hours_attended"]

    def may_add_under(self, parent: PlannedService) -> bool:
        return parent.status in ("STARTED", "PAUSED", "DISCONTINUED")

    def may_change(self, item: ServiceHours) -> bool:
        # What was completed rests on its hours (V13).
        return self.may_add_under(self.service_of(item))

    def rule_errors(self, form: Any, item: ServiceHours, parent: Any) -> list[tuple[str, str]]:
        with db.session.no_autoflush:
            record = participation_in(db.session, item.planned_service_id)
        broken = broken_hours_rules(
            from_on=form.from_on.data, to_on=form.to_on.data, planned=form.hours_planned.data, attended=form.hours_attended.data,
            begins_on=record.started_on if record else None, today=date.today(),
        )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken]


class ServiceInterruptionView(OfService):
    """Deeds make and end an interruption; here its words and days are corrected."""

    route_base, event, datamodel = "/service-interruptions", "service_interruption", Interface(ServiceInterruption)
    list_title, show_title, edit_title = _l("Interruptions"), _l("Interruption of the service"), _l("Edit the interruption")
    add_title = show_title
    label_columns = INTERRUPTION
    search_columns = ["from_on", "reason"]
    base_order = ("from_on", "desc")
    list_columns = show_columns = edit_columns = ["from_on", "to_on", "reason", "description"]
    base_permissions = ["can_list", "can_show", "can_edit"]

    def rule_errors(self, form: Any, item: ServiceInterruption, parent: Any) -> list[tuple[str, str]]:
        last = form["to_on"].data if "to_on" in form else None
        if "to_on" in form and last is None:
            return [("to_on", str(BROKEN["NEEDED"]))]
        return [(field, str(BROKEN[rule])) for field, rule in broken_pause_rules(from_on=form.from_on.data, to_on=last, today=date.today())]
