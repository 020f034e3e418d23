"""How a work stands: in words, in figures for the script, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.imports.workspace.works import acts_for, told_of
from app.jobs.models import Job
from tests.support.app import Browser


@pytest.fixture
def in_hand(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> Iterator[str]:
    """A move whose rehearsal was begun through its page; the job goes at the end."""
    key = move()
    bengt.get(f"/imports/work/{key}/rehearse")
    assert bengt.post(f"/imports/work/{key}/rehearse").status_code == 303
    yield key
    with sqlite_app.app_context(), system_scope():
        db.session.execute(delete(Job).where(Job.subject_id == key))
        db.session.commit()


def set_job(app: Flask, batch: str, **values: Any) -> None:
    with app.app_context(), system_scope():
        db.session.execute(update(Job).where(Job.subject_id == batch).values(**values))
        db.session.commit()


def test_a_work_in_hand_tells_how_far_it_is(sqlite_app: Flask, bengt: Browser, in_hand: str) -> None:
    here = f"/imports/work/{in_hand}/rehearse"
    assert "Väntar på sin tur." in bengt.get(here).text
    set_job(sqlite_app, in_hand, state="RUNNING", done=30, total=120, heartbeat_at=now())
    page = bengt.get(here).text
    assert '<progress id="progress-bar" value="30" max="120"' in page and "Provkör på nytt" not in page
    told = bengt.client.get(f"{here}/state").json
    assert (told["state"], told["done"], told["total"], told["is_over"]) == ("RUNNING RUN", 30, 120, False) and told["text"].startswith("Pågår.")
    set_job(sqlite_app, in_hand, state="DONE", done=120, finished_at=now())
    assert bengt.client.get(f"{here}/state").json["is_over"] and "Provkör på nytt" in bengt.get(here).text


def test_one_work_at_a_time(bengt: Browser, in_hand: str) -> None:
    page = bengt.get(f"/imports/work/{in_hand}/commit").text
    assert "Ett annat arbete med den här överföringen pågår" in page and "För över uppgifterna</button>" not in page
    assert bengt.post(f"/imports/work/{in_hand}/commit").headers["Location"].endswith("/rehearse")


def test_a_work_is_paused_gone_on_with_and_ended(bengt: Browser, in_hand: str) -> None:
    here = f"/imports/work/{in_hand}/rehearse"
    for act, words in (("pause", "Är pausat."), ("resume", "Väntar på sin tur."), ("cancel", "Avslutades innan det var klart.")):
        bengt.get(here)
        assert bengt.post(f"{here}/steer", act=act).status_code == 303
        assert words in bengt.get(here).text, act
    bengt.get(here)
    bengt.post(f"{here}/steer", act="pause")
    assert "Arbetets läge har redan ändrats" in bengt.get(here).text
    assert bengt.post(f"{here}/steer", act="eat").status_code == 400


MOMENT = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(("values", "begins", "acts"), [
    ({"state": "QUEUED", "attempt": 1, "error_code": "WORKER_LOST"}, "Avbröts. Inget gick förlorat", ["pause", "cancel"]),
    ({"state": "QUEUED", "attempt": 1, "error_code": "DATABASE"}, "Ett steg lyckades inte. Det försöks på nytt", ["pause", "cancel"]),
    ({"state": "RUNNING", "heartbeat_at": MOMENT - timedelta(minutes=5)}, "Arbetet har inte hörts av", ["pause", "cancel"]),
    ({"state": "RUNNING", "wanted": "PAUSE"}, "Pausas efter", ["resume", "cancel"]), ({"state": "RUNNING", "wanted": "CANCEL"}, "Avslutas efter", ["resume"]),
    ({"state": "FAILED", "error_code": "RIGHT_ENDED"}, "Stannade: rättigheten", []), ({"state": "FAILED", "error_code": "X"}, "Stannade: ett steg", []),
    ({"state": "DONE"}, "Är klart.", []),
])  # fmt: skip
def test_each_state_has_its_words_and_its_buttons(sqlite_app: Flask, values: dict[str, Any], begins: str, acts: list[str]) -> None:
    job = Job(**{"wanted": "RUN", "attempt": 0, "done": 0, **values})
    with sqlite_app.test_request_context(headers={"Accept-Language": "sv"}):
        assert told_of(job, MOMENT).startswith(begins)
    assert acts_for(job) == acts
