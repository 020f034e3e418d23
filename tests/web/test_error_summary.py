"""The list of errors on top of a form that came back."""

from __future__ import annotations

import re

from flask import Flask

from tests.support.app import Browser


def test_the_errors_stand_in_the_order_of_the_fields(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    browser.get("/clients/add")
    page = browser.post("/clients/add").text
    summary, form = page.split('id="main-form"')
    errors = re.findall(r'href="#([a-z_]+)"', summary.split("error-summary-title")[-1])
    assert len(errors) > 5
    assert errors == [name for name in re.findall(r'<label for="([a-z_]+)"', form) if name in errors]
