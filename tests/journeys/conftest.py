"""What journeys share: the served application of the cast, and the form of a new client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import served, sign_in


@pytest.fixture(scope="module")
def site(sqlite_app: Flask) -> Iterator[str]:
    """A server for each file of tests: signing in is limited per server."""
    with served(Path(sqlite_app.instance_path)) as address:
        yield address


@pytest.fixture
def client_form(site: str, browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The empty form of a new client, without script where the test asks for it."""
    context = browser.new_context(java_script_enabled=getattr(request, "param", True))
    page = context.new_page()
    sign_in(page, site, "aino", DEMO_PASSWORD)
    page.goto(f"{site}/clients/add")
    if page.locator(".draft button").count():
        page.click(".draft button")
    yield page
    context.close()
