"""The pages of a new entity are accessible as they come, and their script works with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.support.accessibility import Fault, look
from tests.support.app import Browser
from tests.support.browser import served_here
from tests.support.form import typed
from tests.support.school import School
from tests.support.school_app import ADD, LIST, added, key_of, lesson
from tests.support.tour import signed_in

LONG = "Maahanmuuttajapalveluasiantuntijaverkostokoulutus"


@pytest.fixture
def site(school: Flask) -> Iterator[str]:
    with served_here(school) as address:
        yield address


def opened(page: Any, address: str, status: int = 200) -> Any:
    assert page.goto(address).status == status
    return page


def sent(page: Any, status: int) -> Any:
    """Send the form that is open."""
    with page.expect_navigation() as answer:
        page.click("#main-form .form-actions button")
    assert answer.value.status == status
    return page


@pytest.mark.parametrize(("language", "who"), [("fi", "aino"), ("sv", "bengt")])
def test_each_of_its_pages_is_accessible(school: Flask, site: str, browser: Any, language: str, who: str) -> None:
    writer, page, found = Browser(school).sign_in("aino"), signed_in(browser, site, who, language), list[Fault]()
    # In the second language the same pages have other words.
    seen = {"is_alike": language == "sv", "is_twin": language == "sv"}
    key = added(writer, name=LONG, school_id_text="pohjoinen", way=LONG, lessons=["0"], **lesson(0, LONG[:40], 2))
    limits = f"f.name=a&f.seats.from=1&f.school_id={key_of(school, School, name='Pohjoinen opisto')}"
    for path in (LIST, f"{LIST}?{limits}", f"{LIST}?f.name=qq", ADD, *(f"/courses/show/{key}?tab={tab}" for tab in ("course", "place", "lessons"))):
        found += look(opened(page, site + path), path, **seen)
    opened(page, site + ADD)
    page.fill("#school_id", "itä")
    found += look(sent(page, 422), "errors", **seen)
    edit = f"/courses/edit/{key}"
    opened(page, site + edit)
    assert writer.post(edit, **typed(writer.get(edit), name="Toinen")).status_code == 303
    found += look(sent(page, 409), "conflict", **seen)
    opened(page, site + LIST).check("[name=rowid] >> nth=0")
    with page.expect_navigation():
        page.click("[name=action]")
    found += look(page, "told", **seen)
    assert found == []


def test_fields_follow_what_they_depend_on(site: str, browser: Any) -> None:
    page = opened(signed_in(browser, site, "aino", "fi"), site + ADD)
    assert page.is_visible("#school_id") and not page.is_visible("#is_recorded") and not page.is_visible("#way")
    page.fill("#school_id", "pohj")
    page.locator("#school_id-list [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#school_id") == "Pohjoinen opisto" and page.is_visible("#way")
    page.check("#is_remote")
    assert page.is_visible("#is_recorded") and not page.is_visible("#school_id")


def test_a_list_is_narrowed_by_a_suggestion(school: Flask, site: str, browser: Any) -> None:
    page = opened(signed_in(browser, site, "aino", "fi"), site + LIST)
    page.click("main summary >> nth=0")
    page.fill("[id='f.school_id']", "pohj")
    page.locator("[id='f.school_id-list'] [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.click(".filter-panel form[method=get] button[type=submit]")
    page.wait_for_url(f"{site}{LIST}?f.school_id={key_of(school, School, name='Pohjoinen opisto')}")
    assert page.locator(".chip").count() == 1 and "Oppilaitos: Pohjoinen opisto" in page.inner_text(".chip")


def test_a_full_group_of_rows_says_so(site: str, browser: Any) -> None:
    page = opened(signed_in(browser, site, "aino", "fi"), site + ADD)
    page.evaluate("document.querySelector('[data-rows]').dataset.most = 2")
    full, add = page.locator("[data-full]"), page.locator("button[value^='add.']")
    add.click()
    assert not full.is_visible() and add.is_visible()
    add.click()
    assert full.is_visible() and not add.is_visible()
    page.locator("button[value^='remove.'] >> nth=0").click()
    assert not full.is_visible() and add.is_visible()
