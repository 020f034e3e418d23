"""Pages of a client whose contact details are protected: opened for a reason, and left out of the form until then."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import validators

from app.access.actor import current_actor
from app.audit.record import record_event
from app.clients.models import Client
from app.clients.protection import IN_THE_FORM, OPEN_FOR, is_hidden, open_protected, opening_of
from app.codes.lists import label
from app.db.base import db
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.forms import CodeField, Form
from app.web.language import current_language


class OpenProtectedForm(Form):
    reason = CodeField(_l("Why do you need the contact details?"), [validators.InputRequired(_l("Fill in this field."))], codes="PROTECTED_REASON")


class ProtectedMixin(BaseView):
    """The part of a client's pages that minds the non-disclosure order."""

    def may_open(self, item: Client) -> bool:
        """Tell whether this reader could open the protected details: of one's own organisation's client, with the right to."""
        actor = current_actor()
        return bool(item.non_disclosure) and actor is not None and item.org_id == actor.organisation_id and self.may("protected")

    @expose("/protected/<pk>", methods=["GET", "POST"])
    @has_access
    def protected(self, pk: str) -> Any:
        """Ask why, then open the protected details to this person for a while."""
        item, actor = self.row_or_404(pk), current_actor() or abort(403)
        if not self.may_open(item):
            abort(409 if not item.non_disclosure else 403)
        page = FormPage(
            title=_("Open the protected contact details"), cancel_url=self.url("show", pk=pk), submit_label=_("Open"),
            lead=_("The client has a non-disclosure order. Opening is recorded with its reason; the details stay open to you for %(number)d minutes.",
                   number=OPEN_FOR.seconds // 60), groups=[{"title": None, "fields": ["reason"]}],
        )  # fmt: skip
        form = OpenProtectedForm(formdata=request.form if request.method == "POST" else None)
        if request.method == "GET" or self.language_asked():
            return self.opened(form, page, item)
        if not form.validate():
            return self.form_page(form, page, 422)
        open_protected(db.session, item, actor, form.reason.data)
        flash(_("The contact details are open to you now. Tell nobody where the client lives."), "warning")
        return redirect(self.url("show", pk=pk), 303)

    def record_reading(self, item: Client) -> None:
        if item.non_disclosure and not is_hidden(item):
            record_event(db.session, "client:protected_read", client_ids=[item.id], row_id=item.id, version=item.version)
        else:
            super().record_reading(item)

    def protected_button(self, item: Client) -> list[dict[str, Any]]:
        if not self.may_open(item) or not is_hidden(item):
            return []
        return [{"label": _("Open the contact details"), "url": self.url("protected", pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None}]

    def protected_line(self, item: Client) -> str | None:
        """Say until when the details are open to the reader and why, None when they are not."""
        opening = opening_of(item)
        if opening is None:
            return None
        reason = label("PROTECTED_REASON", opening.reason, current_language())
        return _("Protected contact details are open to you until %(time)s: %(reason)s", time=format_time(opening.closes_at, "short"), reason=reason)

    def left_out(self, kind: str, item: Any) -> frozenset[str]:
        return IN_THE_FORM if kind == "edit" and is_hidden(item) else frozenset()
