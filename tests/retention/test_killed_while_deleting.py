"""A deletion whose process is killed has deleted whole clients only, and goes on where it was."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from signal import SIGKILL

from flask import Flask
from sqlalchemy import func, select, update

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.clients.models import Client
from app.db.base import db
from app.examinations.models import LogFinding
from app.db.types import now
from app.transfers.models import TransferRequest
from tests.support.app import make_app, prepare

ROOT = Path(__file__).parents[2]
CLIENTS = 500


def _run(app: Flask) -> subprocess.Popen[bytes]:
    env = {**os.environ, "KOTO_INSTANCE_DIR": str(app.instance_path), "FLASK_APP": "run.py"}
    return subprocess.Popen([sys.executable, "-m", "flask", "retention", "run"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _left(app: Flask) -> tuple[int, int]:
    """Give how many clients and how many controllers' memberships there are."""
    with app.app_context(), system_scope():
        wanted = select(select(func.count()).select_from(Client).scalar_subquery(), select(func.count()).where(ClientMembership.is_owner).scalar_subquery())
        clients, owners = db.session.execute(wanted).one()
        db.session.remove()
    return int(clients), int(owners)


def test_a_killed_deletion_goes_on_to_the_same_end(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    prepare(app, CLIENTS)
    with app.app_context(), system_scope():
        db.session.execute(update(Client).values(status="CLOSED", relationship_ended=date(2020, 1, 7), hold_reason=None))
        db.session.execute(update(LogFinding).values(decided_at=now()))
        db.session.execute(update(TransferRequest).values(status="WITHDRAWN"))
        db.session.commit()
    whole = _left(app)
    process, deadline = _run(app), time.monotonic() + 120
    while _left(app)[0] == whole[0]:
        assert process.poll() is None and time.monotonic() < deadline, "it was done before it could be killed"
        time.sleep(0.01)
    process.send_signal(SIGKILL)
    process.wait()
    clients, owners = _left(app)
    assert 0 < clients < whole[0], "it was done before it could be killed"
    # No client without its controller, and no controller of nobody: a piece goes whole or not at all.
    assert owners <= clients
    assert _run(app).wait() == 0
    assert _left(app) == (0, 0)
