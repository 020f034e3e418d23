"""The daily digest and the calendar: how much and when, never who; a job that is killed writes none twice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.mail.models import OutgoingMail
from app.obligations.models import ClientObligation
from app.organisations.models import organisation_key
from app.users.models import AccessGrant, UserProfile
from app.work_queue.digest import write_digests
from app.work_queue.models import QueueDigest
from tests.support.app import Browser, make_app, prepare

DAY = date.today() + timedelta(days=1)
VANTAA = organisation_key("MUNICIPALITY", "092")


def letters(app: Flask) -> list[OutgoingMail]:
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "WORK_QUEUE")))


def write(app: Flask) -> int:
    with app.app_context(), system_scope():
        return write_digests(db.session, DAY)


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """Workers with addresses for letters, every second one Swedish-speaking."""
    app = make_app(tmp_path)
    prepare(app, 60)
    with app.app_context(), system_scope():
        workers = set(db.session.scalars(select(AccessGrant.user_id).where(AccessGrant.organisation_id == VANTAA, AccessGrant.role == "CASEWORKER")))
        for number, worker in enumerate(sorted(workers)):
            profile = db.session.get(UserProfile, worker) or UserProfile(user_id=worker)
            profile.email, profile.language = f"worker{number}@demo.invalid", ("fi", "sv")[number % 2]
            db.session.add(profile)
        owed = list(db.session.scalars(select(ClientObligation).where(ClientObligation.in_queue).order_by(ClientObligation.id)))
        for number, row in enumerate(owed):
            row.worker_id, row.org_id, row.due_on, row.warn_on = sorted(workers)[number % len(workers)], VANTAA, DAY - timedelta(days=2), None
        db.session.commit()
    return app


def test_each_worker_gets_one_letter_a_day_without_a_name(own_app: Flask) -> None:
    number = write(own_app)
    found = letters(own_app)
    assert number == len(found) > 2 and write(own_app) == 0 and len(letters(own_app)) == number
    with own_app.app_context(), system_scope():
        names = {part for row in db.session.execute(select(Client.family_name, Client.given_names)) for name in row for part in name.split()}
    words = {word for letter in found for word in re.findall(r"\w+", letter.subject + " " + letter.body)}
    assert names & words == set()
    assert {letter.language for letter in found} == {"fi", "sv"}
    assert all(re.search(r"määräaik|tidsfrist", letter.body) for letter in found)


_KILLED_AFTER_TWO = """
import os, signal, sys
from datetime import date
from app import create_app
from app.access.actor import system_scope
from app.db.base import db
from app.work_queue import digest
from config import load_settings
app, written = create_app(load_settings({"KOTO_INSTANCE_DIR": sys.argv[1]})), []
inner = digest._write
def write(*args):
    if sum(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(inner(*args))
    return written[-1]
digest._write = write
with app.app_context(), system_scope():
    digest.write_digests(db.session, date.fromisoformat(sys.argv[2]))
"""


def test_a_job_that_is_killed_goes_on_where_it_stopped(own_app: Flask) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED_AFTER_TWO, own_app.instance_path, DAY.isoformat()], env=dict(os.environ), capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr[-500:]
    assert len(letters(own_app)) == 2
    rest = write(own_app)
    with own_app.app_context(), system_scope():
        marks = db.session.scalar(select(func.count()).select_from(QueueDigest))
    assert rest > 0 and len(letters(own_app)) == rest + 2 == marks


def test_a_calendar_tells_days_and_numbers_alone(app: Flask) -> None:
    aino = Browser(app).sign_in("aino")
    aino.get("/my-calendar")
    page = aino.post("/my-calendar").text
    address = re.search(r"(/calendar/[\w-]+\.ics)", page)
    assert address is not None and address.group(1) not in aino.get("/my-calendar").text
    anybody = app.test_client()
    answer = anybody.get(address.group(1))
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert events and all(re.fullmatch(r"\d+ määräaikaa? työjonossa", event["SUMMARY"]) for event in events)
    queue = aino.get("/work-queue/list/?f.worker_id=me&psize=100").text
    names = set(re.findall(r'data-label="Asiakas">([^<,]+),', queue))
    assert names and not [name for name in names if name in answer.text]
    aino.post("/my-calendar/end")
    assert anybody.get(address.group(1)).status_code == 404 and anybody.get("/calendar/x.ics").status_code == 404


def test_a_new_address_ends_the_old_one(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    aino.get("/my-calendar")
    first, second = (re.search(r"(/calendar/[\w-]+\.ics)", aino.post("/my-calendar").text) for _time in range(2))
    assert first and second and first.group(1) != second.group(1)
    client = sqlite_app.test_client()
    assert (client.get(first.group(1)).status_code, client.get(second.group(1)).status_code) == (404, 200)
