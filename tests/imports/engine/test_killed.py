"""A commit whose process is killed in the middle goes on where it was: no client is lost and none is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from signal import SIGKILL
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.access.actor import acting_scope
from app.db.base import db
from app.imports.models import ImportBatch
from tests.imports.engine.bringing import Bringer, client_row, zipped

ROOT = Path(__file__).parents[3]
CLIENTS = 250


def _started(app: Flask, *words: str) -> subprocess.Popen[str]:
    settings: Any = app.config["KOTO"]
    env = {**os.environ, "KOTO_INSTANCE_DIR": str(settings.instance_dir), "FLASK_APP": "run.py"}
    return subprocess.Popen([sys.executable, "-m", "flask", "imports", *words, "--json"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _place(bringer: Bringer) -> tuple[str, str | None, int] | None:
    db.session.rollback()
    with acting_scope(bringer.scope):
        found = db.session.execute(select(ImportBatch.id, ImportBatch.work, ImportBatch.place).where(ImportBatch.org_id == bringer.org_id)).first()
    return (found[0], found[1], found[2]) if found else None


def test_a_killed_commit_goes_on_to_the_same_end(moving_app: Flask, bringer: Bringer, tmp_path: Path) -> None:
    file = tmp_path / "vanha.zip"
    file.write_bytes(zipped({"client": [client_row(str(number)) for number in range(CLIENTS)]}))
    process = _started(moving_app, "run", str(file), "--organisation", "009")
    deadline = time.monotonic() + 120
    while not ((found := _place(bringer)) and found[1] == "commit" and found[2] > 0):
        assert process.poll() is None, "it was done before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(SIGKILL)
    process.wait()
    place = _place(bringer)
    assert place is not None and place[1] == "commit", "it was done before it could be killed"
    assert 0 < len(bringer.clients()) < CLIENTS
    resumed = _started(moving_app, "resume", place[0])
    told = json.loads((resumed.communicate()[0]).splitlines()[-1])
    assert (resumed.returncode, told["status"], told["counts"]["entities"]) == (0, "COMMITTED", {"client": {"in": CLIENTS, "created": CLIENTS}})
    db.session.rollback()
    assert set(Counter(client.search_name for client in bringer.clients()).values()) == {1}
    assert len(bringer.clients()) == CLIENTS
