"""A person's own explanations: what they are asked about their own readings, and their answers.

Whoever has signed in may come here, with a right or without; each sees only what they were asked themselves.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.audit.record import record_event
from app.codes.lists import label
from app.db.base import db
from app.db.types import new_id
from app.examinations import rules
from app.examinations.actions import explain_finding
from app.examinations.forms import ExplainForm
from app.examinations.labels import ASKED_BECAUSE, FINDING
from app.examinations.models import LogFinding
from app.examinations.queries import asked_finding, asked_of, readings_of
from app.examinations.views import READINGS_SHOWN, readings_table
from app.web.drafts import place_of_form
from app.web.language import current_language, speak
from app.web.table import table


class MyExplanationView(BaseView):  # type: ignore[misc]
    route_base = "/my-explanations"
    default_view = "mine"
    list_title = show_title = _l("Requests for an explanation")

    @expose("/")
    def mine(self) -> Any:
        """Show what the person was asked to explain."""
        if not current_user.is_authenticated:
            return redirect(url_for("SignInView.login"), 303)
        names = {"asked": FINDING["asked_at"], "day": FINDING["day"], "due": _("Answer by"), "state": FINDING["state"]}
        found = asked_of(db.session, current_user.id)
        rows = [
            (url_for("MyExplanationView.show", pk=row.id),
             [format_datetime(row.asked_at, "short"), format_date(row.day), format_date(row.due_on), self._state(row)])
            for row in found
        ]  # fmt: skip
        related = {"title": self.list_title, "empty_text": _("You have not been asked for any."), **table({name: str(text) for name, text in names.items()}, rows)}
        html = self.render_template("koto/show.html", title=self.list_title, subtitle=self._about(), related=[related])
        record_event(db.session, "finding:own_read", purpose="LOG_REVIEW")
        db.session.commit()
        return html

    @expose("/show/<pk>")
    def show(self, pk: str) -> Any:
        """Show one request: when, what kind of events, why it is asked, and one's own answer."""
        item = self._own_or_404(pk)
        names = ("question", "due_on", "explained_at", "explanation", "outcome")
        values = {
            "due_on": format_date(item.due_on), "question": item.question, "explanation": item.explanation,
            "explained_at": item.explained_at and format_datetime(item.explained_at, "short"),
            "outcome": item.outcome and label("FINDING_OUTCOME", item.outcome, current_language()),
        }  # fmt: skip
        labels = {**FINDING, "due_on": _("Answer by")}
        items = [{"label": _("Why you are asked"), "text": str(ASKED_BECAUSE[item.kind])}, {"label": FINDING["state"], "text": self._state(item)},
                 *({"label": labels[name], "text": values[name]} for name in names if values[name])]  # fmt: skip
        answer = {"label": _("Give your explanation"), "url": url_for("MyExplanationView.answer", pk=pk), "method": "get", "kind": "primary", "confirm_text": None}
        html = self.render_template(
            "koto/show.html", title=_("Request for an explanation"), subtitle=self._about(), groups=[{"title": None, "items": items}],
            buttons=[answer] if rules.may_explain(item.state) else [], related=[readings_table(readings_of(db.session, pk, READINGS_SHOWN + 1))],
        )  # fmt: skip
        record_event(db.session, "finding:own_read", row_id=pk, version=item.version, purpose="LOG_REVIEW")
        db.session.commit()
        return html

    @expose("/answer/<pk>", methods=["GET", "POST"])
    def answer(self, pk: str) -> Any:
        """Explain one's own reading."""
        item = self._own_or_404(pk)
        if not rules.may_explain(item.state):
            flash(_("This request is closed already."), "warning")
            return redirect(url_for("MyExplanationView.show", pk=pk), 303)
        if request.method == "GET":
            return self._form(ExplainForm(formdata=None), item, 200)
        form, asked_language = ExplainForm(), request.form.get("_language")
        if asked_language in ("fi", "sv"):
            speak(asked_language)
            return self._form(form, item, 200)
        if not form.validate():
            return self._form(form, item, 422)
        try:
            explain_finding(db.session, item, explanation=form.explanation.data)
            db.session.commit()
        except StaleDataError:
            db.session.rollback()
            flash(_("This request is closed already."), "warning")
        else:
            flash(_("Your explanation was sent."), "success")
        return redirect(url_for("MyExplanationView.show", pk=pk), 303)

    def _form(self, form: ExplainForm, item: LogFinding, status: int) -> Any:
        extra = [{"label": _("Why you are asked"), "text": str(ASKED_BECAUSE[item.kind])}, {"label": FINDING["question"], "text": item.question}]
        html = self.render_template(
            "koto/form.html", title=_("Give your explanation"), form=form, groups=[{"title": None, "fields": ["explanation"]}], extra=extra,
            form_action=place_of_form(), form_token=new_id(), lead=self._about(), submit_label=_("Send the explanation"),
            cancel_url=url_for("MyExplanationView.show", pk=item.id), main_form="main-form", keeps_draft=False,
        )  # fmt: skip
        return html, status

    def _own_or_404(self, pk: str) -> LogFinding:
        if not current_user.is_authenticated:
            abort(redirect(url_for("SignInView.login", next=request.path), 303))
        found = asked_finding(db.session, current_user.id, pk)
        return found if found is not None else abort(404)

    def _state(self, item: LogFinding) -> str:
        return label("FINDING_STATE", item.state, current_language())

    def _about(self) -> str:
        return _("The use of client data is examined by law (section 79). You are asked about your own events of the log only.")
