"""How the ways of invented clients began: contacts, consents and guidance, under the rules of people's entries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.clients.models import Client
from app.consents.models import Consent
from app.consents.texts import text_on
from app.contacts.models import InitialContact
from app.demo.draw import Draw, working_day
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.source import texts
from app.guidance.models import GuidanceEntry, GuidanceNeed

_SENDERS = "CLIENT:30 RECC:16 MIGRI:10 KELA:8 EMPA:10 WSC:8 SCHOOL:8 ECEC:4 DVV:4 OTHER_MUNI:4 NGO:6 POLICE:1 OTHER:1"
_NEEDS = "LANGUAGE:30 WORK:18 STUDY:12 HOUSING:10 SOCIETY:8 CAREER:6 RECOGNITION:6 CHILDCARE:4 DIGITAL:4 ECONOMY:4 PARTICIPATION:3 LITERACY:3 FAMILY:3"
# Need → the service that guidance leads to.
_SERVICES = {"LANGUAGE": "INT_TRAINING", "WORK": "CAREER", "STUDY": "CAREER", "SOCIETY": "ORIENTATION", "CAREER": "CAREER", "LITERACY": "LITERACY"}


def add_beginning(rows: ClientRows, draw: Draw, client: Client, path: Path, written: str, on: date) -> None:
    """Add the contact that the way began with, and for some the consent and the guidance."""
    if draw.chance(0.9 if path.stage == "INTAKE" else 0.3):
        _add_contact(rows, draw, path, written, on)
    is_guided = path.stage == "GUIDANCE" and path.assessment is None
    if not (draw.chance(0.7) if is_guided else path.stage not in ("INTAKE", "CLOSED") and draw.chance(0.08)):
        return
    day, language = working_day(path.contact), client.interpreter_language or client.mother_tongue
    text = text_on("C_GUIDANCE", day)
    if text is None:
        return
    is_withdrawn = not is_guided and path.completed is not None and draw.chance(0.2)
    consent = rows.add(
        Consent, day, type="C_GUIDANCE", text_version=text.version, language=language, given_on=day,
        status="WITHDRAWN" if is_withdrawn else "GIVEN", withdrawn_on=on if is_withdrawn else None,
    )  # fmt: skip
    _add_guidance(rows, draw, client, consent, day, language, written)


def _add_contact(rows: ClientRows, draw: Draw, path: Path, written: str, on: date) -> None:
    sender = draw.of(_SENDERS)
    is_directed = sender != "CLIENT" and draw.chance(0.12)
    values: dict[str, Any] = {"received_on": path.contact, "sender_type": sender, "directed_only": is_directed}
    if not is_directed:
        values |= {
            "consent_on": path.contact if sender != "CLIENT" else None, "reason": draw.one(texts("contact:reason", written)),
            "need": draw.of(_NEEDS), "first_permit_on": path.granted if draw.chance(0.6) else None,
        }  # fmt: skip
    if path.stage != "INTAKE":
        values |= {"status": "HANDLED", "handled_on": _handled(draw, path, on), "outcome": _outcome(draw, path)}
    rows.add(InitialContact, path.contact, **values)


def _handled(draw: Draw, path: Path, on: date) -> date:
    if path.known:
        return path.known
    return min(on, max(path.contact, working_day(path.contact + timedelta(days=draw.number(0, 7)))))


def _outcome(draw: Draw, path: Path) -> str:
    if path.known:
        return "ASSESSMENT"
    return "GUIDANCE" if path.stage == "GUIDANCE" else draw.of("OUT_OF_SCOPE:4 TO_EMPA:2 OTHER_MUNI:2 NOT_REACHED:2 DECLINED:1")


def _add_guidance(rows: ClientRows, draw: Draw, client: Client, consent: str, day: date, language: str, written: str) -> None:
    entry = rows.add(
        GuidanceEntry, day, consent_id=consent, given_on=day, channel=draw.of("OFFICE:6 OTHER_POINT:2 PHONE:2 VIDEO:1"), language=language,
        interpreter_used=client.interpreter_needed, notes=draw.one(texts("guidance:notes", written)) if draw.chance(0.6) else None,
    )  # fmt: skip
    need = draw.of(_NEEDS)
    rows.add(GuidanceNeed, day, entry_id=entry, need=need, service_type=_SERVICES.get(need))
