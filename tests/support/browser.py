"""Debian's Chromium driven by Playwright, and a served application for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.support.postgres import free_port

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a browser that asks nobody but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(instance: Path, **env: str) -> Iterator[str]:
    """Serve the application of `instance` with gunicorn and give its address."""
    port = free_port()
    bind = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", "2", "--config", "app/web/gunicorn.py", "run:app"]
    with (instance / "server.log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, "KOTO_INSTANCE_DIR": str(instance), **env}, stderr=log, stdout=log,
                                  cwd=Path(__file__).parents[2])  # fmt: skip
        try:
            for _attempt in range(100):
                try:
                    urllib.request.urlopen(f"http://{bind}/healthz", timeout=1)
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://{bind}"
        finally:
            server.terminate()
            server.wait(timeout=15)


def sign_in(page: Any, site: str, username: str, password: str) -> None:
    """Sign in through the page, as a person does."""
    page.goto(f"{site}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{site}/")
