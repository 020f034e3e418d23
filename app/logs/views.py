"""Pages of the log: what an organisation's people did, who has handled a client's data, and the document for the client."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, abort, current_app, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import Actor, current_actor
from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import db
from app.db.types import is_id, now
from app.logs.display import shown_act
from app.logs.document import ROWS_AT_MOST, log_document, log_html, log_pdf
from app.logs.forms import ClientForm, PaperForm, PeriodForm
from app.logs.labels import ACT, OUTCOME
from app.logs.queries import Act, acts_of_organisation, acts_on_client, controller_of
from app.organisations.models import Organisation
from app.web.language import LANGUAGES, current_language
from app.web.listing import address
from app.web.table import table

ROWS = 50
A_YEAR, A_WEEK = timedelta(days=365), timedelta(days=7)


def log_buttons(client: Client) -> list[dict[str, Any]]:
    """Give the client page's way here, to those of the controller who may read the log."""
    actor, may = current_actor(), current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    if actor is None or client.org_id != actor.organisation_id or not may("can_show", "LogView"):
        return []
    return [{"label": LogView.show_title, "url": url_for("LogView.show", pk=client.id), "method": "get", "kind": "secondary", "confirm_text": None}]


class LogView(BaseView):  # type: ignore[misc]
    """Reading the log is an event like any other; a client is known here by the key, and by name to who may see the client."""

    route_base, event, is_of_clients = "/logs", "log", True
    default_view = "list"
    list_title, show_title = _l("Log"), _l("Who has handled the data")
    base_permissions = ["can_list", "can_show"]

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        """Show what those who act for the reader's organisation did and were refused."""
        actor, whose = _actor(), ClientForm.asked()
        if whose.client.data and whose.validate():
            return redirect(url_for("LogView.show", pk=whose.client.data), 303)
        form = PeriodForm.asked(date.today() - A_WEEK, date.today())
        period, after = form.period(), _after()
        acts = acts_of_organisation(db.session, actor.organisation_id, period, after=after, most=ROWS + 1) if period else []
        html = self.render_template(
            "koto/log.html", title=_("Log"), lead=_("What the people of your organisation have done, and what they were refused."),
            period_form=form, client_form=whose, paper_form=None, buttons=(), **_page(acts, with_outcome=True),
        )  # fmt: skip
        record_event(db.session, "log:listed")
        db.session.commit()
        return html, 200 if period and not whose.errors else 422

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        """Show who has handled the data of a client whose controller the reader's organisation is."""
        actor, client = _actor(), self._client_or_404(pk)
        form = PeriodForm.asked(date.today() - A_YEAR, date.today())
        period, after = form.period(), _after()
        acts = acts_on_client(db.session, pk, period, organisation_id=actor.organisation_id, after=after, most=ROWS + 1) if period else []
        paper = PaperForm(formdata=None, meta={"csrf": False}, language=_language_for(client), first=form.first.data, last=form.last.data)
        back = [{"label": _("To the client"), "url": url_for("ClientView.show", pk=pk), "method": "get", "kind": "secondary", "confirm_text": None}]
        html = self.render_template(
            "koto/log.html", title=self.show_title, lead=_named(client), number=pk, period_form=form, client_form=None,
            paper_form=paper if period else None, paper_url=url_for("LogView.pdf", pk=pk), buttons=back if client else (), **_page(acts),
        )  # fmt: skip
        record_event(db.session, "log:read", client_ids=[pk], row_id=pk, purpose="LOG_REVIEW")
        db.session.commit()
        return html, 200 if period else 422

    @expose("/pdf/<pk>", methods=["GET"])
    @has_access
    @permission_name("show")
    def pdf(self, pk: str) -> Any:
        """Give the document for the client; `language` is fi or sv, `names` tells whether the workers are named."""
        actor, client = _actor(), self._client_or_404(pk)
        language = request.args.get("language", _language_for(client))
        period = PeriodForm.asked(date.today() - A_YEAR, date.today()).period()
        if language not in LANGUAGES or period is None:
            abort(400)
        acts = acts_on_client(db.session, pk, period, organisation_id=actor.organisation_id, most=ROWS_AT_MOST + 1)
        controller = db.session.get_one(Organisation, actor.organisation_id).name_in(language)
        document = log_document(
            acts, period, language=language, client=_named(client), number=pk, controller=controller, on=now(), with_names="names" in request.args,
        )  # fmt: skip
        html = log_html(document)
        # The event comes first: a long document takes seconds, and no transaction waits for it.
        record_event(db.session, "log:handed_over", client_ids=[pk], row_id=pk, purpose="DATA_SUBJECT")
        db.session.commit()
        response = Response(log_pdf(html), mimetype="application/pdf")
        response.headers.set("Content-Disposition", "inline", filename=_("who-has-handled-my-data.pdf"))
        return response

    def _client_or_404(self, pk: str) -> Client | None:
        """Give the client to who may see clients; 404 unless the reader's organisation is the controller."""
        actor = _actor()
        if not is_id(pk) or controller_of(db.session, pk, date.today()) != actor.organisation_id:
            abort(404)
        return db.session.get(Client, pk) if actor.sees_clients else None


def _actor() -> Actor:
    return current_actor() or abort(403)


def _after() -> str | None:
    after = request.args.get("after")
    return after if after is None or is_id(after) else abort(400)


def _named(client: Client | None) -> str | None:
    return f"{client.given_names} {client.family_name}" if client else None


def _language_for(client: Client | None) -> str:
    """Give the client's own language of service where it is one of the documents', else the reader's."""
    return client.service_language if client and client.service_language in LANGUAGES else current_language()


def _page(acts: list[Act], *, with_outcome: bool = False) -> dict[str, Any]:
    """Give the table of a page of acts, and the ways to the other pages."""
    names = {name: str(text) for name, text in ACT.items()} | ({"outcome": str(OUTCOME)} if with_outcome else {})
    shown = [shown_act(act, current_language()) for act in acts[:ROWS]]
    return {
        **table(names, [(None, [getattr(row, name) for name in names]) for row in shown]),
        "next_url": address(after=acts[ROWS - 1].id) if len(acts) > ROWS else None, "first_url": address(after=None) if request.args.get("after") else None,
    }  # fmt: skip
