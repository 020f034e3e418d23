"""Pages of the work queue and of absences."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, request
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.access.actor import NOBODY_ID, current_actor
from app.clients.reassigning import ReassignMixin, TakingWorker
from app.db.base import db
from app.obligations.labels import OBLIGATION
from app.obligations.models import ClientObligation
from app.obligations.views import ObligationView
from app.users.relations import WorkerRelation
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.work_queue.labels import ABSENCE, BROKEN, QUEUE
from app.work_queue.models import Absence
from app.work_queue.queries import absences_of, covered_by, waits_on
from app.work_queue.rules import LIGHTS, Away, broken_absence_rules, light_of


class WorkQueueView(ReassignMixin, ObligationView):
    """What is due for the clients of the reader's organisation, the late first; whose it is to do is a limit like any other."""

    route_base, datamodel = "/work-queue", Interface(ClientObligation)
    list_title = _l("Work queue")
    list_lead = _l("What the law asks to be done, the late first. Open a row to see why it is due on that day.")
    label_columns = OBLIGATION | QUEUE
    list_columns = ["what", "light", "due_on", "client_name", "worker_name"]
    more_columns = ("kind",)
    result_columns = ["client_name", "what"]
    order_columns, base_order = ["due_on"], ("due_on", "asc")
    search_columns = ["worker_id", "kind", "owner", "due_on"]
    relations: Any = {"worker_id": WorkerRelation()}
    tags: Any = {"light": lambda item: LIGHTS[light_of(item.due_on, date.today())]}
    base_permissions = ["can_list", "can_show", "can_suggest", "can_action_post", "reassign"]
    deeds: Any = {"reassign": _l("Give clients to another worker")}

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        # The index of the queue begins with the organisation.
        own = ClientObligation.org_id == (actor.organisation_id if actor else NOBODY_ID)
        return query.where(own, waits_on(date.today())).options(undefer(ClientObligation.worker_name))  # type: ignore[attr-defined]

    def list_switch(self) -> list[dict[str, Any]]:
        actor = current_actor()
        whose = request.args.getlist("f.worker_id")
        links = [(_("Mine"), ["me"]), (_("The whole unit"), []), (_("Nobody's"), ["nobody"])]
        for key, name, last in covered_by(db.session, actor.user_id, actor.organisation_id, date.today()) if actor else ():
            links.append((_("%(name)s, away until %(day)s", name=name, day=format_date(last)), [str(key)]))
        return [{"label": label, "url": self.url("list", **{"f.worker_id": value}) if value else self.url("list"), "is_current": whose == value} for label, value in links]


class AbsenceView(BaseView):
    route_base, event, datamodel = "/absences", "absence", Interface(Absence)
    list_title, show_title, add_title, edit_title = _l("Absences"), _l("Absence"), _l("Record an absence"), _l("Edit the absence")
    list_lead = _l("Whoever covers sees the queue of the one who is away. Rights do not move: both see the clients of the unit already.")
    label_columns = ABSENCE
    list_columns = ["person", "starts_on", "ends_on", "cover"]
    order_columns, base_order = ["starts_on", "ends_on"], ("starts_on", "desc")
    search_columns = ["starts_on", "ends_on"]
    show_columns = ["person", "starts_on", "ends_on", "cover"]
    add_columns = edit_columns = ["user_id", "starts_on", "ends_on", "cover_id"]
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_suggest"]

    def __init__(self, **kwargs: Any) -> None:
        self.relations = {"user_id": TakingWorker(), "cover_id": TakingWorker()}
        super().__init__(**kwargs)

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(Absence.org_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(Absence).where(Absence.id == pk))) or abort(404)

    def title_of(self, item: Any) -> str:
        return str(item.person or self.show_title)

    def rule_errors(self, form: Any, item: Absence, parent: Any) -> list[tuple[str, str]]:
        actor = current_actor() or abort(403)
        new = Away(form.user_id.data, form.cover_id.data, form.starts_on.data, form.ends_on.data)
        with db.session.no_autoflush:
            others = absences_of(db.session, actor.organisation_id, but=item.id)
        return [(field, str(BROKEN[rule])) for field, rule in broken_absence_rules(new, others)]
