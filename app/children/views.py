"""Pages of what is recorded of a child."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _l

from app.children.labels import BROKEN, HEARING, REPRESENTATIVE
from app.children.models import ChildHearing, Representative
from app.children.rules import Mandate, broken_hearing_rules, broken_mandate_rules, majority_on
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.db.base import db
from app.web.base_view import BaseView
from app.web.interface import Interface

_DAYS = ("known_on", "applied_on", "decided_on", "valid_from", "valid_to")


def _birth_date(item: Any) -> date:
    with db.session.no_autoflush:
        return db.session.get_one(Client, item.client_id).birth_date


class ChildHearingView(BaseView):
    route_base, event, datamodel = "/child-hearings", "child_hearing", Interface(ChildHearing)
    parent = OF_CLIENT
    list_title, show_title = _l("The child's view"), _l("The child's view on one day")
    add_title, edit_title = _l("Record the child's view"), _l("Edit the child's view")
    list_lead = _l("A client under 18 is heard, or the reason why not is recorded (section 4). A new plan offers the latest view when it is agreed.")
    label_columns = HEARING
    needs = {"opinion": "is_heard", "not_heard_reason": "is_heard="}
    list_columns, order_columns = ["client_name", "considered_on", "is_heard", "opinion"], ["considered_on"]
    base_order = ("considered_on", "desc")
    search_columns = ["considered_on", "is_heard"]
    show_columns = add_columns = edit_columns = ["considered_on", "is_heard", "opinion", "not_heard_reason"]

    def rule_errors(self, form: Any, item: ChildHearing, parent: Any) -> list[tuple[str, str]]:
        broken = broken_hearing_rules(
            birth_date=_birth_date(item), on=form.considered_on.data, is_heard=form.is_heard.data, opinion=form.opinion.data,
            reason=form.not_heard_reason.data, today=date.today(),
        )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken]


_APPLIED, _WHO, _TASK = ["known_on", "applied_on"], ["name", "phone", "email"], ["decided_on", "valid_from", "valid_to", "end_reason"]


class RepresentativeView(BaseView):
    route_base, event, datamodel = "/representatives", "representative", Interface(Representative)
    parent = OF_CLIENT
    list_title, show_title = _l("Representative of a child without a guardian"), _l("Representative")
    add_title, edit_title = _l("Record a representative"), _l("Edit the representative")
    list_lead = _l("A representative is applied for without delay (section 35). The task ends when the client turns 18.")
    label_columns = REPRESENTATIVE
    list_columns = ["client_name", "name", "known_on", "applied_on", "valid_from", "acts_until"]
    order_columns: list[str] = []
    base_order = ("created_at", "desc")
    search_columns = ["known_on", "applied_on", "valid_from"]
    add_fieldsets = edit_fieldsets = [(_l("Applying for a representative"), {"fields": _APPLIED}), (_l("Representative"), {"fields": _WHO}), (_l("The representative's task"), {"fields": [*_TASK, "source"]})]
    show_fieldsets = [*add_fieldsets[:2], (_l("The representative's task"), {"fields": [*_TASK, "acts_until", "source"]})]

    def title_of(self, item: Representative) -> str:
        return item.name or str(self.show_title)

    def rule_errors(self, form: Any, item: Representative, parent: Any) -> list[tuple[str, str]]:
        birth_date = _birth_date(item)
        facts = Mandate(birth_date=birth_date, name=form.name.data, end_reason=form.end_reason.data, today=date.today(), **{name: form[name].data for name in _DAYS})
        adult = format_date(majority_on(birth_date))
        return [(field, str(BROKEN[rule]) % {"adult": adult}) for field, rule in broken_mandate_rules(facts)]
