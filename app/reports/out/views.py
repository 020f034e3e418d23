"""Figures as a file: a page that asks what for, and the file with its event."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, abort, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import validators

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.base import db
from app.db.types import new_id
from app.reports.figures import NotForViewerError, Table, Viewer, figures
from app.reports.out.arguments import ARGUMENTS, BadQuestionError, question_from
from app.reports.out.contents import contents_of
from app.reports.out.events import criteria_of
from app.reports.out.forms import FORMS
from app.reports.viewers import viewer_here
from app.web.drafts import place_of_form
from app.web.forms import CodeField, Form
from app.web.language import current_language, speak


class PurposeForm(Form):
    """What the figures are taken out for."""

    purpose = CodeField(
        _l("What are the figures for?"), [validators.InputRequired(_l("Choose what the figures are for."))], codes="REPORT_PURPOSE",
        description=_l("The log tells who took which figures out, when and for what."),
    )  # fmt: skip


def reading_viewer() -> Viewer:
    """Give the viewer who is signed in; a role without figures is refused."""
    try:
        return viewer_here(current_actor() or abort(403))
    except NotForViewerError:
        abort(403)


def purpose_page(view: BaseView, form: PurposeForm, *, lead: str, submit_label: str, cancel_url: str) -> str:
    """Give the page of a view that asks what figures are taken out for."""
    return view.render_template(  # type: ignore[no-any-return]
        "koto/form.html", title=view.list_title, form=form, groups=[{"title": None, "fields": ["purpose"]}], form_action=place_of_form(), lead=lead,
        form_token=new_id(), submit_label=submit_label, cancel_url=cancel_url, main_form="main-form", keeps_draft=False,
    )  # fmt: skip


def file_answer(table: Table, form: str, language: str) -> Response:
    """Give the file to be kept under a name that tells the indicator, the level and the last period."""
    found = FORMS[form]
    answer = Response(found.write(contents_of(table), language), mimetype=found.type)
    name = f"koto-{table.indicator.id}-{table.question.level.value.lower()}-{table.question.periods[-1]}.{found.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class ReportFileView(BaseView):  # type: ignore[misc]
    """What is taken out is a disclosure: it is sent for with a purpose, and leaves an event in the same transaction (`docs/adr/0042`)."""

    route_base = "/reports/file"
    default_view = "file"
    list_title = _l("Figures as a file")
    base_permissions = ["can_export"]
    deeds = {"can_export": _l("take figures out as a file")}

    @expose("/<indicator>.<form>", methods=["GET", "POST"])
    @has_access
    @permission_name("export")
    def file(self, indicator: str, form: str) -> Any:
        """Ask for the purpose of what the arguments of the indicator's page ask, and give it as a file."""
        if form not in FORMS:
            abort(404)
        viewer, asked = reading_viewer(), PurposeForm(formdata=None) if request.method == "GET" else PurposeForm()
        if (language := request.form.get("_language", "")) in ("fi", "sv"):
            speak(language)
            return self._page(asked, form)
        try:
            question = question_from(db.session, viewer, indicator, request.args, date.today())
            if request.method == "GET" or not asked.validate():
                return self._page(asked, form, 200 if request.method == "GET" else 422)
            table = figures(db.session, viewer, question)
        except BadQuestionError as bad:
            asked.form_errors.append(str(bad))
            return self._page(asked, form, 422)
        except NotForViewerError:
            abort(403)
        answer = file_answer(table, form, current_language())
        record_event(db.session, "report:exported", criteria=criteria_of(question, form, asked.purpose.data), hits=len(table.figures))
        db.session.commit()
        return answer

    def _page(self, form: PurposeForm, ending: str, status: int = 200) -> Any:
        indicator = (request.view_args or {})["indicator"]
        kept: dict[str, Any] = {name: request.args[name] for name in ARGUMENTS if name in request.args}
        back = url_for("ReportView.show", indicator=indicator, **kept)
        lead = _("%(indicator)s in the form %(form)s", indicator=indicator[:20], form=ending)
        return purpose_page(self, form, lead=lead, submit_label=_("Take out the file"), cancel_url=back), status
