"""The day and the clock are Finland's in the process, in PostgreSQL and on the page, wherever the server stands."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import format_date
from sqlalchemy import text

from app.db.base import db
from app.web.display import format_datetime


def test_the_process_keeps_finnish_days(tmp_path: Path) -> None:
    code = "from app import create_app; create_app(); import datetime; print(datetime.datetime.fromtimestamp(1767217500))"
    env = {**os.environ, "TZ": "Pacific/Auckland", "KOTO_INSTANCE_DIR": str(tmp_path)}
    found = subprocess.run([sys.executable, "-c", code], env=env, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    # 31.12.2025 21.45 UTC is 23.45 in Finland, and the next day in Auckland.
    assert found.stdout.strip() == "2025-12-31 23:45:00"


def test_the_database_keeps_finnish_days(postgres_app: Flask) -> None:
    with postgres_app.app_context():
        assert db.session.scalar(text("SHOW timezone")) == "Europe/Helsinki"


def test_a_moment_is_shown_by_the_finnish_clock(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/", headers={"Accept-Language": "fi"}):
        assert format_datetime(datetime(2026, 7, 1, 21, 30, tzinfo=UTC), "short") == "2.7.2026 0.30"
        assert format_datetime(datetime(2026, 1, 1, 21, 30, tzinfo=UTC), "short") == "1.1.2026 23.30"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_days_and_moments_are_written_alike_in_both_languages(sqlite_app: Flask, language: str) -> None:
    with sqlite_app.test_request_context("/", headers={"Accept-Language": language}):
        assert (format_date(date(2026, 11, 2)), format_datetime(datetime(2026, 11, 2, 7, 5), "short")) == ("2.11.2026", "2.11.2026 9.05")
