"""A trainee at the browser: an exercise done on the pages of the system, and the pages of training as people meet them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from app.training.exercises.all import BY_KEY
from app.training.exercises.models import TrainingCertificate
from tests.support.accessibility import look
from tests.support.browser import served_here, sign_in
from tests.training.exercises.conftest import as_operator, key_of


def certificate_of(app: Flask, username: str) -> str:
    """Give somebody a certificate, and the key of it."""
    with as_operator(app) as session:
        row = TrainingCertificate(user_id=key_of(app, username), path="WORKER", version=BY_KEY["WORKER"].version, given_on=date(2026, 11, 2),
                                  code="-".join(["ABCDEFGH"] * 20))  # fmt: skip
        session.add(row)
        session.commit()
        return str(row.id)


@pytest.mark.parametrize(("username", "finished"), [("aino", "Harjoitus on valmis."), ("bengt", "Övningen är klar.")])
def test_an_exercise_is_done_in_the_browser(trainee_app: Flask, browser: Any, username: str, finished: str) -> None:
    key = certificate_of(trainee_app, username)
    with served_here(trainee_app) as site:
        context = browser.new_context(locale="fi")
        page = context.new_page()
        sign_in(page, site, username, DEMO_PASSWORD)
        page.goto(f"{site}/training/")
        assert look(page, "/training/") == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.click("a[href='/training/exercises/X01'].button")
        page.click("main form button")
        assert look(page, "/training/exercises/X01", is_alike=True) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{site}/clients/list/?f.status=PLAN_ACTIVE")
        name = page.inner_text("tbody a[href^='/clients/show/'] >> nth=0").split(",")[0]
        page.fill("main [name=q]", name)
        page.press("main [name=q]", "Enter")
        page.wait_for_url("**search=*")
        page.click("tbody a[href^='/clients/show/'] >> nth=0")
        page.goto(f"{site}/training/exercises/X01")
        page.focus("main form[action$='/check'] button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert finished in page.inner_text("main")
        page.goto(f"{site}/training/certificates/{key}")
        assert look(page, "/training/certificates/", is_alike=True) == []
        context.close()
