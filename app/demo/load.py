"""Invented clients at every stage, the same for the same seed and day, under the rules of people's entries."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.demo.appointments import add_appointments
from app.demo.assessments import add_assessment
from app.demo.children import add_childhood
from app.demo.clients import add_client, add_permits
from app.demo.contacts import add_beginning
from app.demo.counties import add_county_parts
from app.demo.draw import Draw
from app.demo.facts import add_facts
from app.demo.families import BLOCK, Person, people_of_block
from app.demo.moves import add_moves
from app.demo.participations import Participations
from app.demo.path import path_of
from app.demo.plan_lives import Lives
from app.demo.plans import add_plans
from app.demo.reminders import add_reminder
from app.demo.reviews import Reviews
from app.demo.rows import Batch, ClientRows
from app.demo.sharing import share_clients
from app.demo.versions import freeze_some
from app.demo.workers import Worker, responsible_worker, workers

_BLOCKS_AT_ONCE = 125


def load_clients(session: Session, count: int, seed: int, on: date | None = None) -> int:
    """Bring the number of clients up to `count`, as they are `on` a day (today); who is there already stays as they are."""
    on = on or date.today()
    present = int(session.scalar(select(func.count()).select_from(Client)) or 0)
    found, batch = workers(session), Batch()
    blocks = range(present // BLOCK, -(-count // BLOCK)) if count > present else range(0)
    for place, block in enumerate(blocks, start=1):
        for person in people_of_block(seed, block, on):
            if present <= person.number < count:
                _add_person(batch, seed, person, found, on)
        if place % _BLOCKS_AT_ONCE == 0:
            batch.write(session, on)
    batch.write(session, on)
    share_clients(session, on)
    add_county_parts(session, on)
    freeze_some(session)
    add_moves(session, max(present, count), on)
    return max(present, count)


def _add_person(batch: Batch, seed: int, person: Person, found: dict[str, Worker], on: date) -> None:
    draw = Draw(f"{seed}:{person.number}")
    key, path = draw.key(), path_of(draw, draw.of(person.origin.grounds), on)
    worker = responsible_worker(draw, found, person.home.code, person.number)
    rows = ClientRows(batch, draw, key, person.home.key, worker.id if worker else None)
    client = add_client(rows, draw, person, path, worker, on)
    add_permits(rows, draw, path, on)
    skills = add_facts(rows, draw, person, path, on)
    assessment_id = add_assessment(rows, draw, client, person, path, skills, on)
    again = Draw(f"{seed}:{person.number}:reviews")
    later = ClientRows(batch, again, key, person.home.key, worker.id if worker else None)
    written = "sv" if person.language == "sv" else "fi"
    reviews = Reviews(later, again, written, on)
    drawn = Draw(f"{seed}:{person.number}:services")
    of_services = ClientRows(batch, drawn, key, person.home.key, worker.id if worker else None)
    participations = Participations(of_services, drawn, written, on)
    third = Draw(f"{seed}:{person.number}:life")
    lives = Lives(ClientRows(batch, third, key, person.home.key, worker.id if worker else None), third, written, on)
    add_plans(rows, draw, client, person, path, skills, assessment_id, worker, reviews, participations, lives, on)
    add_appointments(of_services, drawn, client, path, written, on)
    first = Draw(f"{seed}:{person.number}:beginning")
    add_beginning(ClientRows(batch, first, key, person.home.key, worker.id if worker else None), first, client, path, written, on)
    add_reminder(rows, draw, person, path, on)
    young = Draw(f"{seed}:{person.number}:childhood")
    add_childhood(ClientRows(batch, young, key, person.home.key, worker.id if worker else None), young, person, path, written, on, assessment_id)
