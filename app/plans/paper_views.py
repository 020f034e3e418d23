"""The pages of a plan that are handed over: the print page and the PDF."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _

from app.audit.record import record_event
from app.db.base import db
from app.plans.document import PlanDocument
from app.plans.paper import plan_html, plan_pdf
from app.plans.second_language import choices, languages
from app.web.base_view import BaseView
from app.web.language import current_language


class PaperMixin(BaseView):
    """Both pages leave the same event and show what `paper_of` gathers."""

    def paper_of(self, row: Any, second: str | None = None) -> PlanDocument:
        """Give what stands on the paper of a row, beside the page's language in `second`."""
        raise NotImplementedError

    def print_buttons(self, row: Any) -> list[dict[str, Any]]:
        """Give the button of the print page to whoever may print."""
        url = self.url("print", pk=row.id)
        return [{"label": _("Print page"), "url": url, "method": "get", "kind": "secondary", "confirm_text": None}] if self.may("print") else []

    def pdf_form(self, plan: Any) -> dict[str, Any]:
        """Give the form that asks for the PDF: where it is sent and the languages that may stand beside."""
        return {"action": self.url("pdf", pk=plan.id), "languages": list(choices(current_language()))}

    def second_asked(self) -> str | None:
        """Give the second language of the address, None for an empty or missing one; an unknown one answers 400."""
        asked = request.args.get("second") or None
        return abort(400) if asked and asked not in languages() else asked

    def keep_print_event(self, plan: Any) -> None:
        record_event(db.session, f"{self.event}:printed", client_ids=[plan.client_id], row_id=plan.id, version=plan.version)
        db.session.commit()

    @expose("/print/<pk>", methods=["GET"])
    @has_access
    def print(self, pk: str) -> Any:
        """Show the plan as a page for paper; the identity code is not on it."""
        plan = self.row_or_404(pk)
        html = self.render_template(
            "koto/plan_print.html", document=self.paper_of(plan), pdf_form=self.pdf_form(plan),
            back_url=self.url("show", pk=pk),
        )  # fmt: skip
        self.keep_print_event(plan)
        return html

    @expose("/pdf/<pk>", methods=["GET"])
    @has_access
    @permission_name("print")
    def pdf(self, pk: str) -> Any:
        """Give the plan as a tagged PDF, with headings and choices in a second language when the address asks for one."""
        second, plan = self.second_asked(), self.row_or_404(pk)
        document = self.paper_of(plan, second)
        html = plan_html(document)
        # The event comes first: a long document takes a second or more, and no transaction waits for it.
        self.keep_print_event(plan)
        response = Response(plan_pdf(document, html), mimetype="application/pdf")
        response.headers.set("Content-Disposition", "inline", filename=_("integration-plan.pdf"))
        return response
