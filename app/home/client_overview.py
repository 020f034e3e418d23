"""The first page of a client: what to mind, what is next, and what happened, over all features."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select

from app.access.visibility import sight_of, visible_columns
from app.assessments.models import Assessment
from app.clients.facts import Note
from app.clients.labels import CLIENT
from app.clients.models import Client
from app.clients.rules import age_on
from app.contacts.states import ContactLife
from app.db.base import db
from app.home.beginnings import Beginning, beginnings_of_client, told_of
from app.home.due import AHEAD, awaits_review, due_for_client
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan, services_of_plan
from app.responsibility.display import responsibility_panel
from app.reviews.queries import reviews_of_client
from app.web.display import shown

HAPPENED = 8


def _day(value: date) -> str:
    return format_date(value)


def glance(client: Client) -> list[dict[str, Any]]:
    """Give what a worker minds before saying a word: age, language, interpreter, stage, protection, who is responsible."""
    interpreter = _("Interpreter: %(language)s", language=shown(client, "interpreter_language")) if client.interpreter_needed else _("No interpreter")
    facts: dict[str, dict[str, Any]] = {
        "status": {"label": CLIENT["status"], "text": shown(client, "status"), "kind": "tag"},
        "birth_date": {"label": _("Age"), "text": _("%(years)d years, born %(day)s", years=age_on(client.birth_date, date.today()), day=_day(client.birth_date))},
        "masked_identity_code": {"label": CLIENT["identity_code"], "text": client.masked_identity_code or shown(client, "no_identity_code_reason")},
        "service_language": {"label": CLIENT["service_language"], "text": shown(client, "service_language")},
        "interpreter_needed": {"label": _("Interpreting"), "text": interpreter},
        "responsible_worker": {"label": CLIENT["responsible_worker"], "text": shown(client, "responsible_worker") or _("Nobody")},
    }
    rows = [facts[name] for name in visible_columns(client, facts)]
    if client.archived_on:
        moved = _("The client moved to another municipality on %(day)s. What stayed here can only be read.", day=_day(client.archived_on))
        rows.insert(0, {"label": _("Archive"), "text": moved, "kind": "warning"})
    if client.non_disclosure:
        rows.insert(0, {"label": CLIENT["non_disclosure"], "text": _("Protected address: tell nobody where the client lives."), "kind": "warning"})
    return rows


def _row(label: Any, text: str, url: str | None = None, *, is_late: bool = False) -> dict[str, Any]:
    return {"label": label, "text": text, "url": url, "is_late": is_late}


def _happened(client: Client, plans: list[IntegrationPlan], assessments: list[Assessment], begun: list[Beginning],
              may: Callable[[str, str], bool]) -> list[dict[str, Any]]:  # fmt: skip
    """Give the latest events, newest first."""
    notes = () if not may("can_list", "NoteView") else db.session.scalars(select(Note).where(Note.client_id == client.id).order_by(Note.entry_date.desc(), Note.id).limit(HAPPENED))
    found = [(note.entry_date, shown(note, "kind"), url_for("NoteView.show", pk=note.id)) for note in notes]
    found += told_of(begun)
    for row in assessments:
        url = url_for("AssessmentView.show", pk=row.id)
        found.append((row.started_on, _("Assessment started"), url))
        if row.completed_on:
            found.append((row.completed_on, _("Assessment completed: %(outcome)s", outcome=shown(row, "outcome")), url))
    agreed = [plan for plan in plans if plan.agreed_on and sight_of(plan, "agreed_on").is_whole]
    found += [(plan.agreed_on, _("Integration plan agreed"), url_for("PlanView.show", pk=plan.id)) for plan in agreed]
    for review in reviews_of_client(db.session, client.id, HAPPENED) if may("can_list", "PlanReviewView") else ():
        text = _("Plan reviewed: %(progress)s", progress=shown(review, "progress"))
        found.append((review.reviewed_on, text, url_for("PlanReviewView.show", pk=review.id)))
    if sight_of(client, "relationship_started").is_whole:
        found.append((client.relationship_started, _("Client relationship started"), ""))
    if not may("can_show", "PlanView"):
        found = [(day, text, "" if url.startswith("/plans/") else url) for day, text, url in found]
    latest = sorted(found, key=lambda event: event[0], reverse=True)[:HAPPENED]
    return [_row(_day(day), text, url or None) for day, text, url in latest]


def _next_act(client: Client, plans: list[IntegrationPlan], assessments: list[Assessment], begun: list[Beginning], may: Any) -> dict[str, Any] | None:
    """Give the button of the commonest next act at the client's stage."""
    open_one = next((row for row in assessments if row.status not in ("COMPLETED", "CANCELLED")), None)
    draft = next((plan for plan in plans if plan.status == "DRAFT"), None)
    current = next((plan for plan in plans if plan.status not in ("DRAFT", "ANNULLED")), None)
    acts = {
        "INTAKE": ("AssessmentView", "add", _("Start an assessment"), {"client": client.id}),
        "ASSESSMENT_DUE": ("AssessmentView", "add", _("Start an assessment"), {"client": client.id}),
        "ASSESSMENT_OPEN": ("AssessmentView", "show", _("Continue the assessment"), {"pk": open_one.id}) if open_one else None,
        "PLAN_DRAFTING": ("PlanView", "show", _("Continue the plan"), {"pk": draft.id}) if draft
        else ("PlanView", "add", _("Draw up an integration plan"), {"client": client.id}),
        "PLAN_ACTIVE": ("PlanView", "show", _("Open the integration plan"), {"pk": current.id}) if current else None,
    }  # fmt: skip
    if current and awaits_review(current) and current.planned_review_date <= date.today() + AHEAD and may("can_add", "PlanReviewView"):
        acts["PLAN_ACTIVE"] = ("PlanReviewView", "add", _("Record a review"), {"plan": current.id})
    waiting = next((one.id for one in begun if one.waits), None)
    if client.status == "INTAKE" and waiting and may("can_handle", "InitialContactView"):
        acts["INTAKE"] = ("InitialContactView", "handle", ContactLife.words["handle"], {"pk": waiting})
    # Who does not see the stage is shown the plan that they see.
    found = acts.get(client.status if sight_of(client, "status").is_whole else "PLAN_ACTIVE")
    if found is None or not may(f"can_{found[1]}", found[0]):
        return None
    view, action, label, values = found
    url = url_for(f"{view}.{action}", **values)  # type: ignore[arg-type]
    return {"label": label, "url": url, "method": "get", "kind": "primary", "confirm_text": None}


def _plan_panel(plan: IntegrationPlan) -> dict[str, Any]:
    rows = [_row(shown(goal, "goal_type"), goal.description) for goal in goals_of_plan(db.session, plan.id)]
    services = [_row(shown(row, "service_type"), shown(row, "status")) for row in services_of_plan(db.session, plan.id)]
    return {"title": _("Goals and services of the plan"), "kind": "facts", "rows": [*rows, *services], "empty_text": ""}


def client_overview(client: Client, may: Callable[[str, str], bool]) -> dict[str, Any]:
    """Give the overview's parts: `act` (the next act's button or None) and `panels`.

    Holds only what the reader may list elsewhere: `may` answers for a permission and a view. Eight statements at most.
    """
    plans: list[IntegrationPlan] = []
    assessments: list[Assessment] = []
    due: list[dict[str, Any]] = []
    if may("can_list", "PlanView"):
        newest = IntegrationPlan.drawn_up_date.desc()
        plans = list(db.session.scalars(select(IntegrationPlan).where(IntegrationPlan.client_id == client.id).order_by(newest)))
    if may("can_list", "AssessmentView"):
        assessments = list(db.session.scalars(select(Assessment).where(Assessment.client_id == client.id).order_by(Assessment.started_on.desc())))
    if may("can_list", "PlanView"):
        due = _due_rows(client, plans, assessments, may)
    panels = [{"title": _("Next"), "kind": "due", "rows": due, "empty_text": _("Nothing has a date yet.")}]
    if responsible := responsibility_panel(client, may):
        panels.append(responsible)
    current = next((plan for plan in plans if plan.status not in ("ANNULLED", "SUPERSEDED")), None)
    if current and may("can_list", "GoalView"):
        panels.append(_plan_panel(current))
    begun = beginnings_of_client(db.session, client.id, may)
    happened = _happened(client, plans, assessments, begun, may)
    panels.append({"title": _("What has happened"), "kind": "timeline", "rows": happened, "empty_text": ""})
    return {"act": _next_act(client, plans, assessments, begun, may), "panels": panels}


def _due_rows(client: Client, plans: list[IntegrationPlan], assessments: list[Assessment], may: Callable[[str, str], bool]) -> list[dict[str, Any]]:
    today, may_open = date.today(), may("can_show", "PlanView")
    return [
        _row(_day(row.on), row.text, row.address(may) if may_open and row.row_id != client.id else None, is_late=row.is_late(today))
        | ({"why": row.limit.why_sentences} if row.limit and may("can_show", "ObligationView") else {})
        for row in due_for_client(db.session, client, plans, assessments)
        if row.kind != "LIMIT" or may("can_show", "ObligationView")
    ]  # fmt: skip
