"""One page of each type, and the browser of the person who meets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.demo.accounts import DEMO_PASSWORD
from tests.support.crawler import Met

# Together these meet every page: a caseworker, the access administrator, and nobody.
PEOPLE = ("aino", "eeva", None)


def examples(crawled: Callable[[str | None, str], list[Met]], language: str) -> dict[Any, tuple[str | None, Met]]:
    """Give one page of each type, the fullest, and who meets it: a route's page, or a refusal of each kind."""
    found: dict[Any, tuple[str | None, Met]] = {}
    for person in PEOPLE:
        mine: dict[Any, tuple[str | None, Met]] = {}
        for met in crawled(person, language):
            kind = (met.endpoint if met.status == 200 else "refused", met.status)
            if met.method == "GET" and met.is_page and not met.is_result and kind not in found:
                best = mine.get(kind)
                if best is None or len(met.response.data) > len(best[1].response.data):
                    mine[kind] = (person, met)
        found |= mine
    return found


def signed_in(browser: Any, site: str, person: str | None, language: str) -> Any:
    page = browser.new_context(locale=language, reduced_motion="reduce").new_page()
    page.goto(f"{site}/login/")
    if person:
        page.fill("[name=username]", person)
        page.fill("[name=password]", DEMO_PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url(f"{site}/")
        page.goto(f"{site}/lang/{language}")
    return page
