"""Appointments of invented clients: kept, cancelled, missed, and the fees proposed for some of those."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.appointments.models import Appointment
from app.appointments.rules import FeeFacts, broken_fee_rules, earliest_due, most_of_fee
from app.clients.models import Client
from app.demo.draw import Draw, working_day
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.source import texts

_PAST = "ATTENDED:80 CANCELLED_IN_TIME:8 EXCUSED:4 NO_SHOW:8"
_TIMES = ("08:30", "09:00", "10:15", "11:00", "12:30", "13:00", "14:15")


def add_appointments(rows: ClientRows, draw: Draw, client: Client, path: Path, written: str, on: date) -> None:
    """Add the meetings that the client's way has had, and for some the next one."""
    plans = [plan for plan in path.plans if plan.status != "DRAFT"]
    past = [(path.contact, "GUIDANCE", 0.15), (path.started, "ASSESSMENT", 0.5), *((plan.drawn_up, "PLAN", 0.35) for plan in plans)]
    for day, purpose, share in past:
        if day and day < on and draw.chance(share):
            _add(rows, draw, client, written, working_day(day), purpose, draw.of(_PAST), on)
    if path.stage not in ("CLOSED", "PLAN_ENDED") and draw.chance(0.25):
        purpose = "REVIEW" if plans else "PLAN" if path.completed else "ASSESSMENT"
        _add(rows, draw, client, written, working_day(on + timedelta(days=draw.number(3, 30))), purpose, "BOOKED", on)


def _add(rows: ClientRows, draw: Draw, client: Client, written: str, day: date, purpose: str, status: str, on: date) -> None:
    booked = min(on, day - timedelta(days=draw.number(5, 21)))
    is_told, language = draw.chance(0.9), client.interpreter_language or client.mother_tongue
    is_interpreted = client.interpreter_needed
    outcome = {"ATTENDED": "HELD", "CANCELLED_IN_TIME": "CANCELLED"}.get(status, "IN_VAIN") if is_interpreted and status != "BOOKED" else None
    cost = Decimal(draw.number(38, 96)) if outcome in ("HELD", "IN_VAIN") else None
    values: dict[str, Any] = {
        "held_on": day, "clock": draw.one(_TIMES), "purpose": purpose, "channel": draw.of("OFFICE:9 VIDEO:1"), "booked_on": booked,
        "language": language if is_interpreted else written, "interpreter_needed": is_interpreted,
        "interpreter_mode": (client.interpreter_mode or "PHONE") if is_interpreted else None, "interpreter_outcome": outcome, "interpreter_cost": cost,
        "cancelling_told_on": booked if is_told else None, "fee_warned_on": booked if is_told and is_interpreted else None,
        "fee_warned_language": language if is_told and is_interpreted else None,
        "excuse_reason": draw.one(texts("appointment:excuse", written)) if status == "EXCUSED" else None,
    }  # fmt: skip
    fee = _fee(draw, client, values, written, on) if status == "NO_SHOW" else {"status": status}
    rows.add(Appointment, booked, **values, **fee)


def _fee(draw: Draw, client: Client, values: dict[str, Any], written: str, on: date) -> dict[str, Any]:
    """Give what is proposed of a missed appointment: nothing yet, a fee that the rules allow, or none."""
    cost, day = values["interpreter_cost"], values["held_on"]
    if cost is None or draw.chance(0.35):
        return {"status": "NO_SHOW"}
    fee, due = most_of_fee(cost, day), earliest_due(day, on)
    facts = FeeFacts(
        held_on=day, booked_on=values["booked_on"], birth_date=client.birth_date, cancelling_told_on=values["cancelling_told_on"],
        fee_warned_on=values["fee_warned_on"], interpreter_needed=True, cost=cost, fee=fee, due_on=due, is_reasonable=True,
    )  # fmt: skip
    if broken_fee_rules(facts) or draw.chance(0.3):
        return {"status": "FEE_WAIVED", "waive_reason": draw.one(texts("appointment:waive", written))}
    return {"status": "FEE_PROPOSED", "fee_amount": fee, "fee_due_on": due, "fee_ground": draw.one(texts("appointment:fee", written))}
