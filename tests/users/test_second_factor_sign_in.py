"""Signing in with two steps: taken into use at the first sign-in, asked at each later one, and nothing is open in between."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.second_factor import STEP, code_of, guarded, half, secret_in


@pytest.fixture
def site(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    with guarded(app):
        yield app


def test_it_works(site: Flask) -> None:
    eeva = half(site, "eeva")
    secret = secret_in(eeva.get(STEP).text)
    page = eeva.post(STEP, code=code_of(secret))
    assert page.status_code == 200 and len(re.findall(r"<li><code>([a-z2-9]{4}-){5}[a-z2-9]{4}</code>", page.text)) == 10
    assert "Eeva Eskola" in page.text and 'action="/logout/"' in page.text
    assert eeva.get("/user-rights/list/").status_code == 200
    again = half(site, "eeva")
    assert "data:image/svg" not in again.get(STEP).text and secret not in again.page.text
    assert again.post(STEP, code=code_of(secret, ahead=1)).status_code == 303
    assert again.get("/user-rights/list/").status_code == 200
