"""The client and the permits of an invented person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from anyascii import anyascii

from app.access.membership import ClientMembership
from app.clients.actions import prepare_client
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.clients.rules import age_on, has_identity
from app.demo.draw import Draw
from app.demo.families import Person, identity_code
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.workers import Worker

_NO_CODE = "NOT_REGISTERED_YET:5 PENDING:3 NOT_REQUIRED:2 PROTECTED:1"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_EARLY = frozenset({"INTAKE", "GUIDANCE", "ASSESSMENT_DUE", "ASSESSMENT_OPEN", "PLAN_DRAFTING"})
_PROTECTED = frozenset({"P87", "P88", "P90", "P110", "P51", "P52", "P89", "P114", "P115"})
_EMPLOYMENT = {
    True: "UNEMPLOYED_JS:42 NOT_JOBSEEKER:18 HOME_CARE:16 STUDENT:12 EMPLOYED:5 JOBSEEKER:4 FAMILY_LEAVE:2 UNABLE:1",
    False: "HOME_CARE:20 UNEMPLOYED_JS:22 NOT_JOBSEEKER:20 EMPLOYED:16 STUDENT:12 JOBSEEKER:6 ENTREPRENEUR:2 FAMILY_LEAVE:2",
}


def add_client(rows: ClientRows, draw: Draw, person: Person, path: Path, worker: Worker | None, on: date, told: Mapping[str, Any] = _NOTHING) -> Client:
    """Add the client and the controller's membership; `told` stands in place of what is drawn. Gives the client for those who build on it."""
    client = _client(draw, person, path, worker, on)
    for name, value in told.items():
        setattr(client, name, value)
    if not has_identity(client.identity_code, client.no_identity_code_reason) or path.contact > on:
        raise ValueError(f"invented person {person.number} breaks the rules of a client")
    prepare_client(client)
    values = {name: value for name, value in client.__dict__.items() if not name.startswith("_")}
    rows.add_client(Client, path.contact, values)
    rows.add_bare(ClientMembership, organisation_id=person.home.key, is_owner=True, purpose="CONTROLLER", valid_from=path.contact, valid_to=None)
    return client


def _client(draw: Draw, person: Person, path: Path, worker: Worker | None, on: date) -> Client:
    needs = draw.chance(0.74 if path.stage in _EARLY else 0.4) and person.origin.language != "sv"
    reason = draw.of(_NO_CODE) if draw.chance(0.12 if path.stage in _EARLY else 0.03) else None
    names, trafficked = person.given_names.split(), path.ground == "P52A"
    email = f"{anyascii(names[0])}.{anyascii(person.family_name)}{person.number % 97}@example.com".replace(" ", "").lower()
    return Client(
        family_name=person.family_name, given_names=person.given_names, call_name=names[0] if len(names) > 1 else None,
        birth_date=person.birth_date, gender=person.gender, citizenship="XXX" if draw.chance(0.01) else person.origin.country,
        identity_code=None if reason else identity_code(person, on), no_identity_code_reason=reason,
        mother_tongue=person.origin.language, service_language=person.language, interpreter_needed=needs,
        interpreter_language=person.origin.language if needs else None, interpreter_mode=draw.of("ON_SITE:4 PHONE:4 VIDEO:2") if needs else None,
        phone=f"+358 457 {draw.number(1000000, 9999999)}" if draw.chance(0.93) else None, email=email if draw.chance(0.5) else None,
        non_disclosure=reason == "PROTECTED" or draw.chance(0.08 if trafficked else 0.013), trafficking_victim=trafficked,
        home_municipality_id=person.home.key, arrival_date=path.arrived, relationship_started=path.contact, status=path.stage,
        employment_status=_employment(draw, person, path, on), responsible_worker_id=worker.id if worker else None, **_end(path, on), **_address(draw, person),
    )  # fmt: skip


def _end(path: Path, on: date) -> dict[str, Any]:
    """Give the end of a relationship: with the last plan, else some weeks after the first contact."""
    if path.stage != "CLOSED":
        return {}
    ended = min(on, path.plans[-1].valid_to if path.plans else path.contact + timedelta(days=60))
    return {"relationship_ended": ended, "end_reason": "GOALS_MET" if path.plans else "OUT_OF_SCOPE"}


def _address(draw: Draw, person: Person) -> dict[str, Any]:
    if draw.chance(0.04):  # Has no address yet.
        return {"street_address": None, "postal_code": None, "post_office": None}
    office = person.home.name_sv if person.language == "sv" or person.home.language_status == "sv" else person.home.name_fi
    code = f"{person.home.postal_area}{sum(map(ord, person.address)) % 87:02d}0"
    return {"street_address": person.address, "postal_code": code, "post_office": office.upper()}


def _employment(draw: Draw, person: Person, path: Path, on: date) -> str:
    age = age_on(person.birth_date, on)
    if age < 18:
        return "MINOR"
    if age >= 65:
        return draw.of("RETIRED:9 NOT_JOBSEEKER:1")
    if path.stage == "VALID_FOR_STUDIES_ONLY":
        return draw.of("UNEMPLOYED_JS:6 STUDENT:4")
    if path.outcome in ("WORK", "EDU"):
        return "EMPLOYED" if path.outcome == "WORK" else "STUDENT"
    return draw.of("STUDENT:6 UNEMPLOYED_JS:3 NOT_JOBSEEKER:2" if age < 21 else _EMPLOYMENT[path.ground in _PROTECTED])


def add_permits(rows: ClientRows, draw: Draw, path: Path, on: date) -> None:
    """Add the first permit, card or registration, and its renewals up to today."""
    kind = {"EU_EEA": "EU_REG", "NORDIC": "NORDIC"}.get(path.ground, "PERMIT")
    right = "LIMITED" if path.ground == "STUDY" else "FULL"
    if kind != "PERMIT":
        rows.add(ResidenceBasis, path.contact, kind=kind, permit_type=None, ground=path.ground, granted_date=path.granted,
                 valid_from=path.granted, valid_to=None, right_to_work=right, is_first=True, source="DOCUMENT")  # fmt: skip
        return
    starts, is_first = path.granted, True
    permit_type = "B" if path.ground in ("P110", "STUDY") else "A"
    years = 1 if permit_type == "B" or draw.chance(0.4) else 4 if path.ground in _PROTECTED else 2
    while starts <= on:
        ends = starts + timedelta(days=365 * years)
        rows.add(ResidenceBasis, max(path.contact, starts), kind=kind, permit_type=permit_type, ground=path.ground, granted_date=starts,
                 valid_from=starts, valid_to=ends, right_to_work=right, is_first=is_first, source="MIGRI")  # fmt: skip
        starts, is_first = ends + timedelta(days=1), False
