"""One page of each type, found by crawling; the addresses they are shown at; and the browser of the person who meets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import default_exceptions

from app.demo.accounts import CAST, DEMO_PASSWORD
from app.web import errors
from tests.support.browser import sign_in
from tests.support.crawler import Crawled, Met

# One person of each role meets every page but those of the national agency's analyst, and nobody meets the rest.
PEOPLE = (*{row[3]: row[0] for row in reversed(CAST)}.values(), "tuomas", None)
# Their routes are all met by others too, which is enough in the second language: what a page says in it does not depend on who reads.
_FINNISH_ALONE = {"aino", "iida", "minna", "pekka", "rolf", "ulla"}


def people_in(language: str, people: Sequence[str | None] = PEOPLE) -> tuple[str | None, ...]:
    """Give those whose pages are met in a language: everybody in Finnish, in Swedish as many as meet every route between them."""
    return tuple(person for person in people if language == "fi" or person not in _FINNISH_ALONE)


Kind = tuple[str, int]


def kind_of(met: Met) -> Kind:
    """Give what a page is a page of: its route and how it was answered. Refusals are of one kind for all routes."""
    # The pages of history are the same for every view; so are the forms of deeds, but for their fields.
    is_shared = met.endpoint.endswith((".history", ".restore"))
    is_deed = met.template == "koto/form.html" and not met.endpoint.endswith((".add", ".edit"))
    name = met.endpoint.partition(".")[2] if is_shared else "deed" if is_deed else met.endpoint
    return (name if met.status == 200 else "", met.status)


def types(crawled: Crawled, language: str) -> list[Met]:
    """Give one page of each kind, the fullest, and each other one that shows a part which no fuller page of its template shows.

    So a list is there with rows and without, a form as it is opened and as it comes back.
    """
    pages = [met for person in people_in(language) for met in crawled(person, language) if met.is_page]
    shown: dict[Any, set[tuple[str, ...]]] = defaultdict(set)
    kinds, found = set[Kind](), []
    for met in sorted(pages, key=lambda page: -len(page.text)):
        parts, kind = shown[met.template, met.status], kind_of(met)
        if kind not in kinds or met.page.shape - parts:
            kinds.add(kind)
            parts |= met.page.shape
            found.append(met)
    return found


def faults_of_service(app: Flask, language: str) -> list[Met]:
    """Give the pages of the faults that no crawl brings about, with and without something that was typed."""
    found = []
    for code in (*errors._TEXTS, "kept"):
        with app.test_request_context("/notes/add", method="POST", data={"content": "Kesken"}, headers={"Accept-Language": language}):
            fault = OperationalError("", {}, Exception()) if code == "kept" else default_exceptions.get(code, default_exceptions[500])()
            answer = app.process_response(app.make_response(app.handle_user_exception(fault)))
            found.append(Met("POST", f"/notes/add ({code})", "NoteView.add", answer.status_code, answer.headers, answer.get_data(as_text=True), "koto/error.html", True))
    return found


class Album:
    """Serves pages that were met, as they were answered, at addresses of their own; styles and scripts come from the application."""

    def __init__(self, app: Flask, pages: Sequence[Met]) -> None:
        self._app, self._pages = app, pages

    def __call__(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET":
            # What a page sends by itself, such as a draft.
            start_response("204 No Content", [])
            return []
        if not path.startswith("/album/"):
            return self._app(environ, start_response)
        met = self._pages[int(path.removeprefix("/album/"))]
        start_response(f"{met.status} Met", [(name, value) for name, value in met.headers if name in ("Content-Type", "Content-Security-Policy")])
        return [met.text.encode()]


def signed_in(browser: Any, site: str, person: str | None, language: str) -> Any:
    page = browser.new_context(locale=language, reduced_motion="reduce").new_page()
    page.goto(f"{site}/login/")
    if person:
        sign_in(page, site, person, DEMO_PASSWORD)
        page.goto(f"{site}/lang/{language}")
    return page
