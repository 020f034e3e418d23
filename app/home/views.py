"""The front page: how many clients stand at each stage, and who waits for the next step."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import gettext as _
from flask_login import current_user

from app.access.actor import current_actor
from app.audit.record import record_event
from app.clients.labels import CLIENT
from app.clients.queries import clients_by_status, clients_waiting
from app.codes.lists import label
from app.db.base import db
from app.web.display import shown
from app.web.language import current_language

WAITING = ("INTAKE", "ASSESSMENT_DUE", "ASSESSMENT_OPEN", "PLAN_DRAFTING")
_COLUMNS = ("name", "status", "relationship_started")


class HomeView(BaseView):  # type: ignore[misc]
    route_base = ""
    default_view = "index"
    base_permissions = ["can_index"]

    @expose("/")
    def index(self) -> Any:
        actor = current_actor()
        if actor is None:
            if current_user.is_authenticated:
                return self.render_template(
                    "koto/error.html", code=403, title=_("You have no access right in force"), home_url="/",
                    message=_("Ask your organisation's access administrator to grant you one."),
                ), 403  # fmt: skip
            return redirect(url_for("SignInView.login"), 303)
        figures: list[dict[str, Any]] = []
        clients = []
        if self.appbuilder.sm.has_access("can_list", "ClientView"):
            counts = clients_by_status(db.session)
            figures = [
                {"label": label("CLIENT_STATUS", status, current_language()), "value": count, "url": None}
                for status, count in sorted(counts.items(), key=lambda pair: -pair[1])
            ]
            clients = clients_waiting(db.session, WAITING, 10)
        names = {"name": _("Name"), "status": CLIENT["status"], "relationship_started": CLIENT["relationship_started"]}
        rows = [
            {"pk": client.id, "url": url_for("ClientView.show", pk=client.id),
             "cells": [{"label": names[name], "text": shown(client, name)} for name in _COLUMNS]}
            for client in clients
        ]  # fmt: skip
        columns = [{"name": name, "label": names[name], "order": None, "url": None} for name in _COLUMNS]
        html = self.render_template(
            "koto/index.html", title=_("My work"), figures=figures,
            tasks={"columns": columns, "rows": rows, "empty_text": _("Nobody is waiting for a next step.")},
        )  # fmt: skip
        record_event(db.session, "client:listed", client_ids=[client.id for client in clients])
        db.session.commit()
        return html
