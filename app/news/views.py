"""The page of what is new for the reader, and pages by which the national agency writes it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField, validators

from app.db.base import db
from app.news.actions import mark_seen
from app.news.models import NewsEntry
from app.news.queries import told_to_reader
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.language import current_language
from app.web.switches import FUNCTIONS

LABELS = {
    "told_on": _l("Told from"), "function": _l("Only where the function is in use"), "function_name": _l("Only where the function is in use"), "role": _l("Only for the role"),
    "title_fi": _l("Heading in Finnish"), "title_sv": _l("Heading in Swedish"), "text_fi": _l("Text in Finnish"), "text_sv": _l("Text in Swedish"), "changed_at": _l("Changed"),
}  # fmt: skip


def _function_field() -> SelectField:
    return SelectField(LABELS["function"], [validators.Optional()], coerce=lambda value: value or None,
                       choices=lambda: [("", ""), *sorted(((key, str(one.name)) for key, one in FUNCTIONS.items()), key=lambda pair: pair[1].casefold())])  # fmt: skip


class NewsEntryView(BaseView):
    route_base, event, datamodel = "/news-entries", "news_entry", Interface(NewsEntry)
    list_title, show_title, add_title, edit_title = _l("Entries of what is new"), _l("Entry of what is new"), _l("Tell what is new"), _l("Edit the entry")
    list_lead = _l("What comes with a release is told by itself; here you tell the rest.")
    label_columns = LABELS
    list_columns = ["title_fi", "title_sv", "told_on", "role", "function_name"]
    show_columns = ["title_fi", "title_sv", "text_fi", "text_sv", "told_on", "role", "function_name", "changed_at"]
    add_columns = edit_columns = ["title_fi", "title_sv", "text_fi", "text_sv", "told_on", "role", "function"]
    add_form_extra_fields = edit_form_extra_fields = {"function": _function_field()}
    language_of = {"title_fi": "fi", "title_sv": "sv", "text_fi": "fi", "text_sv": "sv"}
    order_columns, search_columns, base_order = ["told_on"], ["role", "told_on"], ("told_on", "desc")
    is_in_navigation = True

    def title_of(self, item: NewsEntry) -> str:
        return item.title_sv if current_language() == "sv" else item.title_fi


whats_new = Blueprint("whats_new", __name__, url_prefix="/whats-new")


@whats_new.before_request
def signed_in() -> Any:
    """Let in whoever has signed in: what is told is nobody's secret."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login", next=url_for("whats_new.page")), 303)


@whats_new.get("/")
def page() -> Any:
    """Show what is new, the unread marked, and mark it read."""
    language = current_language()
    entries = [{"title": entry.texts[language][0], "text": entry.texts[language][1], "day": f"{entry.told_on:%-d.%-m.%Y}", "is_unread": is_unread}
               for entry, is_unread in told_to_reader()]  # fmt: skip
    if any(entry["is_unread"] for entry in entries):
        mark_seen(db.session, int(current_user.id))
    return render_template("koto/whats_new.html", title=_("What is new"), lead=_("What has changed in your role and in the functions you use."), entries=entries, unread=0)
