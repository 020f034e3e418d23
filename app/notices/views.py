"""Pages of announcements for the national agency, and the button by which a reader dismisses one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.notices.actions import dismiss
from app.notices.labels import ANNOUNCEMENT, BROKEN, HELP
from app.notices.models import Announcement
from app.notices.rules import OUTAGE, broken_rules
from app.db.base import db
from app.organisations.relations import AnyOrganisationRelation
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.language import current_language
from app.web.moments import moment_field

_TEXTS = ["title_fi", "title_sv", "text_fi", "text_sv"]
_FIELDS = ["kind", *_TEXTS, "shown_from", "shown_to", "outage_from", "outage_to"]
_AUDIENCE = ["role", "audience_id", "stage"]
_SETS = [(_l("What is told, and when"), {"fields": _FIELDS}), (_l("To whom"), {"fields": _AUDIENCE})]


class AnnouncementView(BaseView):
    route_base, event, datamodel = "/announcements", "announcement", Interface(Announcement)
    list_title, show_title, add_title, edit_title = _l("Announcements"), _l("Announcement"), _l("Add an announcement"), _l("Edit the announcement")
    list_lead = _l("An announcement stands on the pages of those it concerns, in the language of each.")
    label_columns, description_columns = ANNOUNCEMENT, HELP
    list_columns = ["title_fi", "title_sv", "kind", "shown_from", "shown_to", "state_words"]
    show_columns = [*_FIELDS, "role", "audience_name", "stage", "changed_at"]
    add_columns = edit_columns = [*_FIELDS, *_AUDIENCE]
    add_fieldsets = edit_fieldsets = _SETS
    language_of = {"title_fi": "fi", "title_sv": "sv", "text_fi": "fi", "text_sv": "sv"}
    relations = {"audience_id": AnyOrganisationRelation()}
    needs = {"outage_from": f"kind={OUTAGE}", "outage_to": f"kind={OUTAGE}"}
    order_columns, search_columns, base_order = ["shown_from", "shown_to"], ["kind", "shown_to"], ("shown_from", "desc")
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_suggest"]
    is_in_navigation = True
    add_form_extra_fields = edit_form_extra_fields = {name: moment_field(ANNOUNCEMENT[name]) for name in ("outage_from", "outage_to")}

    def title_of(self, item: Announcement) -> str:
        return item.title_sv if current_language() == "sv" else item.title_fi

    def subtitle_of(self, item: Announcement) -> str:
        return item.state_words

    def rule_errors(self, form: Any, item: Announcement, parent: Any) -> list[tuple[str, str]]:
        shown, outage = (form.shown_from.data, form.shown_to.data), (form.outage_from.data, form.outage_to.data)
        return [(field, str(BROKEN[reason])) for field, reason in broken_rules(form.kind.data, shown, outage)]

    def before_keep(self, form: Any, item: Announcement, *, is_new: bool) -> None:
        """Take away the time of what is no outage."""
        if item.kind != OUTAGE:
            item.outage_from = item.outage_to = None


dismissals = Blueprint("dismissals", __name__, url_prefix="/announcements/dismiss")


@dismissals.before_request
def signed_in() -> Any:
    """Let in whoever has signed in, with or without a right: what is dismissed is dismissed for oneself."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login"), 303)


@dismissals.post("/<key>")
def dismissed(key: str) -> Any:
    """Show the announcement to the reader no more, and go back to the page it stood on."""
    if not dismiss(db.session, int(current_user.id), key):
        abort(404)
    place = request.form.get("place", "")
    return redirect(place if place.startswith("/") and not place.startswith(("//", "/\\")) else "/", 303)
