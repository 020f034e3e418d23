"""Debian's Chromium without a window, driven by Playwright, and a served application for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.server import ForkedServer

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]  # fmt: skip


# The shell has no parts that draw a window: the same engine for a quarter less work. It is not there on a machine prepared before the tests asked for it.
_CHROMIUM = next((path for path in ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium") if Path(path).exists()), "chromium-headless-shell")


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a browser that asks nobody but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(instance: Path, **env: str) -> Iterator[str]:
    """Serve the application of `instance` with gunicorn and give its address."""
    with ForkedServer(instance, **env) as server:
        yield server.address


class _Silent(WSGIRequestHandler):
    def log_request(self, *_about: Any) -> None:
        return None


@contextmanager
def served_here(app: Any) -> Iterator[str]:
    """Serve a WSGI application of this very process, such as one with views that a test declares, and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sign_in(page: Any, site: str, username: str, password: str) -> None:
    """Sign in through the page, as a person does."""
    page.goto(f"{site}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{site}/")
