"""The worker's own page: what is due and late, drafts left behind, where the clients stand, and the team's share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import abort, current_app, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import format_date, format_datetime, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from app.access.actor import Actor, current_actor
from app.access.visibility import column_sight
from app.audit.record import record_event
from app.clients.models import Client
from app.codes.lists import values
from app.db.base import db
from app.duplicates.queries import waiting_questions
from app.examinations.queries import waiting
from app.examinations.rules import OPEN
from app.home.due import due_for_worker
from app.home.queries import CLOSED, stages_of_clients, work_by_worker
from app.web.drafts import drafts_of
from app.web.language import current_language
from app.web.table import table

DUE_ROWS = 15


class HomeView(BaseView):  # type: ignore[misc]
    route_base = ""
    default_view = "index"
    base_permissions = ["can_index", "can_team"]

    @expose("/")
    def index(self) -> Any:
        actor = current_actor()
        if actor is None:
            return redirect(url_for("MyRightsView.mine" if current_user.is_authenticated else "SignInView.login"), 303)
        whose = request.args.get("whose", "mine")
        if whose not in ("mine", "all"):
            abort(400)
        may = self.appbuilder.sm.has_access
        parts: dict[str, Any] = {"drafts": self._drafts(actor), "due": None, "figures": [], "team": None, "whose": whose, "questions": self._questions(), **self._examinations(actor)}
        seen: set[str] = set()
        if may("can_list", "ClientView") and column_sight(Client, "status").is_whole:
            parts["figures"] = self._figures(actor, whose)
        if may("can_show", "PlanView"):
            parts["due"], seen = self._due(actor, whose)
        if may("can_team", "HomeView"):
            parts["team"] = self._team()
        html = self.render_template("koto/index.html", title=_("My work"), **parts)
        if actor.sees_clients:
            record_event(db.session, "client:listed", client_ids=seen)
        db.session.commit()
        return html

    def _examinations(self, actor: Actor) -> dict[str, Any]:
        """Give what the person is asked to explain, and to an examiner what waits for them."""
        found = waiting(db.session, actor, date.today())
        asked = ngettext("%(num)d request for an explanation", "%(num)d requests for an explanation", found.asked) if found.asked else None
        findings = None
        if self.appbuilder.sm.has_access("can_list", "LogFindingView"):
            url = url_for("LogFindingView.list", **{"f.state": OPEN})  # type: ignore[arg-type]
            late = url_for("LogFindingView.list", **{"f.state": OPEN, "f.due_on.to": date.today() - timedelta(days=1)})  # type: ignore[arg-type]
            findings = [{"label": _("Findings waiting"), "value": found.findings, "url": url}, {"label": _("Of them late"), "value": found.late, "url": late}]
        return {"asked": asked, "findings": findings}

    def _questions(self) -> str | None:
        """Say how many questions about the same person wait for an answer; of whom stands in them."""
        if not self.appbuilder.sm.has_access("can_answer", "DuplicateCaseView"):
            return None
        number = waiting_questions(db.session)
        return ngettext("%(num)d question to answer", "%(num)d questions to answer", number) if number else None

    def _drafts(self, actor: Actor) -> list[dict[str, str]]:
        return [
            {"url": draft.place, "text": _("%(title)s, typed on %(moment)s", title=self._title_at(draft.place), moment=format_datetime(draft.changed_at, "short"))}
            for draft in drafts_of(db.session, actor)
        ]  # fmt: skip

    def _title_at(self, place: str) -> str:
        """Give the title of the form at an address."""
        endpoint, _values = current_app.url_map.bind("").match(urlsplit(place).path, method="POST")
        name, action = endpoint.split(".")
        view = next(view for view in self.appbuilder.baseviews if view.endpoint == name)
        return str(getattr(view, f"{action}_title", view.show_title))

    def _figures(self, actor: Actor, whose: str) -> list[dict[str, Any]]:
        counts = stages_of_clients(db.session, actor.user_id if whose == "mine" else None)
        mine = {"f.responsible_worker_id": "me"} if whose == "mine" else {}
        return [
            {"label": value.label_in(current_language()), "value": counts[value.code], "url": self._clients({**mine, "f.status": value.code})}
            for value in values("CLIENT_STATUS")
            if value.code in counts and value.code not in CLOSED
        ]  # fmt: skip

    def _clients(self, limits: dict[str, Any]) -> str:
        return url_for("ClientView.list", **limits)

    def _due(self, actor: Actor, whose: str) -> tuple[dict[str, Any], set[str]]:
        today = date.today()
        found = due_for_worker(db.session, actor.user_id if whose == "mine" else None, today, DUE_ROWS,
                               reminders=self.appbuilder.sm.has_access("can_show", "ReminderView"))  # fmt: skip
        names = {"client": _("Client"), "what": _("What"), "day": _("Day"), "state": _("State")}
        rows: list[tuple[str | None, list[Any]]] = [
            (due.address(self.appbuilder.sm.has_access), [due.client_name, due.text, format_date(due.on), _("Late") if due.is_late(today) else ""])
            for due in found
        ]  # fmt: skip
        return table(names, rows), {due.client_id for due in found}

    def _team(self) -> dict[str, Any]:
        names = {"worker": _("Worker"), "clients": _("Open clients"), "late": _("Late reviews")}
        is_open = [value.code for value in values("CLIENT_STATUS") if value.code not in CLOSED]
        rows: list[tuple[str | None, list[Any]]] = [
            (self._clients({"f.responsible_worker_id": row["user_id"] or "nobody", "f.status": is_open}), [row["name"] or _("Nobody"), row["clients"], row["late"]])
            for row in work_by_worker(db.session, date.today())
        ]  # fmt: skip
        return table(names, rows)


