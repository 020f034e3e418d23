"""The question whether two municipalities serve the same person stands on the front page of both, and tells neither anything of the other's client."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from app.access.actor import system_scope
from app.db.base import db
from app.duplicates.models import DuplicateCase
from tests.duplicates.conftest import PORVOO
from tests.duplicates.test_new_client_sought import add, cases
from tests.support.app import Browser

# Stand in what each side knows of its own client, and may stand on no page of the other.
MARKS = ("Porvoontieto", "Vantaantieto")
WAITS = {"aino": r"(\d+) (?:kysymys|kysymystä) odottaa vastausta", "cecilia": r"(\d+) (?:fråga|frågor) väntar på svar"}


def waiting(browser: Browser, name: str) -> int:
    found = re.search(WAITS[name], browser.get("/").text)
    return int(found.group(1)) if found else 0


@pytest.fixture
def no_questions(owner: Flask) -> Iterator[None]:
    with owner.app_context(), system_scope():
        db.session.execute(delete(DuplicateCase))
        db.session.commit()
    yield


def pages(browser: Browser, key: str) -> Iterator[Any]:
    """Give every page on which a question could tell something."""
    for address in ("/", "/?whose=all", "/same-person-questions/list/", f"/same-person-questions/show/{key}", f"/same-person-questions/answer/{key}",
                    f"/same-person-questions/history/{key}"):  # fmt: skip
        yield browser.get(address)


@pytest.mark.usefixtures("no_questions")
def test_both_front_pages_tell_that_a_question_waits_and_nothing_of_the_other(aino: Browser, cecilia: Browser, person: Callable[..., str]) -> None:
    assert (waiting(aino, "aino"), waiting(cecilia, "cecilia")) == (0, 0)
    theirs = person(PORVOO, given_names=f"Taina {MARKS[0]}", phone="0401112223", street_address=MARKS[0], responsible_worker_id=None)
    made = add(aino, given_names=f"Taina {MARKS[1]}", phone="0403332221")
    own = made.headers["Location"].rsplit("/", 1)[1]
    assert (waiting(aino, "aino"), waiting(cecilia, "cecilia")) == (1, 1)
    (mine,), (other,) = cases(aino), cases(cecilia)
    for browser, key, hidden in ((aino, mine, (theirs, MARKS[0], "0401112223", "Porvoo", "Borgå", other)), (cecilia, other, (own, MARKS[1], "0403332221", "Vantaa", "Vanda", mine))):
        for page in pages(browser, key):
            assert page.status_code == 200
            body = page.text[page.text.index("<main"):]
            assert not [word for word in hidden if word in body], (page.request.path, hidden)
    aino.get(f"/same-person-questions/answer/{mine}")
    assert aino.post(f"/same-person-questions/answer/{mine}", answer="DIFFERENT", reason="Ei sama").status_code == 303
    assert (waiting(aino, "aino"), waiting(cecilia, "cecilia")) == (0, 1), "who has answered waits for the other"


def test_who_may_not_answer_is_told_of_no_question(app: Flask, aino: Browser, person: Callable[..., str]) -> None:
    person(PORVOO)
    assert add(aino).status_code == 303
    assert waiting(aino, "aino") > 0
    for name in ("eeva", "veera"):
        page = Browser(app).sign_in(name).get("/")
        assert page.status_code == 200 and "/same-person-questions/" not in page.text
