"""Pages of employment status and responsibility, and of what the municipality has decided for itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import NOBODY_ID, current_actor
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.db.base import db
from app.deadlines.facts import Period
from app.responsibility.actions import derive, follow_status
from app.responsibility.labels import BROKEN, PRACTICE, PRACTICE_HELP, RESPONSIBILITY, STATUS
from app.responsibility.models import OrganisationPractice, ResponsibilityPeriod, StatusPeriod
from app.responsibility.queries import statuses_of
from app.responsibility.rules import broken_status_rules
from app.rights.training import asks_for_training
from app.web.base_view import BaseView
from app.web.interface import Interface


class StatusPeriodView(BaseView):
    route_base, event, datamodel = "/status-periods", "status_period", Interface(StatusPeriod)
    parent = OF_CLIENT
    list_title, show_title = _l("Employment status by periods"), _l("Employment status")
    add_title, edit_title = _l("Record an employment status"), _l("Edit the employment status")
    label_columns = STATUS
    list_columns, order_columns = ["employment_status", "starts_on", "ends_on", "source"], ["starts_on"]
    search_columns = ["employment_status", "starts_on"]
    base_order = ("starts_on", "desc")
    show_columns = add_columns = edit_columns = ["employment_status", "starts_on", "ends_on", "source"]

    def rule_errors(self, form: Any, item: StatusPeriod, parent: Any) -> list[tuple[str, str]]:
        with db.session.no_autoflush:
            others = [Period(row.starts_on, row.ends_on) for row in statuses_of(db.session, [item.client_id]) if row.id != item.id]
        broken = broken_status_rules(starts_on=form.starts_on.data, ends_on=form.ends_on.data, others=others, today=date.today())
        return [(field, str(BROKEN[rule])) for field, rule in broken]

    def before_keep(self, form: Any, item: StatusPeriod, *, is_new: bool) -> None:
        self._derive(item, [item])

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        """Delete the period; who is responsible follows in the same transaction."""
        item = self.changeable_or_409(pk)
        self._derive(item, [])
        return super().delete(pk)

    def _derive(self, item: StatusPeriod, changed: list[StatusPeriod]) -> None:
        """Let responsibility and the client's status follow what the periods will be."""
        with db.session.no_autoflush:
            client = db.session.get_one(Client, item.client_id)
            rows = [*(row for row in statuses_of(db.session, [item.client_id]) if row.id != item.id), *changed]
            derive(db.session, client, rows)
            follow_status(client, rows, date.today())


class ResponsibilityPeriodView(BaseView):
    """Derived, so nobody writes it; the law tells who is responsible."""

    route_base, event, datamodel = "/responsibility-periods", "responsibility_period", Interface(ResponsibilityPeriod)
    parent = OF_CLIENT
    list_title = show_title = add_title = edit_title = _l("Responsible authority")
    list_lead = _l("Follows from job search and the municipality's decision (681/2023 §§ 3, 8); the plan goes on as the same plan.")
    label_columns = RESPONSIBILITY
    list_columns, order_columns = ["responsible", "starts_on", "ends_on", "reason"], ["starts_on"]
    search_columns = ["responsible", "reason", "starts_on"]
    base_order = ("starts_on", "desc")
    show_columns = list_columns
    add_columns = edit_columns = ["responsible"]
    base_permissions = ["can_list", "can_show"]


class PracticeView(BaseView):
    route_base, event, datamodel = "/practices", "organisation_practice", Interface(OrganisationPractice)
    list_title, show_title = _l("Decisions"), _l("Decisions of the municipality")
    add_title, edit_title = _l("Record the decisions of the municipality"), _l("Edit the decisions of the municipality")
    list_lead = _l("A municipality can decide that the employment authority does its duties for every client (681/2023 § 8). It shows on clients the next day.")
    label_columns, description_columns = PRACTICE, PRACTICE_HELP
    list_columns = ["delegated_from", "delegated_to", "transfer_answer_days", "training_demanded_from"]
    show_columns = [*list_columns, "changed_at"]
    add_columns = edit_columns = list_columns
    order_columns: list[str] = []
    search_columns = ["delegated_from", "delegated_to"]
    is_in_navigation = True
    base_permissions = ["can_list", "can_show", "can_add", "can_edit"]

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(OrganisationPractice.org_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(OrganisationPractice).where(OrganisationPractice.id == pk))) or abort(404)

    def rule_errors(self, form: Any, item: Any, parent: Any) -> list[tuple[str, str]]:
        start, end, days = form.delegated_from.data, form.delegated_to.data, form.transfer_answer_days.data
        errors = []
        if end and not start:
            errors.append(("delegated_from", str(BROKEN["FROM"])))
        elif end and end < start:
            errors.append(("delegated_to", str(BROKEN["END"])))
        if days is not None and not 1 <= days <= 30:
            errors.append(("transfer_answer_days", str(BROKEN["DAYS"])))
        # One that was demanded before the key was taken away is kept: it holds again when the key is back.
        if form.training_demanded_from.data not in (None, item.training_demanded_from) and not asks_for_training():
            errors.append(("training_demanded_from", str(BROKEN["NO_KEY"])))
        return errors
