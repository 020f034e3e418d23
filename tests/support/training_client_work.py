"""What a worker does in each exercise of the worker's path, rightly unless a value is changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.appointments.actions import excuse_appointment, miss_appointment, propose_fee
from app.appointments.models import Appointment
from app.assessments.actions import complete_assessment, write_interview
from app.assessments.models import Assessment, RestrictedSection
from app.assessments.rules import SECTIONS
from app.audit.record import record_event
from app.clients.models import Client
from app.consents.models import Consent
from app.contacts.actions import handle_contact
from app.contacts.models import InitialContact
from app.guidance.models import GuidanceEntry, GuidanceNeed
from app.participations.actions import invite
from app.participations.models import Participation
from app.plans.actions import agree_plan, end_plan
from app.plans.life_actions import interrupt_plan, resume_plan
from app.plans.models import Goal
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal
from app.services.actions import refer_service, start_service
from app.transfers.actions import push
from tests.support.trainee import COUNTY, HOME, OTHER_HOME, TODAY, Trainee, ago


def x01(t: Trainee, status: str = "PLAN_ACTIVE") -> None:
    client = t.client(status=status)
    record_event(t.session, "client:searched", client_ids=[client.id])
    record_event(t.session, "client:read", client_ids=[client.id], row_id=client.id)
    t.session.commit()


def x02(t: Trainee, **changes: Any) -> None:
    client = t.client()
    record_event(t.session, "client:added", client_ids=[client.id], row_id=client.id)
    values = {"received_on": ago(1), "sender_type": "RECC", "directed_only": False, "consent_on": ago(2), "need": "LANGUAGE"}
    t.add("initial_contact:added", InitialContact, client, **{**values, **changes})


def x03(t: Trainee, outcome: str = "ASSESSMENT") -> None:
    contact = t.there(InitialContact, t.client(), received_on=ago(5), sender_type="CLIENT", status="RECEIVED")
    handle_contact(t.session, contact, handled_on=TODAY, outcome=outcome)


def x04(t: Trainee, kind: str = "C_GUIDANCE", need: str | None = "LANGUAGE") -> None:
    client = t.client(status="GUIDANCE")
    consent = t.add("consent:added", Consent, client, type=kind, text_version="1", language="uk", given_on=TODAY)
    entry = t.add("guidance_entry:added", GuidanceEntry, client, consent_id=consent.id, given_on=TODAY, language="uk")
    if need:
        t.there(GuidanceNeed, client, entry_id=entry.id, need=need)


def x05(t: Trainee, employment: str = "HOME_CARE", **changes: Any) -> None:
    client = t.client(status="ASSESSMENT_DUE", employment_status=employment)
    t.add("assessment:added", Assessment, client, **{"ground": "A3", "language": "uk", "started_on": TODAY, "known_on": ago(3), **changes})


def x06(t: Trainee, needs: bool = True, **changes: Any) -> None:
    client = t.client(status="ASSESSMENT_OPEN", interpreter_needed=needs, interpreter_language="uk" if needs else None)
    values = {"held_on": TODAY + timedelta(days=3), "clock": "10:00", "purpose": "ASSESSMENT", "language": "uk", "interpreter_needed": True, "booked_on": TODAY,
              "cancelling_told_on": TODAY}  # fmt: skip
    t.add("appointment:added", Appointment, client, **{**values, **changes})


def x07(t: Trainee, outcome: str = "PLAN", wishes: str | None = "Toivoo töitä") -> None:
    assessment = t.assessment(t.client(status="ASSESSMENT_OPEN"))
    parts = {f"{code}_{name}": value for code in SECTIONS for name, value in (("summary", "x"), ("need_level", "1"), ("source", "CLIENT"))}
    told = dict.fromkeys(("aims_told_on", "process_told_on", "duties_told_on", "data_told_on"), TODAY)
    write_interview(t.session, assessment, {**parts, **told, "client_wishes": wishes})
    complete_assessment(t.session, assessment, outcome=outcome, outcome_reason=None, completed_on=TODAY, plan_planned_on=TODAY, guided_to="x")


def x08(t: Trainee, **changes: Any) -> None:
    client = t.client(status="ASSESSMENT_OPEN")
    values = {"assessment_id": t.assessment(client).id, "section": "ABILITY", "purpose_reason": "Vaikuttaa opiskelun järjestelyihin", "content": "x", "source": "CLIENT"}
    t.add("restricted_section:added", RestrictedSection, client, **{**values, **changes})


def x10(t: Trainee, employment: str = "UNEMPLOYED_JS", starts: date | None = None, **changes: Any) -> None:
    plan = t.plan(t.client(status="PLAN_DRAFTING", employment_status=employment), **changes, **({"valid_from": starts} if starts else {}))
    agree_plan(t.session, plan, agreement_method="SIGNATURE", agreed_on=TODAY, rights_explained_on=TODAY)
    refer_service(t.session, t.service(plan), day=TODAY)


def x11(t: Trainee, born: date | None = None, **changes: Any) -> None:
    client = t.client(status="PLAN_DRAFTING", birth_date=born or ago(20 * 365))
    plan = t.plan(client, **{"goals": ("UPPER_SECONDARY",), **changes})
    agree_plan(t.session, plan, agreement_method="SIGNATURE", agreed_on=TODAY, rights_explained_on=TODAY)


def x12(t: Trainee, matter: str = "PLAN", **changes: Any) -> None:
    client = t.client(status="PLAN_DRAFTING")
    plan = t.plan(client, event="plan:added")
    about = {"assessment_id": plan.assessment_id} if matter == "ASSESSMENT" else {"plan_id": plan.id}
    values = {"organisation_id": COUNTY, "matter": matter, "profile": f"{matter}_PART", "reason": "Palvelut sovitetaan yhteen", "may_contribute": True, "valid_to": TODAY}
    invite(t.session, Participation(client_id=client.id, org_id=HOME, **about, **{**values, **changes}), TODAY)
    t.session.commit()


def x13(t: Trainee, days: int = 3) -> None:
    plan = t.plan(t.client(status="PLAN_ACTIVE"), status="IN_FORCE", drawn_up=ago(60))
    refer_service(t.session, t.service(plan), day=plan.drawn_up_date + timedelta(days=days))
    start_service(t.session, t.service(plan), day=TODAY)


def x14(t: Trainee, goal: bool = True, hindrance: bool = True) -> None:
    client = t.client(status="PLAN_ACTIVE")
    plan = t.plan(client, status="IN_FORCE")
    values = {"planned_on": TODAY, "reviewed_on": TODAY, "initiator": "TIME", "participation": "x", "progress": "PARTLY", "authors": "x", "source": "WORKER",
              "next_review_date": TODAY + timedelta(days=90)}  # fmt: skip
    review = t.add("plan_review:added", PlanReview, client, plan_id=plan.id, **values)
    found = t.session.scalars(select(Goal.id).where(Goal.plan_id == plan.id)).first()
    if goal:
        t.there(ReviewedGoal, client, review_id=review.id, goal_id=found, result="PARTLY")
    if hindrance:
        t.there(Hindrance, client, review_id=review.id, hindrance="CHILDCARE")


def x15(t: Trainee, fee: bool = False) -> None:
    item = t.there(Appointment, t.client(status="PLAN_ACTIVE"), held_on=ago(1), clock="10:00", purpose="PLAN", language="uk", booked_on=ago(9), status="BOOKED")
    miss_appointment(t.session, item)
    if fee:
        propose_fee(t.session, item, interpreter_cost=Decimal(50), fee_amount=Decimal(50), fee_due_on=TODAY, fee_ground="x", is_reasonable=True)
    else:
        excuse_appointment(t.session, item, excuse_reason="Sairastui")


def x16(t: Trainee, reason: str = "ILLNESS", ends: bool = False) -> None:
    plan = t.plan(t.client(status="PLAN_ACTIVE"), status="IN_FORCE")
    interrupt_plan(t.session, plan, reason=reason, starts_on=ago(8), ends_on=None, grounds=None)
    resume_plan(t.session, plan, ends_on=ago(1))
    if ends:
        _end(t, plan, "EDUCATION", "x")


def _end(t: Trainee, plan: Any, reason: str, onward: str | None) -> None:
    end_plan(t.session, plan, ended_on=TODAY, end_reason=reason, onward_guidance=onward, employment_plan_on=None, goal_1="PARTLY")


def x17(t: Trainee, reason: str = "EDUCATION", onward: str | None = "Oppilaitoksen opinto-ohjaaja") -> None:
    _end(t, t.plan(t.client(status="PLAN_ACTIVE"), status="IN_FORCE"), reason, onward)


def x18(t: Trainee, sections: tuple[str, ...] = ("ASSESSMENTS", "PLAN")) -> None:
    client: Client = t.client(status="PLAN_ACTIVE")
    push(t.session, client, OTHER_HOME, sections, consent_on=TODAY, consent_language="uk", choice_reason="x")
