"""Writes the stories of a place: each client with the whole course before it, by the ways that invented clients are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.appointments.models import Appointment
from app.clients.models import Client
from app.consents.models import Consent
from app.consents.texts import text_on
from app.contacts.models import InitialContact
from app.demo.assessments import add_assessment
from app.demo.children import add_childhood
from app.demo.clients import add_client, add_permits
from app.demo.draw import Draw
from app.demo.facts import add_facts
from app.demo.families import Person, identity_code
from app.demo.participations import Participations, Taken
from app.demo.path import Path, PlanDates
from app.demo.plan_lives import Lives
from app.demo.plans import add_plans
from app.demo.reviews import Held, Reviews
from app.demo.rows import Batch, ClientRows
from app.demo.source import texts
from app.demo.workers import Worker
from app.guidance.models import GuidanceEntry, GuidanceNeed
from app.training.places.persons import client_key, mark_of
from app.training.places.stories import Story

# Draws of a plan until one of its services has been begun: a plan without any would be late for another reason than its story's.
_TRIES = 40
# Grounds decided after months, and how many days each kind waits for the permit.
_ASYLUM = frozenset({"P87", "P88", "P51", "P52", "P52A", "P89"})
_WAITED, _SOON = (60, 120), (3, 12)


class _ToldReviews(Reviews):
    """No reviews but those that a story tells of, which is none."""

    def of_plan(self, dates: PlanDates, agreed: date | None, replaced_on: date | None) -> list[Held]:
        return []


class _NotedServices(Participations):
    """Notes whether a service has been begun, and whether one is still to be referred to."""

    has_begun = has_one_to_come = False

    def add(self, taken: Taken) -> None:
        self.has_one_to_come |= taken.status == "PLANNED"
        self.has_begun |= taken.status not in ("PLANNED", "CANCELLED", "NOT_STARTED")
        super().add(taken)


@dataclass(frozen=True)
class Making:
    """A story on its way into a batch: whose place it is, and who works there."""

    seed: int
    story: Story
    person: Person
    workers: Mapping[str, Worker]
    on: date

    @property
    def worker(self) -> Worker | None:
        return self.workers.get(self.story.worker or "")

    @property
    def code(self) -> str:
        """Give the person's identity code."""
        return identity_code(self.person, self.on)

    @property
    def path(self) -> Path:
        """Count the story's days back from the day."""
        story, contact = self.story, self._ago(self.story.contact) or self.on
        draw = Draw(f"{mark_of(self.seed, story.key)}:path")
        granted = contact - timedelta(days=draw.number(5, 30))
        ground = story.ground or draw.of(self.person.origin.grounds)
        arrived = granted - timedelta(days=draw.number(*(_WAITED if ground in _ASYLUM else _SOON)))
        outcome = "PLAN" if story.completed is not None else None
        return Path(story.stage, ground, arrived, granted, contact, self._ago(story.known), self._ago(story.started), self._ago(story.completed),
                    story.assessment, outcome, self._plans())  # fmt: skip

    def _ago(self, days: int | None) -> date | None:
        return None if days is None else self.on - timedelta(days=days)

    def _plans(self) -> tuple[PlanDates, ...]:
        if self.story.plan is None:
            return ()
        told = self.story.plan
        drawn_up = self.on - timedelta(days=told.drawn_up)
        return (PlanDates(told.status, drawn_up, drawn_up, drawn_up + timedelta(days=told.lasts), drawn_up + timedelta(days=175)),)


def add_story(batch: Batch, making: Making) -> None:
    """Put a story's rows into the batch."""
    for number in range(_TRIES):
        rows = Batch()
        if _written(rows, making, number) or number == _TRIES - 1:
            batch.take(rows)
            return


def _written(batch: Batch, making: Making, number: int) -> bool:
    """Write the story with the draws of a try; tells whether the services of its plan are as far as the story says, where it has one in force."""
    story, person, path, on = making.story, making.person, making.path, making.on
    key, mark = client_key(making.seed, story.key), f"{mark_of(making.seed, story.key)}:{number}"
    draw, written = Draw(mark), "sv" if person.language == "sv" else "fi"

    def rows_for(name: str) -> tuple[ClientRows, Draw]:
        stream = Draw(f"{mark}:{name}")
        return ClientRows(batch, stream, key, person.home.key, making.worker.id if making.worker else None), stream

    rows = ClientRows(batch, draw, key, person.home.key, making.worker.id if making.worker else None)
    client = add_client(rows, draw, person, path, making.worker, on, _told(making))
    add_permits(rows, draw, path, on)
    # Its entry about a booking would name a day in its text, which stays when the days move.
    skills = add_facts(rows, draw, person, replace(path, assessment=None), on)
    assessment = add_assessment(rows, draw, client, person, path, skills, on)
    of_services, drawn = rows_for("services")
    services = _NotedServices(of_services, drawn, written, on)
    lives, reviews = Lives(*rows_for("life"), written, on), _ToldReviews(*rows_for("reviews"), written, on)
    add_plans(rows, draw, client, person, path, skills, assessment, making.worker, reviews, services, lives, on)
    _add_beginning(*rows_for("beginning"), client, path, story, written)
    if story.employment == "MINOR":
        add_childhood(*rows_for("childhood"), person, path, written, on, assessment)
    if story.booked:
        _add_appointment(*rows_for("appointment"), client, story, written, on)
    if story.has_service_to_come:
        return services.has_one_to_come
    return services.has_begun or story.plan is None or story.plan.status == "DRAFT"


def _told(making: Making) -> dict[str, Any]:
    story, born = making.story, making.person.birth_date
    told: dict[str, Any] = {"non_disclosure": False, "employment_status": story.employment, "citizenship": making.person.origin.country}
    if not story.told.get("no_identity_code_reason"):
        told |= {"identity_code": making.code, "no_identity_code_reason": None}
    if story.needs_interpreter is not None:
        needs, language = story.needs_interpreter, making.person.origin.language
        told |= {"interpreter_needed": needs, "interpreter_language": language if needs else None, "interpreter_mode": "ON_SITE" if needs else None}
    return told | {"birth_date": born + timedelta(days=story.born_later)} | dict(story.told)


def _add_beginning(rows: ClientRows, draw: Draw, client: Client, path: Path, story: Story, written: str) -> None:
    """Add the contact that the story began with, and the consent and the guidance where there were some."""
    values: dict[str, Any] = {
        "received_on": path.contact, "sender_type": draw.of("CLIENT:3 RECC:2 MIGRI:1"), "directed_only": False, "consent_on": path.contact,
        "reason": draw.one(texts("contact:reason", written)), "need": draw.of("LANGUAGE:3 WORK:2 STUDY:1"), "first_permit_on": path.granted,
    }  # fmt: skip
    if story.stage != "INTAKE":
        outcome = "ASSESSMENT" if path.known else "GUIDANCE"
        values |= {"status": "HANDLED", "handled_on": path.known or path.contact + timedelta(days=2), "outcome": outcome}
    rows.add(InitialContact, path.contact, **values)
    text = text_on("C_GUIDANCE", path.contact)
    if not story.is_guided or text is None:
        return
    language = client.interpreter_language or client.mother_tongue
    consent = rows.add(Consent, path.contact, type="C_GUIDANCE", text_version=text.version, language=language, given_on=path.contact, status="GIVEN")
    entry = rows.add(GuidanceEntry, path.contact, consent_id=consent, given_on=path.contact, channel="OFFICE", language=language,
                     interpreter_used=client.interpreter_needed, notes=draw.one(texts("guidance:notes", written)))  # fmt: skip
    rows.add(GuidanceNeed, path.contact, entry_id=entry, need="LANGUAGE", service_type="INT_TRAINING")


def _add_appointment(rows: ClientRows, draw: Draw, client: Client, story: Story, written: str, on: date) -> None:
    days, purpose = story.booked or (0, "")
    booked, needs = on - timedelta(days=3), client.interpreter_needed
    rows.add(
        Appointment, booked, held_on=on + timedelta(days=days), clock=draw.one(("09:00", "10:15", "13:00")), purpose=purpose, channel="OFFICE", booked_on=booked,
        status="BOOKED", language=client.interpreter_language if needs else written, interpreter_needed=needs,
        interpreter_mode=client.interpreter_mode if needs else None, cancelling_told_on=booked,
    )  # fmt: skip

