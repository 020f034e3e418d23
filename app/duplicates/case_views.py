"""Pages of the question whether another controller serves the same person."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.exc import StaleDataError
from wtforms import TextAreaField, validators

from app.audit.record import record_event
from app.clients.fact_views import OF_CLIENT
from app.db.base import db
from app.duplicates.actions import answer
from app.duplicates.labels import CASE
from app.duplicates.models import DuplicateCase
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.forms import CodeField, Form, stripped
from app.web.interface import Interface

_SETTLED = ("AGREED", "DIFFERENT")


class AnswerForm(Form):
    answer = CodeField(CASE["answer"], [validators.InputRequired(_l("Fill in this field."))], codes="DUPLICATE_ANSWER")
    keeps = CodeField(CASE["keeps"], [validators.Optional()], codes="DUPLICATE_KEEPER", description=_l("Answer when it is the same person."),
                      render_kw={"data-needs": "answer=SAME"})  # fmt: skip
    reason = TextAreaField(
        CASE["reason"], [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=1000, message=_l("Write at most %(max)d characters."))],
        filters=[stripped], description=_l("Only your own organisation reads the reason."),
    )  # fmt: skip


class DuplicateCaseView(BaseView):
    route_base, event, datamodel = "/same-person-questions", "duplicate_case", Interface(DuplicateCase)
    parent = OF_CLIENT
    list_title, show_title = _l("Questions about the same person"), _l("Another organisation may serve the same person")
    add_title = edit_title = _l("Answer")
    list_lead = _l("Another organisation may serve the same person. Each side sees its own client only.")
    label_columns = CASE
    list_columns = ["client_name", "created_at", "answer_due", "state"]
    order_columns, base_order, search_columns = ["answer_due"], ("created_at", "desc"), ["answer_due"]
    show_columns = ["state", "created_at", "answer_due", "answer", "keeps", "reason", "answered_at", "other_answer", "other_keeps"]
    add_columns = edit_columns = ["reason"]
    is_in_navigation = True
    base_permissions = ["can_list", "can_show", "can_answer"]
    deeds = {"can_answer": _l("answer whether another organisation serves the same person")}

    def buttons(self, item: DuplicateCase) -> list[dict[str, Any]]:
        if item.standing in _SETTLED or not self.may("answer"):
            return []
        return [{"label": _("Answer"), "url": self.url("answer", pk=item.id), "method": "get", "kind": "primary", "confirm_text": None}]

    @expose("/answer/<pk>", methods=["GET", "POST"])
    @has_access
    def answer(self, pk: str) -> Any:
        """Say whether it is the same person, and who keeps the client when it is."""
        item: DuplicateCase = self.row_or_404(pk)
        if request.method == "POST" and (done := self.done_before()):
            return done
        if item.standing in _SETTLED:
            abort(409)
        page = FormPage(title=_("Does another organisation serve the same person?"), cancel_url=self.url("show", pk=pk), submit_label=_("Answer"), whose=self.whose_of(item),
                        lead=_("Ask the client. The other organisation is told the answer, and nothing else of the client."),
                        groups=[{"title": None, "fields": ["answer", "keeps", "reason"]}])  # fmt: skip
        if request.method == "GET":
            html = self.form_page(self.fresh_form(AnswerForm, obj=item), page)
            record_event(db.session, "duplicate_case:opened", client_ids=[item.client_id], row_id=item.id, version=item.version)
            db.session.commit()
            return html
        form = AnswerForm()
        if self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        try:
            self.settle(self.url("show", pk=pk))
            answer(db.session, item, answer=form.answer.data, keeps=form.keeps.data, reason=form.reason.data)
            db.session.commit()
        except StaleDataError:
            db.session.rollback()
            abort(409)
        flash(_("Your answer was told to the other organisation."), "success")
        return redirect(self.url("show", pk=pk), 303)
