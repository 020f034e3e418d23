"""A database belongs to one environment and to its keys: any other is refused at start with code 2, before it shows or changes anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.db.mark import ForeignDatabaseError, check_database, write_mark
from config import load_settings
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres
from tests.support.server import ROOT

TRAINING, DEMO = {"KOTO_ENVIRONMENT": "training"}, {"KOTO_ENVIRONMENT": "demo"}


def marked(app: Flask) -> Flask:
    prepare(app, 3)
    with app.app_context(), system_scope():
        write_mark(db.session, app.config["KOTO"])
        db.session.commit()
    return app


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("marked")
    marked(make_app(found, settings=TRAINING))
    return found


def run(folder: Path, *command: str, **env: str) -> Any:
    settings = {**os.environ, "KOTO_INSTANCE_DIR": str(folder), "KOTO_JOBS": "off", **env}
    return subprocess.run([sys.executable, "-m", *command], env=settings, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", [("flask", "--app", "run", "db", "upgrade"), ("gunicorn", "--bind", "127.0.0.1:0", "--config", "app/web/gunicorn.py", "run:app")])
def test_another_environment_is_refused(folder: Path, command: tuple[str, ...]) -> None:
    done = run(folder, *command, **DEMO)
    assert done.returncode == 2 and "belongs to the environment 'training'" in done.stderr
    assert "KOTO_DATABASE_URL" in done.stderr and "Traceback" not in done.stderr


def test_other_keys_are_refused_and_added_ones_are_not(folder: Path) -> None:
    strange = Fernet.generate_key().decode()
    done = run(folder, "flask", "--app", "run", "demo", "accounts", **TRAINING, KOTO_FIELD_KEYS=strange)
    assert done.returncode == 2 and "KOTO_FIELD_KEYS" in done.stderr and strange not in done.stderr
    both = f"{strange} {(folder / 'field_keys').read_text()}"
    assert run(folder, "flask", "--app", "run", "demo", "accounts", **TRAINING, KOTO_FIELD_KEYS=both).returncode == 0


@pytest.mark.parametrize(("kept", "asked"), [("training", "production"), ("production", "training"), ("production", "demo"), ("demo", "training")])
def test_no_environment_takes_anothers_database(postgres: Postgres, tmp_path: Path, kept: str, asked: str) -> None:
    url = postgres.url("koto_owner", postgres.new_database())
    keys = {"KOTO_INSTANCE_DIR": str(tmp_path), "KOTO_DATABASE_URL": url, "KOTO_SECRET_KEY": "s" * 48, "KOTO_PUBLIC_URL": "https://koto.invalid",
            "KOTO_FIELD_KEYS": Fernet.generate_key().decode()}  # fmt: skip
    app = make_app(tmp_path, url, {**keys, "KOTO_ENVIRONMENT": kept})
    with app.app_context(), system_scope():
        db.metadata.create_all(db.engine)
        write_mark(db.session, app.config["KOTO"])
        db.session.commit()
    check_database(load_settings({**keys, "KOTO_ENVIRONMENT": kept}))
    with pytest.raises(ForeignDatabaseError, match=f"environment '{kept}'"):
        check_database(load_settings({**keys, "KOTO_ENVIRONMENT": asked}))


def test_a_database_from_before_the_marks_is_told_by_what_is_written_in_it(tmp_path: Path) -> None:
    prepare(make_app(tmp_path), 3)
    stranger = make_app(tmp_path, settings={**TRAINING, "KOTO_FIELD_KEYS": Fernet.generate_key().decode()})
    with stranger.app_context(), system_scope(), pytest.raises(ForeignDatabaseError, match="KOTO_FIELD_KEYS"):
        write_mark(db.session, stranger.config["KOTO"])


def test_asking_makes_no_database(tmp_path: Path) -> None:
    check_database(load_settings({"KOTO_INSTANCE_DIR": str(tmp_path)}))
    assert not (tmp_path / "koto.db").exists()
