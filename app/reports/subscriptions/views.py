"""A person's own subscriptions; nobody sees those of others."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import StringField, validators

from app.access.actor import current_actor
from app.db.base import db
from app.reports.out.arguments import BadQuestionError
from app.reports.out.views import reading_viewer
from app.reports.subscriptions.models import ReportSubscription
from app.reports.subscriptions.places import place_at, place_for
from app.web.base_view import BaseView
from app.web.forms import stripped
from app.web.interface import Interface


def _address_field() -> StringField:
    return StringField(
        _l("Address of the report"),
        [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=2000, message=_l("Write at most %(max)d characters."))],
        filters=[stripped], default=lambda: request.args.get("address", "")[:2000],
        description=_l("Open the report as you want to read it and copy the address of the page. The period of the address is left out."),
    )  # fmt: skip


class ReportSubscriptionView(BaseView):
    route_base, event, datamodel = "/report-subscriptions", "report_subscription", Interface(ReportSubscription)
    list_title, show_title = _l("My subscriptions to reports"), _l("Subscription to a report")
    add_title, edit_title = _l("Subscribe to a report"), _l("Change the subscription")
    list_lead = _l("When a period is closed, you get a message with a link to the report. No figure is in the message.")
    label_columns = {"what": _l("Report"), "address": _l("Address of the report"), "every": _l("How often"), "created_at": _l("Since")}
    list_columns = ["what", "every", "created_at"]
    order_columns = ["created_at"]
    search_columns = ["every"]
    show_columns = ["what", "every", "address", "created_at"]
    add_columns = ["address", "every"]
    edit_columns = ["every"]
    delete_question = _l("End the subscription?")

    def __init__(self, **kwargs: Any) -> None:
        self.add_form_extra_fields = {"address": _address_field()}
        super().__init__(**kwargs)

    def restricted(self, query: Any) -> Any:
        actor = current_actor() or abort(403)
        return query.where(ReportSubscription.user_id == actor.user_id, ReportSubscription.org_id == actor.organisation_id)

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(ReportSubscription).where(ReportSubscription.id == pk))) or abort(404)

    def fill_new(self, item: ReportSubscription, parent: Any) -> None:
        item.user_id = (current_actor() or abort(403)).user_id

    def title_of(self, item: ReportSubscription) -> str:
        return item.what

    def rule_errors(self, form: Any, item: ReportSubscription, parent: Any) -> list[tuple[str, str]]:
        if "address" not in form:
            return []
        try:
            with db.session.no_autoflush:
                place = place_for(db.session, reading_viewer(), form.address.data, date.today())
        except BadQuestionError as bad:
            return [("address", str(bad))]
        return [("address", str(_l("The address is too long.")))] if len(place.address) > 300 else []

    def before_keep(self, form: Any, item: ReportSubscription, *, is_new: bool) -> None:
        if is_new:
            place = place_at(item.address)
            item.address = place.address if place else item.address
