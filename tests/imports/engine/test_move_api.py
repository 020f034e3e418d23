"""A program hands in, reads what became of each row, brings in and takes back; its works are done by the worker of jobs."""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.db.base import db
from app.jobs.models import Job
from app.jobs.runner import run_job
from tests.imports.engine.bringing import client_row, zipped
from tests.support.app import Browser

ROWS = {"client": [*(client_row(str(number)) for number in range(7001, 7006)), client_row("7006", birth_date="31.2.1990")]}


class Program:
    """Speaks JSON with a browser's session."""

    def __init__(self, app: Flask, username: str) -> None:
        self.app, self.browser = app, Browser(app).sign_in(username)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.browser.get("/imports/add").text)
        self.token = token.group(1) if token else ""

    def hand_in(self, content: bytes, name: str = "vanha.zip", product: str = "Rajapinta") -> Any:
        sent = {"file": (io.BytesIO(content), name), "product": product}
        return self.browser.client.post("/api/v1/imports/", data=sent, headers={"X-CSRFToken": self.token})

    def post(self, path: str, **body: Any) -> Any:
        return self.browser.client.post(f"/api/v1/imports/{path}", json=body, headers={"X-CSRFToken": self.token})

    def get(self, path: str) -> Any:
        return self.browser.client.get(f"/api/v1/imports/{path}")

    def work(self) -> None:
        """Do what waits, as the worker does."""
        with self.app.app_context():
            waiting = db.session.scalars(select(Job.id).where(Job.state == "QUEUED")).all()
            db.session.remove()
        for key in waiting:
            with self.app.app_context():
                run_job(key)


def test_a_program_brings_a_file_and_takes_it_back(moving_app: Flask) -> None:
    program = Program(moving_app, "bengt")
    answer = program.hand_in(zipped(ROWS))
    assert answer.status_code == 202
    key = answer.get_json()["id"]
    assert answer.headers["Location"].endswith(f"/api/v1/imports/{key}")
    assert program.post(f"{key}/commit").get_json()["reason"] == "NOT_REHEARSED"
    program.work()
    found = program.get(key).get_json()
    assert (found["status"], found["counts"]["entities"]) == ("REHEARSED", {"client": {"in": 6, "created": 5, "stopped": 1}})
    assert [(one["row"], one["code"], sorted(one["reason"])) for one in found["findings"] if one["tier"] == "stop-row"] == [(7, "BAD_DATE", ["fi", "sv"])]
    refused = program.post(f"{key}/commit")
    assert (refused.status_code, refused.get_json()["reason"]) == (409, "MANY_LOST")
    assert program.post(f"{key}/commit", confirm=True).status_code == 202
    program.work()
    assert program.get(key).get_json()["status"] == "COMMITTED"
    rows = program.get(f"{key}/rows").get_json()["result"]
    assert [(row["sheet"], row["row"], row["outcome"], bool(row["record"])) for row in rows] == [
        *(("client.csv", number, "CREATED", True) for number in range(2, 7)), ("client.csv", 7, "STOPPED", False),
    ]  # fmt: skip
    assert program.post(f"{key}/undo").status_code == 202
    program.work()
    assert program.get(key).get_json()["status"] == "UNDONE"
    assert program.post(f"{key}/undo").status_code == 409


def test_what_is_no_table_is_answered_with_its_reason(moving_app: Flask) -> None:
    answer = Program(moving_app, "bengt").hand_in(b"\x89PNG\r\n\x1a\n" + bytes(200), "kuva.png")
    assert answer.status_code == 422


def test_only_the_lead_of_the_organisation_sends_and_sees(moving_app: Flask) -> None:
    key = Program(moving_app, "bengt").hand_in(zipped(ROWS)).get_json()["id"]
    for username in ("aino", "cecilia", "eeva"):
        program = Program(moving_app, username)
        assert program.get(key).status_code in (403, 404)
        assert program.get(f"{key}/rows").status_code in (403, 404)
    assert moving_app.test_client().get(f"/api/v1/imports/{key}").status_code == 401
