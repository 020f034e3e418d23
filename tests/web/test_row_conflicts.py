"""Two people at the rows of one form: which row is in question is told, and nothing is lost on either side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import draw_up, goal, goals, new_client

Both = tuple[Browser, Browser, str]


@pytest.fixture
def both(app: Flask) -> Both:
    """Aino and Bengt have the form of the same plan open; Bengt reads Swedish."""
    aino, bengt = Browser(app).sign_in("aino"), Browser(app).sign_in("bengt")
    edit = draw_up(aino, f"/plans/add?client={new_client(app)}")
    aino.get(edit), bengt.get(edit)
    return aino, bengt, edit


def save(browser: Browser, edit: str, **fields: Any) -> Any:
    return browser.post(edit, **{**typed(browser.page), **fields})


def asked(page: Any) -> set[str]:
    return set(re.findall(r'type="radio"[^>]* name="_take\.([^"]+)"', page.text))


def choose(browser: Browser, edit: str, **takes: str) -> Any:
    answers = {f"_take.{name.replace('__', '-')}": which for name, which in takes.items()}
    return save(browser, edit, **answers, _chosen="y")


def test_a_row_that_somebody_changed_is_shown_with_both_versions(app: Flask, both: Both) -> None:
    aino, bengt, edit = both
    assert save(aino, edit, **goal(1, "Ainon")).status_code == 303
    page = save(bengt, edit, follow_up="Bengts uppföljning", **goal(0, "Bengts första"), **goal(1, "Bengts"))
    assert page.status_code == 409 and asked(page) == {"goals-1-description"}, "what nobody else touched is not asked"
    assert "Mål 2 – Mål" in page.text and "Ainon" in page.text and "Bengts" in page.text and "Aino Aarnio sparade" in page.text
    assert choose(bengt, edit, **{"goals-1-description": "saved"}).status_code == 303
    assert goals(app, edit) == ["Bengts första", "Ainon"] and "Bengts uppföljning" in bengt.get(edit).text


def test_the_own_version_of_a_row_can_win(app: Flask, both: Both) -> None:
    aino, bengt, edit = both
    save(aino, edit, **goal(1, "Ainon"))
    page = save(bengt, edit, **goal(1, "Bengts"))
    page = choose(bengt, edit)
    assert "_take.goals-1-description" not in typed(page) and page.status_code == 409 and 'href="#take-goals-1-description-saved"' in page.text, "a choice left out is asked again"
    assert choose(bengt, edit, **{"goals-1-description": "typed"}).status_code == 303 and goals(app, edit) == ["Eka", "Bengts"]


@pytest.mark.parametrize(("choice", "left"), [("saved", ["Eka"]), ("typed", ["Eka", "Bengts"])])
def test_a_row_that_somebody_removed_is_written_again_or_let_go(app: Flask, both: Both, choice: str, left: list[str]) -> None:
    aino, bengt, edit = both
    save(aino, edit, **{"goals-1-_removed": "y"})
    page = save(bengt, edit, **goal(1, "Bengts"))
    assert page.status_code == 409 and asked(page) == {"goals-1"} and "Bengts" in page.text
    assert "Någon annan tog bort en rad" in page.text and goals(app, edit) == ["Eka"]
    assert choose(bengt, edit, **{"goals-1": choice}).status_code == 303 and goals(app, edit) == left


@pytest.mark.parametrize(("choice", "left"), [("saved", ["Eka", "Ainon"]), ("typed", ["Eka"])])
def test_a_row_changed_by_one_and_removed_by_the_other_is_asked_about(app: Flask, both: Both, choice: str, left: list[str]) -> None:
    aino, bengt, edit = both
    save(aino, edit, **goal(1, "Ainon"))
    page = save(bengt, edit, **{"goals-1-_removed": "y"})
    assert page.status_code == 409 and asked(page) == {"goals-1"} and "Ainon" in page.text and "Borttagen" in page.text
    assert choose(bengt, edit, **{"goals-1": choice}).status_code == 303 and goals(app, edit) == left


def test_a_row_that_somebody_added_stays(app: Flask, both: Both) -> None:
    aino, bengt, edit = both
    save(aino, edit, **{"goals": ["0", "1", "2"], **goal(2, "Ainon")})
    assert save(bengt, edit, **goal(0, "Bengts")).status_code == 303
    assert goals(app, edit) == ["Bengts", "Toka", "Ainon"]


def test_choices_in_the_plan_and_in_its_rows_are_kept_together(app: Flask, both: Both) -> None:
    aino, bengt, edit = both
    save(aino, edit, follow_up="Ainon seuranta", **goal(0, "Ainon"), **{"goals-1-_removed": "y"})
    page = save(bengt, edit, follow_up="Bengts", **goal(0, "Bengts första"), **goal(1, "Bengts andra"))
    assert asked(page) == {"follow_up", "goals-0-description", "goals-1"}
    page = choose(bengt, edit, **{"follow_up": "typed"})
    assert typed(page)["_take.follow_up"] == ["typed"], "the radio button alone, so that the reader can change their mind"
    page = choose(bengt, edit, **{"follow_up": "saved", "goals-1": "typed"})
    assert page.status_code == 409 and asked(page) == {"goals-0-description"}, "what was chosen is not asked again"
    assert choose(bengt, edit, **{"goals-0-description": "typed"}).status_code == 303
    assert goals(app, edit) == ["Bengts första", "Bengts andra"] and "Ainon seuranta" in bengt.get(edit).text


def test_a_third_version_of_a_row_brings_the_page_again(app: Flask, both: Both) -> None:
    aino, bengt, edit = both
    save(aino, edit, **goal(1, "Ainon"))
    save(bengt, edit, **goal(1, "Bengts"))
    aino.get(edit)
    save(aino, edit, **goal(1, "Kolmas"))
    page = choose(bengt, edit, **{"goals-1-description": "typed"})
    assert page.status_code == 409 and "Kolmas" in page.text and "Bengts" in page.text and goals(app, edit) == ["Eka", "Kolmas"]


def test_the_language_of_the_conflict_page_switches_with_the_rows(both: Both) -> None:
    aino, bengt, edit = both
    save(aino, edit, **goal(1, "Ainon"))
    save(bengt, edit, **goal(1, "Bengts"))
    page = save(bengt, edit, _language="fi", _chosen="y")
    assert page.status_code == 409 and "Tavoite 2 – Tavoite" in page.text and asked(page) == {"goals-1-description"}
