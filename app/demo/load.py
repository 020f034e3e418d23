"""Deterministic invented clients at every stage, written through the same rules as people's entries."""

from __future__ import annotations

import csv
import gc
import random
import uuid
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.assessments.models import Assessment, InterviewSection
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS
from app.clients.actions import own_client, prepare_client
from app.clients.facts import EducationRecord, LanguageSkill, ResidenceBasis
from app.clients.models import Client
from app.core.identity_code import check_character, normal_form
from app.deadlines.numbers import limit_after
from app.organisations.models import organisation_key
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.plans.rules import PlanFacts, broken_date_rules

_DATA = Path(__file__).parent.parent / "codes" / "data"
AS_OF = date(2026, 11, 1)
# Stage and its weight; the stages of process.md § 6.1.
STAGES = (("INTAKE", 8), ("GUIDANCE", 14), ("ASSESSMENT_DUE", 10), ("ASSESSMENT_OPEN", 12), ("PLAN_DRAFTING", 10),
          ("PLAN_ACTIVE", 40), ("CLOSED", 6))  # fmt: skip
ORIGINS = {"uk": ("UA", "P110"), "ru": ("RU", "FAMILY_FI"), "ar": ("IQ", "P87"), "so": ("SO", "P114"), "et": ("EE", "EU_EEA"),
           "fa": ("AF", "P90"), "en": ("IN", "WORK"), "sq": ("XK", "FAMILY_OTHER"), "vi": ("VN", "STUDY")}  # fmt: skip


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    with (_DATA / "synthetic_names.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["language_code"], {}).setdefault(row["name_type"], []).append(row["name"])
    return {code: kinds for code, kinds in found.items() if "given_female" in kinds and "given_male" in kinds and code in ORIGINS}


@cache
def _weights() -> tuple[list[str], list[float]]:
    with (_DATA / "population.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["municipality_code"] for row in rows], [float(row["client_weight_pct"]) for row in rows]


def load_clients(session: Session, count: int, seed: int) -> int:
    """Bring the number of clients up to `count`; an installation that has as many is left as it is."""
    # The collector walks every row of a batch again and again and takes a third of the time.
    gc.disable()
    try:
        return _load_clients(session, count, seed)
    finally:
        gc.enable()


def _load_clients(session: Session, count: int, seed: int) -> int:
    present = int(session.scalar(select(func.count()).select_from(Client)) or 0)
    for number in range(present, count):
        for row in _client_rows(random.Random(f"{seed}:{number}"), session):
            session.add(row)
        if number % 500 == 499:
            session.commit()
            session.expunge_all()
            gc.collect()
    session.commit()
    _share_one(session)
    return max(present, count)


def _share_one(session: Session) -> None:
    """Share one client of Vantaa who has a plan with the wellbeing services county."""
    county, owner = organisation_key("WELLBEING_COUNTY", "04"), organisation_key("MUNICIPALITY", "092")
    if session.scalar(select(ClientMembership.id).where(ClientMembership.organisation_id == county)):
        return
    query = select(Client.id).where(Client.org_id == owner, Client.status == "PLAN_ACTIVE", Client.non_disclosure.is_(False))
    key = session.scalar(query.order_by(Client.id).limit(1))
    if key is not None:
        session.add(
            ClientMembership(
                client_id=key, organisation_id=county, is_owner=False, purpose="PLAN_PARTICIPATION",
                valid_from=date(2026, 1, 1), valid_to=date(2099, 12, 31),
            )
        )  # fmt: skip
        session.commit()


def _identity_code(rng: random.Random, born: date) -> str:
    individual = rng.randint(900, 999)
    sign = rng.choice("-YXWVU" if born.year < 2000 else "ABCDEF")
    code = f"{born:%d%m%y}{sign}{individual}{check_character(born, individual)}"
    return normal_form(code, today=AS_OF, allow_artificial=True)


def _client_rows(rng: random.Random, session: Session) -> list[Any]:
    codes, weights = _weights()
    municipality = organisation_key("MUNICIPALITY", rng.choices(codes, weights)[0])
    language = rng.choice(sorted(_names()))
    names, (country, ground) = _names()[language], ORIGINS[language]
    gender = rng.choice("12")
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(365 * 58))
    arrived = AS_OF - timedelta(days=rng.randrange(20, 1000))
    stage = rng.choices([name for name, _weight in STAGES], [weight for _name, weight in STAGES])[0]
    given = names["given_female" if gender == "2" else "given_male"]
    client = Client(
        id=_key(rng), family_name=rng.choice(names.get("family") or names.get("fathers_name") or given),
        given_names=rng.choice(given), birth_date=born, gender=gender, citizenship=country, mother_tongue=language,
        service_language=rng.choice(["fi", "fi", "sv", "other"]), interpreter_needed=(needs := rng.random() < 0.5),
        interpreter_language=language if needs else None, interpreter_mode="PHONE" if needs else None, status=stage,
        employment_status=rng.choice(["NOT_JOBSEEKER", "HOME_CARE", "STUDENT", "UNEMPLOYED_JS"]), home_municipality_id=municipality,
        arrival_date=arrived, relationship_started=arrived + timedelta(days=rng.randrange(5, 20)),
        street_address=f"Keksitty katu {rng.randint(1, 90)}", postal_code=f"{rng.randint(100, 999)}00",
        phone=f"+358 457 {rng.randint(1000000, 9999999)}", non_disclosure=rng.random() < 0.02,
    )  # fmt: skip
    if rng.random() < 0.93:
        client.identity_code = _identity_code(rng, born)
    else:
        client.no_identity_code_reason = "NOT_REGISTERED_YET"
    prepare_client(client)
    own_client(session, client, municipality, client.relationship_started)
    same: dict[str, Any] = {"client_id": client.id, "org_id": municipality}
    rows: list[Any] = [
        ResidenceBasis(id=_key(rng), kind="PERMIT", ground=ground, granted_date=arrived, valid_from=arrived, is_first=True, source="MIGRI", **same),
        LanguageSkill(id=_key(rng), language="fi", part="OVERALL", level=rng.choice(["A1.1", "A1.2", "A2.1", "B1.1"]), basis="WORKER", source="WORKER", **same),
        EducationRecord(id=_key(rng), level=rng.choice(["1", "2", "3G", "3V", "6", "7"]), country=country, completed=rng.random() < 0.7, source="CLIENT", **same),
    ]  # fmt: skip
    if stage in ("ASSESSMENT_OPEN", "PLAN_DRAFTING", "PLAN_ACTIVE", "CLOSED"):
        rows += _assessment_rows(rng, client, same)
    return rows


def _key(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _assessment_rows(rng: random.Random, client: Client, same: dict[str, Any]) -> list[Any]:
    done = client.status != "ASSESSMENT_OPEN"
    started = min(client.relationship_started + timedelta(days=rng.randrange(1, 40)), AS_OF)
    completed = min(started + timedelta(days=rng.randrange(3, 30)), AS_OF) if done else None
    assessment = Assessment(
        id=_key(rng), ground=rng.choice(["A2", "A3", "A4", "A5"]), started_on=started, language=client.mother_tongue,
        status="COMPLETED" if done else "INTERVIEW_BOOKED", completed_on=completed, outcome="PLAN" if done else None,
        **dict.fromkeys(DUTIES_TO_INFORM, completed), **same,
    )  # fmt: skip
    rows: list[Any] = [assessment]
    if completed is None:
        return rows
    for position, code in enumerate(SECTIONS, start=1):
        rows.append(InterviewSection(id=_key(rng), assessment_id=assessment.id, section=code, position=position, source="CLIENT",
                                     summary=rng.choice(_texts(client)["summaries"]), need_level=rng.choice("0123"), **same))  # fmt: skip
    if client.status in ("PLAN_ACTIVE", "CLOSED"):
        rows += _plan_rows(rng, client, assessment, completed, same)
    return rows


def _plan_rows(rng: random.Random, client: Client, assessment: Assessment, completed: date, same: dict[str, Any]) -> list[Any]:
    drawn_up = min(completed + timedelta(days=rng.randrange(0, 14)), AS_OF)
    texts = _texts(client)
    ends, review = limit_after(drawn_up, "R08"), limit_after(drawn_up, "R07")
    facts = PlanFacts(
        drawn_up_date=drawn_up, valid_from=drawn_up, valid_to=ends, planned_review_date=review, first_plan_date=None,
        assessment_completed_on=completed, first_permit_date=client.arrival_date, trafficking_victim=False,
    )  # fmt: skip
    if broken := broken_date_rules(facts):
        raise ValueError(f"the invented plan breaks {broken}")
    plan = IntegrationPlan(
        id=_key(rng), assessment_id=assessment.id, ordinal=1, status="ENDED" if client.status == "CLOSED" else "IN_FORCE",
        drawn_up_date=drawn_up, valid_from=drawn_up, valid_to=ends, planned_review_date=review, agreed_on=drawn_up,
        follow_up=texts["follow_up"], authors=texts["authors"], rights_explained_on=drawn_up,
        agreement_method="SIGNATURE", **same,
    )  # fmt: skip
    goal = Goal(id=_key(rng), plan_id=plan.id, horizon="PLAN_PERIOD", goal_type=rng.choice(["EMPLOYMENT", "LANGUAGE", "UPPER_SECONDARY"]),
                description=texts["goal"], **same)  # fmt: skip
    service = PlannedService(id=_key(rng), plan_id=plan.id, service_type=rng.choice(["INT_TRAINING", "ORIENTATION", "LITERACY"]),
                             organiser="MUNI", justification=texts["why"], starts_on=drawn_up, status="REFERRED", **same)  # fmt: skip
    return [plan, goal, service]


_FINNISH: dict[str, Any] = {
    "follow_up": "Tapaaminen kahden kuukauden välein.", "authors": "Kunnan kotoutumispalvelut", "goal": "Kielitaito tasolle B1.1.",
    "why": "Palvelu vie kohti sovittua tavoitetta.",
    "summaries": ("Asia käytiin läpi tulkin kanssa. Tuen tarve on vähäinen.", "Asiakas osaa perusteet ja haluaa oppia lisää.",
                  "Tarvitaan tarkempi selvitys seuraavassa tapaamisessa.", "Ei erityistä huomioitavaa."),
}  # fmt: skip
_SWEDISH: dict[str, Any] = {
    "follow_up": "Möte varannan månad.", "authors": "Kommunens integrationstjänster", "goal": "Språkkunskaper på nivå B1.1.",
    "why": "Tjänsten leder mot det överenskomna målet.",
    "summaries": ("Saken gicks igenom med tolk. Behovet av stöd är litet.", "Kunden behärskar grunderna och vill lära sig mer.",
                  "En närmare utredning behövs vid nästa möte.", "Inget särskilt att beakta."),
}  # fmt: skip


def _texts(client: Client) -> dict[str, Any]:
    """Give the invented texts in the language in which the client is served."""
    return _SWEDISH if client.service_language == "sv" else _FINNISH
