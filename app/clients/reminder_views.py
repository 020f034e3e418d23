"""Pages of the reminder on a client; it is shown on the client's own page, and one goes back there from each of these."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, validators

from app.clients.fact_views import OF_CLIENT
from app.clients.labels import REMINDER
from app.clients.models import Client
from app.clients.queries import reminder_of_client
from app.clients.reminders import LONGEST, ClientReminder
from app.db.base import db
from app.web.base_view import BaseView
from app.web.display import shown
from app.web.forms import stripped
from app.web.interface import Interface


def _content_field() -> TextAreaField:
    return TextAreaField(
        REMINDER["content"],
        [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=LONGEST, message=_l("Write at most %(max)d characters."))],
        filters=[stripped],
        description=_l("The reminder is part of the client register, and the client may read it. Write nothing about health here. At most 300 characters."),
    )  # fmt: skip


class ReminderView(BaseView):
    route_base, event, datamodel = "/reminders", "reminder", Interface(ClientReminder)
    parent = OF_CLIENT
    list_title, show_title, add_title, edit_title = _l("Reminders"), _l("Reminder"), _l("Write a reminder"), _l("Change the reminder")
    label_columns = REMINDER
    order_columns: list[str] = []
    list_columns = ["content", "due_on"]
    show_columns = ["content", "due_on", "written_by", "changed_at"]
    search_columns = ["due_on"]
    add_columns = edit_columns = ["content", "due_on"]
    description_columns = {"due_on": _l("The reminder comes up under My work of the client's responsible worker when the day is near.")}
    delete_question = _l("Remove the reminder?")

    def __init__(self, **kwargs: Any) -> None:
        self.add_form_extra_fields = {"content": _content_field()}
        self.edit_form_extra_fields = {"content": _content_field()}
        super().__init__(**kwargs)

    # -- on the client's own page ------------------------------------------------------------------

    def _of(self, client: Client) -> ClientReminder | None:
        """Give the reminder to a reader who may see it; read once a request."""
        found = g.setdefault("reminders", {})
        if client.id not in found:
            found[client.id] = reminder_of_client(db.session, client.id) if self.may("show") else None
        reminder: ClientReminder | None = found[client.id]
        return reminder

    def shown_on(self, client: Client) -> dict[str, Any] | None:
        """Give what the client's page shows of the reminder, with the ways to change and remove it."""
        item = self._of(client)
        if item is None:
            return None
        day = format_date(item.changed_at)
        return {
            "text": item.content, "day": shown(item, "due_on"), "is_late": item.due_on is not None and item.due_on < date.today(),
            "written": _("Written by %(person)s on %(day)s", person=item.written_by, day=day) if item.written_by else _("Written on %(day)s", day=day),
            "edit_url": self.url("edit", pk=item.id) if self.may("edit") else None,
            "remove_url": self.url("delete", pk=item.id) if self.may("delete") else None,
        }  # fmt: skip

    def buttons_on(self, client: Client) -> list[dict[str, Any]]:
        """Give the button that writes the first reminder."""
        if not self.may("add") or self._of(client):
            return []
        return [{"label": self.add_title, "url": self.url("add", client=client.id), "method": "get", "kind": "secondary", "confirm_text": None}]

    # -- the reminder's own pages ------------------------------------------------------------------

    def may_add_under(self, parent: Client) -> bool:
        return reminder_of_client(db.session, parent.id) is None

    def place_after(self, item: ClientReminder) -> str:
        return self.back_of(item)


    def rule_errors(self, form: Any, item: ClientReminder, parent: Any) -> list[tuple[str, str]]:
        # A day that has passed may stay, so that the text of a late reminder can be changed.
        if form.due_on.data and form.due_on.data < date.today() and form.due_on.data != item.due_on:
            return [("due_on", _("The day has passed already."))]
        return []
