"""Figures as JSON for programs of signed-in people: the same gate, the same arguments as the page, and an event for what is taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, jsonify, request
from flask_appbuilder.api import BaseApi, expose
from flask_babel import gettext as _

from app.audit.record import record_event
from app.codes.lists import values
from app.db.base import db
from app.reports.catalogue.all import INDICATORS
from app.reports.figures import NotForViewerError, figures
from app.reports.out.arguments import BadQuestionError, question_from
from app.reports.out.as_json import indicator_document
from app.reports.out.events import criteria_of
from app.reports.out.forms import FORMS
from app.reports.out.views import file_answer, reading_viewer
from app.web.base_api import api_access
from app.web.language import current_language


class FigureApi(BaseApi):  # type: ignore[misc]
    """`/api/v1/figures/`: which indicators there are, and the figures of one as `json`, `json-stat`, `csv`, `zip` or `xlsx`."""

    resource_name = "figures"
    class_permission_name = "ReportFileView"
    method_permission_name = {"get_list": "export", "get": "export"}
    base_permissions = ["can_export"]
    allow_browser_login = True
    csrf_exempt = False
    # What the description of the API tells of routes that stand on no form (`app/add_ons/document.py`).
    described = {
        "get": {"parameters": [
            {"name": "format", "in": "query", "schema": {"type": "string", "enum": sorted(FORMS), "default": "json-stat"}},
            {"name": "purpose", "in": "query", "required": True, "description": "A value of the code list REPORT_PURPOSE.", "schema": {"type": "string"}},
        ]},
    }  # fmt: skip

    @expose("/", methods=["GET"])
    @api_access
    def get_list(self) -> Any:
        """Give what the caller's indicators declare, with their texts in Finnish and Swedish."""
        viewer = reading_viewer()
        return jsonify(result=[indicator_document(one) for one in INDICATORS.values() if viewer.audience in one.audiences])

    @expose("/<indicator>", methods=["GET"])
    @api_access
    def get(self, indicator: str) -> Any:
        """Give the figures that the page of the same arguments shows; `format` and, with a code of REPORT_PURPOSE, `purpose` stand beside them."""
        form, purpose = request.args.get("format", "json-stat"), request.args.get("purpose", "")
        if form not in FORMS:
            return _refused(_("There is no format %(name)s. The formats are: %(names)s.", name=form[:20], names=", ".join(FORMS)))
        known = [value.code for value in values("REPORT_PURPOSE")]
        if purpose not in known:
            return _refused(_("Tell with `purpose` what the figures are for: %(codes)s.", codes=", ".join(known)))
        viewer = reading_viewer()
        try:
            question = question_from(db.session, viewer, indicator, request.args, date.today())
            table = figures(db.session, viewer, question)
        except BadQuestionError as bad:
            return _refused(str(bad))
        except NotForViewerError:
            abort(403)
        answer = file_answer(table, form, current_language())
        record_event(db.session, "report:exported", criteria=criteria_of(question, form, purpose), hits=len(table.figures))
        db.session.commit()
        return answer


def _refused(sentence: str) -> Any:
    return jsonify(code=422, message=sentence), 422
