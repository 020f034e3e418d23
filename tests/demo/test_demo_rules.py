"""What is invented passes the rules that people's entries pass."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from app.access.membership import ClientScoped
from app.appointments.models import Appointment
from app.appointments.rules import BookingFacts, FeeFacts, broken_booking_rules, broken_fee_rules
from app.assessments.models import Assessment, InterviewSection
from app.assessments.rules import DUTIES_TO_INFORM, missing_duties, missing_sections
from app.children.models import ChildHearing, Representative
from app.children.rules import Mandate, broken_hearing_rules, broken_mandate_rules
from app.clients.facts import EducationRecord, LanguageSkill, Note, ResidenceBasis, WorkRecord
from app.clients.models import Client
from app.clients.rules import age_on, has_identity, is_minor
from app.codes.lists import values
from app.consents.models import Consent
from app.consents.rules import broken_consent_rules
from app.consents.texts import text_of
from app.contacts.models import NEEDS_CONSENT, InitialContact
from app.contacts.rules import ContactFacts, broken_contact_rules, broken_handling_rules
from app.core.identity_code import birth_date, normal_form
from app.db.base import Model
from app.deadlines.numbers import limit_after
from app.duplicates.models import ClientMerge
from app.guidance.models import GuidanceEntry, GuidanceNeed
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.life_rules import broken_child_rules
from app.plans.limits import Course, limits_of
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.plans.rules import PlanFacts, broken_agreement_rules, broken_date_rules
from app.reviews.models import PlanReview, ReviewedGoal
from app.reviews.rules import ReviewFacts, broken_review_rules
from app.services.models import LanguageTestResult, ServiceHours, ServiceInterruption, ServiceParticipation
from app.services.rules import INTEGRATION_TRAINING, broken_hours_rules
from app.transfers.models import TransferRequest, TransferSide
from tests.demo.conftest import ON

NOT_AGREED = ("DRAFT", "ANNULLED")


def by(rows: list[Any], column: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def test_every_code_stands_in_its_list(rows: Any) -> None:
    models = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped)]
    for model in models:
        for column in model.__table__.columns:
            if "codes" in column.info:
                known = {value.code for value in values(column.info["codes"], ON)}
                assert {getattr(row, column.name) for row in rows(model)} - {None} <= known, column


def test_identity_codes_are_artificial_and_fit_the_person(rows: Any) -> None:
    clients = rows(Client)
    found = [(row, row.identity_code) for row in clients if row.identity_code]
    assert len({code for _row, code in found}) == len(found) > 1500
    for row, code in found:
        assert normal_form(code, today=ON, artificial=True) == code
        assert 900 <= int(code[7:10]) <= 999 and birth_date(code) == row.birth_date
        assert int(code[9]) % 2 == (row.gender == "1")
    assert all(has_identity(row.identity_code, row.no_identity_code_reason) for row in clients)


def test_a_client_who_needs_an_interpreter_has_a_language_for_it(rows: Any) -> None:
    assert [row.id for row in rows(Client) if row.interpreter_needed and not (row.interpreter_language and row.interpreter_mode)] == []


def test_life_goes_forward(rows: Any) -> None:
    permits, schools = by(rows(ResidenceBasis), "client_id"), by(rows(EducationRecord), "client_id")
    for client in rows(Client):
        first = [permit for permit in permits[client.id] if permit.is_first]
        assert len(first) == 1 and client.birth_date < client.arrival_date < first[0].granted_date <= client.relationship_started <= ON
        for school in schools[client.id]:
            assert client.birth_date.year < (school.end_year or client.arrival_date.year) <= client.arrival_date.year
    born = {client.id: client for client in rows(Client)}
    for job in rows(WorkRecord):
        assert age_on(born[job.client_id].birth_date, job.started_on) >= 16
        assert job.started_on <= job.ended_on < born[job.client_id].arrival_date
    for row in (*rows(Note), *rows(LanguageSkill)):
        day = row.entry_date if isinstance(row, Note) else row.established_on
        assert born[row.client_id].relationship_started <= day <= ON


def test_a_complete_assessment_has_its_interview_and_its_outcome(rows: Any) -> None:
    sections, clients = by(rows(InterviewSection), "assessment_id"), {row.id: row for row in rows(Client)}
    for row in rows(Assessment):
        assert clients[row.client_id].relationship_started <= row.known_on <= row.started_on <= ON
        assert row.channel == "OFFICE" or row.channel_reason
        assert (row.outcome is not None) == (row.status in ("COMPLETED", "CANCELLED"))
        assert (row.completed_on is not None) == (row.status == "COMPLETED")
        if row.completed_on:
            told = {name: getattr(row, name) for name in DUTIES_TO_INFORM}
            assert missing_sections({part.section: part.summary for part in sections[row.id]}) == []
            assert missing_duties(told) == [] and all(row.started_on <= day <= row.completed_on <= ON for day in told.values())


def test_plans_keep_the_dates_of_the_act(rows: Any) -> None:
    clients, assessments = {row.id: row for row in rows(Client)}, {row.id: row for row in rows(Assessment)}
    permits, reviews = by(rows(ResidenceBasis), "client_id"), by(rows(PlanReview), "plan_id")
    extensions = by(rows(PlanExtension), "client_id")
    for client_id, plans in by(rows(IntegrationPlan), "client_id").items():
        first: date | None = None
        limits = limits_of(clients[client_id].birth_date, Course(plans, extensions[client_id], []).events, ON)
        for ordinal, plan in enumerate(sorted(plans, key=lambda row: row.ordinal), start=1):
            held = sorted(reviews[plan.id], key=lambda row: row.reviewed_on)
            facts = PlanFacts(
                drawn_up_date=plan.drawn_up_date, valid_from=plan.valid_from, valid_to=plan.valid_to,
                planned_review_date=held[0].planned_on if held else plan.planned_review_date,
                first_end=None if first else limit_after(plan.drawn_up_date, "R08"),
                # What goes on for studies alone goes on past the maximum.
                latest_end=limits.end if limits and plan.status != "STUDIES_ONLY" else limit_after(plan.drawn_up_date, "R09"),
                assessment_completed_on=assessments[plan.assessment_id].completed_on,
                first_permit_date=min(permit.granted_date for permit in permits[client_id]),
                trafficking_victim=clients[client_id].trafficking_victim,
            )  # fmt: skip
            assert broken_date_rules(facts) == [] and plan.ordinal == ordinal and plan.drawn_up_date <= ON
            first = first or (None if plan.status in NOT_AGREED else plan.drawn_up_date)


def test_agreed_plans_pass_the_rules_of_agreement(rows: Any) -> None:
    clients, goals, services = {row.id: row for row in rows(Client)}, by(rows(Goal), "plan_id"), by(rows(PlannedService), "plan_id")
    for plan in rows(IntegrationPlan):
        client, is_agreed = clients[plan.client_id], plan.status not in NOT_AGREED
        age = age_on(client.birth_date, plan.drawn_up_date)
        assert (plan.agreed_on is not None) == (plan.agreement_method is not None) == is_agreed
        assert not (age < 18 and {row.service_type for row in services[plan.id]} & {"INT_TRAINING", "INT_TRAINING_SELF"})
        assert all(row.starts_on <= row.ends_on for row in services[plan.id])
        if is_agreed:
            assert plan.drawn_up_date <= plan.agreed_on <= ON
            assert not broken_agreement_rules(
                goal_types=[row.goal_type for row in goals[plan.id]], justifications=[row.justification for row in services[plan.id]],
                is_jobseeker=client.employment_status in ("UNEMPLOYED_JS", "JOBSEEKER"), age=age, on=plan.drawn_up_date,
                education_goal_reason=plan.no_education_goal_reason,
            )  # fmt: skip


def test_one_plan_is_the_present_one(rows: Any) -> None:
    expected = {"PLAN_ACTIVE": {"IN_FORCE", "EXTENDED", "AGREED"}, "PLAN_INTERRUPTED": {"INTERRUPTED"}, "PLAN_ENDED": {"ENDED"},
                "VALID_FOR_STUDIES_ONLY": {"STUDIES_ONLY"}, "CLOSED": {"ENDED"}, "PLAN_DRAFTING": {"DRAFT"}}  # fmt: skip
    stages = {row.id: row.status for row in rows(Client)}
    for client_id, plans in by(rows(IntegrationPlan), "client_id").items():
        before, last = [plan.status for plan in plans[:-1]], max(plans, key=lambda plan: plan.ordinal)
        assert last.status in expected[stages[client_id]]
        # An agreed plan that waits for its first day stands beside the one in force.
        assert set(before) - {last.status} <= {"SUPERSEDED", "ANNULLED", *({"IN_FORCE"} if last.status == "AGREED" else ())}


def test_the_course_of_each_plan_left_its_rows(rows: Any) -> None:
    clients, extensions, pauses = {row.id: row for row in rows(Client)}, by(rows(PlanExtension), "plan_id"), by(rows(PlanInterruption), "plan_id")
    goals, seen = by(rows(Goal), "plan_id"), set()
    for plan in rows(IntegrationPlan):
        seen.add(plan.status)
        assert [row.extended_to for row in extensions[plan.id]] == ([plan.valid_to] if plan.status == "EXTENDED" else [])
        assert len(pauses[plan.id]) == (plan.status == "INTERRUPTED") and all(row.starts_on <= ON for row in pauses[plan.id])
        assert (plan.ended_on is not None) == (plan.end_reason is not None) == (plan.status == "ENDED")
        assert (plan.studies_only_from is not None) == (plan.status == "STUDIES_ONLY")
        assert {goal.result is not None for goal in goals[plan.id]} <= {plan.status == "ENDED"}
        is_child = plan.status not in NOT_AGREED and is_minor(clients[plan.client_id].birth_date, plan.drawn_up_date)
        assert not broken_child_rules(is_child=is_child, heard_on=plan.child_heard_on, view=plan.child_view, not_heard_reason=plan.child_not_heard_reason)
    assert {"EXTENDED", "INTERRUPTED", "ENDED", "STUDIES_ONLY"} <= seen
    assert all((client.relationship_ended is not None) == (client.status == "CLOSED") for client in clients.values())


def test_reviews_pass_the_rules_of_reviews_and_follow_each_other(rows: Any) -> None:
    plans, goals, found = {row.id: row for row in rows(IntegrationPlan)}, by(rows(Goal), "plan_id"), by(rows(ReviewedGoal), "review_id")
    for plan_id, reviews in by(rows(PlanReview), "plan_id").items():
        plan, before = plans[plan_id], None
        for review in sorted(reviews, key=lambda row: row.reviewed_on):
            facts = ReviewFacts(
                reviewed_on=review.reviewed_on, today=ON, begins_on=plan.agreed_on, ends_on=plan.valid_to,
                previous_on=before and before.reviewed_on, initiator=review.initiator, reason=review.reason, next_review_date=review.next_review_date,
            )  # fmt: skip
            assert broken_review_rules(facts) == [] and (before is None or review.planned_on == before.next_review_date)
            assert {row.goal_id for row in found[review.id]} == {goal.id for goal in goals[plan_id]}
            before = review
        assert before and plan.planned_review_date == before.next_review_date


def test_what_became_of_services_passes_their_rules(rows: Any) -> None:
    plans, records = {row.id: row for row in rows(IntegrationPlan)}, {row.planned_service_id: row for row in rows(ServiceParticipation)}
    hours, breaks, tested = by(rows(ServiceHours), "planned_service_id"), by(rows(ServiceInterruption), "planned_service_id"), by(rows(LanguageTestResult), "client_id")
    statuses = set()
    for service in rows(PlannedService):
        statuses.add(service.status)
        record = records.get(service.id)
        assert (record is None) == (service.status == "PLANNED")
        if record is None:
            continue
        days = [day for day in (record.referred_on, record.enrolled_on, record.started_on, record.ended_on) if day]
        assert days == sorted(days) and all(plans[service.plan_id].agreed_on <= day <= ON for day in days)
        assert (record.started_on is not None) == (service.status in ("STARTED", "PAUSED", "COMPLETED", "DISCONTINUED"))
        assert (record.ended_on is not None) == (service.status in ("COMPLETED", "DISCONTINUED"))
        assert (service.status == "PAUSED") == any(found.to_on is None for found in breaks[service.id])
        for row in hours[service.id]:
            assert not broken_hours_rules(from_on=row.from_on, to_on=row.to_on, planned=row.hours_planned, attended=row.hours_attended,
                                          begins_on=record.started_on, today=ON)  # fmt: skip
        if service.status == "COMPLETED" and service.service_type == "ORIENTATION":
            assert sum(row.hours_attended for row in hours[service.id]) >= 70
        if service.status == "COMPLETED" and service.service_type in INTEGRATION_TRAINING:
            assert record.no_test_reason or any(row.tested_on == record.ended_on for row in tested[service.client_id])
    assert statuses == {value.code for value in values("SERVICE_STATUS", ON)}


def test_appointments_and_proposed_fees_pass_their_rules(rows: Any) -> None:
    clients = {row.id: row for row in rows(Client)}
    for row in rows(Appointment):
        facts = BookingFacts(
            held_on=row.held_on, clock=row.clock, booked_on=row.booked_on, today=ON, interpreter_needed=row.interpreter_needed, interpreter_mode=row.interpreter_mode,
            cancelling_told_on=row.cancelling_told_on, fee_warned_on=row.fee_warned_on, fee_warned_language=row.fee_warned_language,
        )  # fmt: skip
        assert broken_booking_rules(facts) == [] and (row.held_on < ON) == (row.status != "BOOKED")
        assert (row.status == "EXCUSED") == bool(row.excuse_reason) and (row.status == "FEE_WAIVED") == bool(row.waive_reason)
        if row.status == "FEE_PROPOSED":
            assert broken_fee_rules(FeeFacts(
                held_on=row.held_on, booked_on=row.booked_on, birth_date=clients[row.client_id].birth_date, cancelling_told_on=row.cancelling_told_on,
                fee_warned_on=row.fee_warned_on, interpreter_needed=True, cost=row.interpreter_cost, fee=row.fee_amount, due_on=row.fee_due_on, is_reasonable=True,
            )) == []  # fmt: skip
    assert {row.status for row in rows(Appointment)} == {value.code for value in values("APPOINTMENT_STATUS", ON)}


def test_contacts_consents_and_guidance_pass_their_rules(rows: Any) -> None:
    stages, contacts = {row.id: row.status for row in rows(Client)}, rows(InitialContact)
    for row in contacts:
        told = [name for name in NEEDS_CONSENT if getattr(row, name)]
        facts = ContactFacts(received_on=row.received_on, today=ON, sender_type=row.sender_type, directed_only=row.directed_only, consent_on=row.consent_on,
                             first_permit_on=row.first_permit_on, told=told)  # fmt: skip
        assert broken_contact_rules(facts) == [] and (row.status == "HANDLED") == bool(row.outcome) == bool(row.handled_on)
        if row.handled_on:
            assert broken_handling_rules(handled_on=row.handled_on, received_on=row.received_on, today=ON, outcome=row.outcome, is_closed=False) == []
            assert (row.outcome in ("ASSESSMENT", "GUIDANCE")) or stages[row.client_id] not in ("INTAKE", "GUIDANCE")
    assert any(row.directed_only for row in contacts) and {row.status for row in contacts} == {"RECEIVED", "HANDLED"}
    consents = {row.id: row for row in rows(Consent)}
    for row in consents.values():
        assert broken_consent_rules(given_on=row.given_on, today=ON, has_text=text_of(row.type, row.text_version) is not None) == []
        assert (row.status == "WITHDRAWN") == bool(row.withdrawn_on)
    entries, needs = rows(GuidanceEntry), rows(GuidanceNeed)
    # Whose consent is withdrawn has been assessed, or the entry would be gone.
    assessed = {row.client_id for row in rows(Assessment) if row.status == "COMPLETED"}
    assert entries and all(consents[row.consent_id].status == "GIVEN" or row.client_id in assessed for row in entries)
    assert {row.entry_id for row in needs} == {row.id for row in entries}


def test_hearings_and_representatives_pass_their_rules(rows: Any) -> None:
    clients, heard, representatives = {row.id: row for row in rows(Client)}, rows(ChildHearing), rows(Representative)
    assert len(heard) > 3 and len(representatives) > 3 and {row.is_heard for row in heard} == {True, False} and any(row.valid_from for row in representatives)
    for row in heard:
        told = {"on": row.considered_on, "is_heard": row.is_heard, "opinion": row.opinion, "reason": row.not_heard_reason}
        assert not broken_hearing_rules(birth_date=clients[row.client_id].birth_date, today=ON, **told)
    for row in representatives:
        days = {name: getattr(row, name) for name in ("known_on", "applied_on", "decided_on", "valid_from", "valid_to")}
        assert not broken_mandate_rules(Mandate(birth_date=clients[row.client_id].birth_date, name=row.name, end_reason=row.end_reason, today=ON, **days))


def test_transfers_and_pairs_are_there_to_be_seen(rows: Any) -> None:
    clients, sides = {row.id: row for row in rows(Client)}, by(rows(TransferSide), "transfer_id")
    transfers, pairs = rows(TransferRequest), rows(ClientMerge)
    assert {row.status for row in transfers} == {"SENT", "ASKED", "REJECTED"} and {row.status for row in pairs} == {"PROPOSED", "DIFFERENT"}
    for row in transfers:
        assert {side.organisation_id for side in sides[row.id]} == {row.from_id, row.to_id}
        assert [clients[side.client_id].org_id for side in sides[row.id] if side.client_id] == [row.from_id]
        assert row.consent_on <= row.sent_on <= ON and (row.waits_for_id is None) is (row.ended_on is not None)
        assert row.org_id == (row.from_id if row.way == "PUSHED" else row.to_id)
    for row in pairs:
        assert row.client_id != row.other_id and clients[row.client_id].org_id == clients[row.other_id].org_id == row.org_id
