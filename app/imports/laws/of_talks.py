"""What the rules say of brought consents, contacts, guidance and appointments."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import LazyString, format_currency

from app.appointments.labels import BROKEN as APPOINTMENT_BROKEN
from app.appointments.models import Appointment
from app.appointments.rules import BookingFacts, FeeFacts, broken_booking_rules, broken_fee_rules, is_over
from app.assessments.models import Assessment
from app.consents.labels import BROKEN as CONSENT_BROKEN
from app.consents.models import Consent
from app.consents.rules import broken_consent_rules, broken_withdrawal_rules
from app.contacts.labels import BROKEN as CONTACT_BROKEN
from app.contacts.models import NEEDS_CONSENT
from app.contacts.rules import ContactFacts, broken_contact_rules, broken_handling_rules
from app.deadlines.amounts import amount
from app.deadlines.numbers import limit_after, number
from app.guidance.labels import BROKEN as GUIDANCE_BROKEN
from app.guidance.rules import broken_guidance_rules, broken_need_rules, rests_on_law
from app.guidance.withdrawal import CONSENT as OF_GUIDANCE
from app.imports.laws.row import Broken, Row, Rules, is_of_older_act
from app.plans.events import NOT_BINDING
from app.plans.models import IntegrationPlan

CONSENT = Rules(CONSENT_BROKEN, unasked=frozenset({"NO_TEXT"}))
CONTACT = Rules(CONTACT_BROKEN, warns=frozenset({"CONSENT", "CONSENT_LATE"}), unasked=frozenset({"CLOSED", "UNCHANGED", "ASSESSMENT_OPEN"}))
# Storing without a ground would be done today, so it is no history.
GUIDANCE = Rules(GUIDANCE_BROKEN, warns=frozenset({"SERVICE"}))
APPOINTMENT = Rules(
    APPOINTMENT_BROKEN, warns=frozenset({"MODE", "LANGUAGE", "V11_AGE", "V11_WARNING", "CANCELLING", "INTERPRETER", "COST", "MOST", "R15"}), unasked=frozenset({"UNREASONABLE"}),
)  # fmt: skip
# The states of an appointment of which it is known whether the client came.
_OVER = ("ATTENDED", "NO_SHOW", "FEE_PROPOSED", "FEE_WAIVED")


def of_consent(row: Row) -> Iterator[Broken]:
    """Its days; the text was the old system's own. Costs nothing."""
    item = row.item
    found: list[tuple[str | None, str]] = [*broken_consent_rules(given_on=item.given_on, today=row.today, has_text=True)]
    if item.withdrawn_on:
        found += broken_withdrawal_rules(withdrawn_on=item.withdrawn_on, given_on=item.given_on, today=row.today)
    yield from CONSENT.told(found)


def of_contact(row: Row) -> Iterator[Broken]:
    """Its days, and what may be told of a person who was only directed. The consent of § 9 is asked of contacts of the act in force. Costs nothing."""
    item = row.item
    facts = ContactFacts(
        received_on=item.received_on, today=row.today, sender_type=item.sender_type, directed_only=bool(item.directed_only), consent_on=item.consent_on,
        first_permit_on=item.first_permit_on, told=[name for name in NEEDS_CONSENT if getattr(item, name)],
    )  # fmt: skip
    found: list[tuple[str | None, str]] = [*broken_contact_rules(facts)]
    if is_of_older_act(item.received_on):
        found = [one for one in found if one[1] not in ("CONSENT", "CONSENT_LATE")]
    if item.handled_on:
        found += broken_handling_rules(handled_on=item.handled_on, received_on=item.received_on, today=row.today, outcome=item.outcome or "", is_closed=False)
    yield from CONTACT.told(found)


def of_guidance(row: Row) -> Iterator[Broken]:
    """Its day, and what lets it be stored; costs the consents, assessments and plans of a stored client once each."""
    item = row.item
    consent = row.of(Consent, item.consent_id)
    has_consent = consent is not None and consent.status == "GIVEN" and consent.type == OF_GUIDANCE
    yield from GUIDANCE.told(broken_guidance_rules(
        given_on=item.given_on, today=row.today, has_consent=has_consent, rests_on_law=not has_consent and _rests_on_law(row),
    ))  # fmt: skip


def _rests_on_law(row: Row) -> bool:
    """An integration client of old is one whose data are stored too. Basis: 681/2023 § 76.1."""
    was_client = any(plan.status not in NOT_BINDING for plan in row.rows(IntegrationPlan))
    return was_client or rests_on_law(row.client.status, is_assessed=any(one.status == "COMPLETED" for one in row.rows(Assessment)))


def of_need(row: Row) -> Iterator[Broken]:
    """The service of a provider; costs nothing."""
    yield from GUIDANCE.told(broken_need_rules(service_type=row.item.service_type, provider=row.item.provider))


def of_appointment(row: Row) -> Iterator[Broken]:
    """The booking, and of a proposed fee what the law says of it; costs nothing."""
    item = row.item
    facts = BookingFacts(
        held_on=item.held_on, clock=item.clock, booked_on=item.booked_on, today=row.today, interpreter_needed=bool(item.interpreter_needed),
        interpreter_mode=item.interpreter_mode, cancelling_told_on=item.cancelling_told_on, fee_warned_on=item.fee_warned_on,
        fee_warned_language=item.fee_warned_language,
    )  # fmt: skip
    found: list[tuple[str | None, str]] = [*broken_booking_rules(facts)]
    if item.status in _OVER and not is_over(item.held_on, row.today):
        found.append(("held_on", "NOT_YET"))
    if item.status == "FEE_PROPOSED" and item.fee_amount is not None and item.fee_due_on:
        found += _of_fee(row, item)
    most = LazyString(lambda: format_currency(amount("NO_SHOW_FEE_MAX", item.held_on), "EUR"))
    yield from APPOINTMENT.told(found, age=number("FEE_AGE", item.held_on).amount, most=most, first=limit_after(item.held_on, "R15"))


def _of_fee(row: Row, item: Appointment) -> list[tuple[str | None, str]]:
    return broken_fee_rules(FeeFacts(
        held_on=item.held_on, booked_on=item.booked_on, birth_date=row.client.birth_date, cancelling_told_on=item.cancelling_told_on,
        fee_warned_on=item.fee_warned_on, interpreter_needed=bool(item.interpreter_needed), cost=item.interpreter_cost or Decimal(0),
        fee=item.fee_amount or Decimal(0), due_on=item.fee_due_on or item.held_on, is_reasonable=True,
    ))  # fmt: skip
