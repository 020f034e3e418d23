"""Pages of findings: what the rules found, asking, deciding, and handing over to the municipality concerned."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.actions import action
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import Actor, current_actor
from app.audit.events import words
from app.codes.lists import label
from app.db.base import db
from app.deadlines.numbers import limit_after
from app.examinations import rules
from app.examinations.actions import ask_reader, decide_finding, report_finding, take_finding
from app.examinations.forms import AskForm, DecideForm
from app.examinations.labels import BROKEN, FINDING
from app.examinations.models import LogFinding, LogFindingReading
from app.examinations.queries import events_of, readings_of, seen_findings
from app.examinations.relations import ExaminerRelation
from app.organisations.models import Organisation
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.language import current_language
from app.web.table import table

READINGS_SHOWN = 200


def readings_table(rows: list[LogFindingReading], *, opens: str | None = None) -> dict[str, Any]:
    """Give the events of a finding; with `opens`, an organisation, the log of each client whose controller it is can be opened."""
    names = {"at": _("Time"), "what": _("What was done"), "client": _("Client's number in the system")}
    shown = [
        (url_for("LogView.show", pk=row.client_id) if opens and opens == row.controller_id else None,
         [format_datetime(row.at, "short"), words(row.name), row.client_id or ""])
        for row in rows[:READINGS_SHOWN]
    ]  # fmt: skip
    is_cut = len(rows) > READINGS_SHOWN
    return {"title": _("First %(number)d events", number=READINGS_SHOWN) if is_cut else _("Events"), "empty_text": "", **table(names, shown)}


def _history(finding: LogFinding) -> dict[str, Any]:
    rows = []
    for event in events_of(db.session, finding.id):
        who = f"{event.by.first_name} {event.by.last_name}" if event.by else _("the system")
        text = _("%(what)s, %(who)s", what=label("FINDING_EVENT", event.what, current_language()), who=who)
        rows.append({"label": format_datetime(event.at, "short"), "text": text, "url": None})
    return {"title": _("What has happened"), "kind": "timeline", "rows": rows, "empty_text": _("No entries yet.")}


def _actor() -> Actor:
    return current_actor() or abort(403)


class LogFindingView(BaseView):
    """Findings of the examiner's organisation, and those that it has reported to another; never of one's own readings."""

    route_base, event, datamodel = "/log-findings", "finding", Interface(LogFinding)
    list_title, show_title, add_title, edit_title = _l("Findings of the log"), _l("Finding of the log"), _l("Finding of the log"), _l("Finding of the log")
    list_lead = _l("What the rules and samples have found. Each is examined: the reader can be asked, and the outcome is decided.")
    label_columns = FINDING
    list_columns = ["reader", "kind", "day", "state", "due_on", "examiner"]
    more_columns = ("readings", "clients", "found_on", "reader_organisation", "outcome")
    show_fieldsets = [
        (None, {"fields": ["kind", "reader", "reader_organisation", "day", "readings", "clients", "found_on", "reported", "seed"]}),
        (_l("Examination"), {"fields": ["state", "due_on", "examiner", "asked_at", "question", "explained_at", "explanation",
                                        "outcome", "reason", "decided_at"]}),
    ]  # fmt: skip
    add_columns = edit_columns = ["state"]
    order_columns, base_order = ["day", "due_on"], ("day", "desc")
    search_columns = ["state", "kind", "examiner_id", "day", "due_on", "outcome"]
    relations = {"examiner_id": ExaminerRelation()}
    base_permissions = ["can_list", "can_show", "can_examine", "can_report", "can_action_post", "take_findings"]
    deeds = {"can_examine": _l("ask for an explanation and decide"), "can_report": _l("report to the municipality"), "take_findings": _l("take for examination")}

    def restricted(self, query: Any) -> Any:
        return seen_findings(query, current_actor())

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(LogFinding).where(LogFinding.id == pk))) or abort(404)

    def title_of(self, item: LogFinding) -> str:
        return _("Finding of the log: %(reader)s", reader=item.reader)

    def groups_for(self, item: LogFinding) -> list[dict[str, Any]]:
        """Leave out what has not come about."""
        groups = super().groups_for(item)
        for group in groups:
            group["items"] = [found for found in group["items"] if found["text"]]
        return groups

    def _related_of(self, item: LogFinding, related: Any) -> list[dict[str, Any]]:
        opens = _actor().organisation_id if self.appbuilder.sm.has_access("can_show", "LogView") else None
        return [readings_table(readings_of(db.session, item.id, READINGS_SHOWN + 1), opens=opens)]

    def more_of(self, item: LogFinding) -> dict[str, Any]:
        return {"history": _history(item)}

    # -- what can be done ------------------------------------------------------------------------

    def _is_ours(self, item: LogFinding) -> bool:
        return item.org_id == _actor().organisation_id

    def _may_report(self, item: LogFinding) -> bool:
        if item.concerns_id == item.org_id:
            return False
        kind = db.session.get_one(Organisation, _actor().organisation_id).kind
        return rules.may_report(item.state, is_agency=kind == "NATIONAL_AGENCY", is_own=self._is_ours(item), concerns_another=True)

    def buttons(self, item: LogFinding) -> list[dict[str, Any]]:
        if not self._is_ours(item):
            return []
        deeds = (
            ("examine", _("Take for examination"), "post", self.may("examine") and rules.may_take(item.state) and item.examiner_id != _actor().user_id),
            ("ask", _("Ask for an explanation"), "get", self.may("examine") and rules.may_ask(item.state)),
            ("decide", _("Decide"), "get", self.may("examine") and rules.may_decide(item.state)),
            ("report", _("Report to the municipality"), "post", self.may("report") and self._may_report(item)),
        )  # fmt: skip
        next_one = {"NEW": "examine", "EXAMINED": "ask", "EXPLAINED": "decide"}.get(item.state)
        found = [
            {"label": text, "url": self.url(name, pk=item.id), "method": method, "kind": "primary" if name == next_one else "secondary",
             "confirm_text": self._question(name)}
            for name, text, method, is_possible in deeds if is_possible
        ]  # fmt: skip
        return sorted(found, key=lambda button: button["kind"] != "primary")

    def _question(self, name: str) -> str | None:
        return _("The municipality then examines the finding. You see what becomes of it.") if name == "report" else None

    def _open_row(self, pk: str, is_possible: Any, version: str | None = None) -> LogFinding:
        """Give a finding as the reader saw it; when it has moved on meanwhile, say so and show what the others did."""
        item: LogFinding = self.row_or_404(pk)
        if not self._is_ours(item):
            abort(409)
        return item if is_possible(item.state) and version in (None, str(item.version)) else abort(self._too_late(pk))

    def _too_late(self, pk: str) -> Any:
        db.session.rollback()
        flash(_("Somebody else has worked on this finding meanwhile. Look at what they did."), "warning")
        return redirect(self.url("show", pk=pk), 303)

    def _done(self, pk: str, act: Any, sentence: str) -> Any:
        """Act and commit, unless somebody acted at the same moment and was first."""
        try:
            act()
            db.session.commit()
        except StaleDataError:
            return self._too_late(pk)
        flash(sentence, "success")
        return redirect(self.url("show", pk=pk), 303)

    def _done_already(self) -> Any:
        return self.done_before() if request.method == "POST" else None

    def _begun(self, form_class: Any, item: LogFinding, **values: Any) -> Any:
        """Give a form as it is first shown; it carries the version that its reader has seen."""
        form = self.fresh_form(form_class, data=values)
        if not g.draft:
            form.version_seen.data = str(item.version)
        return form

    @action("take_findings", _l("Take for examination"), multiple=True, single=False)
    def take_findings(self, rows: list[LogFinding]) -> list[tuple[LogFinding, str]]:
        """Become the examiner of the ticked findings."""
        actor, told = _actor(), []
        for item in rows:
            is_possible = self._is_ours(item) and rules.may_take(item.state)
            if is_possible and item.examiner_id != actor.user_id:
                take_finding(db.session, item, by=actor.user_id)
                told.append((item, _("You examine this now.")))
            else:
                told.append((item, _("You examined this already.") if is_possible else _("This can no longer be examined.")))
        return told

    @expose("/examine/<pk>", methods=["POST"])
    @has_access
    def examine(self, pk: str) -> Any:
        """Become the examiner."""
        item, actor = self._open_row(pk, rules.may_take), _actor()
        return self._done(pk, lambda: take_finding(db.session, item, by=actor.user_id), _("You examine this now."))

    @expose("/ask/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("examine")
    def ask(self, pk: str) -> Any:
        """Ask the reader for an explanation by a day."""
        if done := self._done_already():
            return done
        item, actor, today = self._open_row(pk, rules.may_ask, request.form.get("_version")), _actor(), date.today()
        page = FormPage(title=_("Ask for an explanation"), lead=item.reader, cancel_url=self.url("show", pk=pk), submit_label=_("Send the request"),
                        groups=[{"title": None, "fields": ["question", "due_on"]}])  # fmt: skip
        form = self._begun(AskForm, item, due_on=limit_after(today, "LOG_EXAMINATION")) if request.method == "GET" else AskForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        valid = form.validate()
        if valid and form.due_on.data < today:
            form.due_on.errors, valid = [str(BROKEN["PAST"])], False
        if not valid:
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=pk))
        return self._done(pk, lambda: ask_reader(db.session, item, by=actor.user_id, question=form.question.data, due_on=form.due_on.data),
                          _("The request was sent."))  # fmt: skip

    @expose("/decide/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("examine")
    def decide(self, pk: str) -> Any:
        """Close the examination; an outcome against the reader needs that they were heard."""
        if done := self._done_already():
            return done
        item, actor = self._open_row(pk, rules.may_decide, request.form.get("_version")), _actor()
        page = FormPage(title=_("Decide"), lead=item.reader, cancel_url=self.url("show", pk=pk), submit_label=_("Decide"),
                        groups=[{"title": None, "fields": ["outcome", "reason"]}])  # fmt: skip
        form = self._begun(DecideForm, item) if request.method == "GET" else DecideForm()
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        valid = form.validate()
        if valid and rules.must_hear_first(form.outcome.data, item.state, due_on=item.due_on, today=date.today()):
            form.outcome.errors, valid = [str(BROKEN["HEAR"])], False
        if not valid:
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=pk))
        return self._done(pk, lambda: decide_finding(db.session, item, by=actor.user_id, outcome=form.outcome.data, reason=form.reason.data),
                          _("The finding was decided."))  # fmt: skip

    @expose("/report/<pk>", methods=["POST"])
    @has_access
    def report(self, pk: str) -> Any:
        """Hand the finding over to the municipality concerned (§ 79.3)."""
        item, actor = self.row_or_404(pk), _actor()
        if not self._may_report(item):
            return self._too_late(pk) if self._is_ours(item) else abort(409)
        return self._done(pk, lambda: report_finding(db.session, item, by=actor.user_id, on=date.today()), _("The finding was reported to the municipality."))
