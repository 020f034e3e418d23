"""Every type of page is WCAG 2.2 AA, works by keyboard, at 400 % zoom, spaced out, light and dark, in both languages."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from tests.house.conftest import LANGUAGES
from tests.support.accessibility import RULES, Fault, broken_rules, listen, look
from tests.support.app import make_app
from tests.support.browser import chromium, served, served_here
from tests.support.crawler import Crawled, Met
from tests.support.examples import FAMILY, TEXT
from tests.support.tour import Album, Kind, faults_of_service, kind_of, signed_in, types

_GOOD = '<html lang="fi"><title>Hyvä</title><body><a class="skip-link" href="#main">Sisältöön</a><main id="main" tabindex="-1"><h1>Hyvä</h1>{}</main>'
TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
# Demo accounts sign in with one step, so no crawl comes to these: `tests/journeys/test_two_steps.py` looks at them.
OF_TWO_STEPS = {"koto/enrol.html", "koto/second_step.html", "koto/recovery_codes.html"}
# Nor to this one, which shows a new token: `tests/journeys/test_add_on_in_use.py` does.
OF_ADD_ONS = {"koto/token.html"}
# Nor to this one, which asks whether a new client is an old one: `tests/journeys/test_merge_and_undo_journey.py` does.
OF_ONE_PERSON = {"koto/likely_same.html"}
# The templates that are pages: they put the frame around what they show.
# Pages of the training environment alone, and of a function that is not in use, to which no link leads.
ELSEWHERE = {"koto/training.html", "koto/training_exercise.html", "koto/training_certificate.html", "koto/training_reset.html", "koto/my_letters.html", "koto/my_letter.html",
             "koto/not_in_use.html"}
PAGES = {f"koto/{path.name}" for path in (TEMPLATES / "koto").glob("*.html") if "{% extends 'koto/" in path.read_text(encoding="utf-8")} - OF_TWO_STEPS - OF_ADD_ONS - OF_ONE_PERSON - ELSEWHERE
# What the pages looked at must show between them: errors, empty lists, limits in use, two versions, something still to confirm.
STATES = {"error-summary", "field-error", "empty-state", "chip", "two-versions", "message-danger", "message-info", "data", "confirm", "tabs", "panels"}


class Tour:
    """Looks at pages of both languages, a browser to a thread, as browser and driver leave a processor idle in turns."""

    def __init__(self, site: str, pages: list[tuple[str, Met]]) -> None:
        self.found: list[Fault] = []
        self.full = self.twins = 0
        self._site, self._waiting, self._lock = site, deque(enumerate(pages)), Lock()
        self._parts: set[tuple[str, ...]] = set()
        self._kinds: set[Kind] = set()
        self._met: set[tuple[Kind, str]] = set()
        self._looks: set[str] = set()

    def run(self) -> Tour:
        with ThreadPoolExecutor(2) as pool:
            for work in [pool.submit(self._walk) for _thread in range(2)]:
                work.result()
        return self

    def _next(self) -> tuple[int, str, Met, bool, bool] | None:
        """Give the next page to look at; one of a kind met in the same language, with no part that no page before it had, has nothing new."""
        with self._lock:
            while True:
                if not self._waiting:
                    return None
                number, (language, met) = self._waiting.popleft()
                kind, is_alike = kind_of(met), met.page.shape <= self._parts
                if not is_alike or (kind, language) not in self._met:
                    break
            self._parts |= met.page.shape
            self._met.add((kind, language))
            is_twin = is_alike and kind in self._kinds
            self._kinds.add(kind)
            self.full += not is_alike
            self.twins += is_twin
            return number, language, met, is_alike, is_twin

    def _walk(self) -> None:
        with chromium() as browser:
            pages = {language: browser.new_context(locale=language).new_page() for language in LANGUAGES}
            heard = {language: listen(page, self._site) for language, page in pages.items()}
            while (turn := self._next()) is not None:
                number, language, met, is_alike, is_twin = turn
                page, name = pages[language], f"{met.method} {met.path} ({language})"
                answer = page.goto(f"{self._site}/album/{number}")
                assert answer.status == met.status and page.evaluate("document.documentElement.lang") == language, name
                found = look(page, name, is_alike=is_alike, is_twin=is_twin, looks=self._looks)
                self.found += [*found, *(Fault(name, "browser", text) for text in heard[language])]
                heard[language].clear()


@pytest.fixture(scope="module")
def met(example_folder: Path, crawled: Crawled) -> dict[str, list[Met]]:
    """The types of page in each language, the fullest first."""
    app = make_app(example_folder)
    return {language: [*types(crawled, language), *faults_of_service(app, language)] for language in LANGUAGES}


@pytest.fixture(scope="module")
def tour(example_folder: Path, met: dict[str, list[Met]], tell: list[str]) -> Tour:
    pages = sorted(((language, page) for language in LANGUAGES for page in met[language]), key=lambda pair: -len(pair[1].text))
    with served_here(Album(make_app(example_folder), [page for _language, page in pages])) as site:
        tour = Tour(site, pages).run()
    counts = Counter(language for language, _page in pages)
    told = ", ".join(f"{counts[language]} in {language}" for language in LANGUAGES)
    tell.append(f"accessibility: {len(pages)} types of page looked at ({told}), {tour.full} of them on every screen, {tour.twins} in their second language; {len(tour.found)} faults")
    return tour


@pytest.fixture(scope="module")
def site(example_folder: Path) -> Iterator[str]:
    with served(example_folder) as address:
        yield address


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ('<input id="a">', "label: "), ('<p style="color: #999">Haalea</p>', "color-contrast: "), ("<img src='data:,'>", "image-alt: "),
        ('<div style="width: 400px">leveä</div>', "scrolls sideways"), ('<a href="/" style="outline: none">Linkki</a>', "no focus mark"),
        ('<div style="overflow-x: auto"><p style="width: 2000px">leveä</p></div>', "scrolls sideways within: "),
        ('<h3>Kolmas</h3>', "heading-order: "), ('<p lang="xx">?</p>', "valid-lang: "),
        ('<button style="width:9px;height:9px;padding:0">a</button><button style="width:9px;height:9px;padding:0">b</button>', "target-size: "),
        ('<p style="height: 1.5em; overflow: hidden">Rivin loppu jää tällä näytöllä piiloon, kun väliä on lisää</p>', "text is cut off: "),
        ('<div style="width: 60px; overflow: hidden; white-space: nowrap">Katkeava teksti</div>', "text is wider than its box: "),
        ('<p style="position: absolute; top: 40px">Yksi</p><p style="position: absolute; top: 42px">Kaksi</p>', "texts overlap: "),
        ('<p style="transition: color 1s">Liikkuva</p>', "moves: "), ('<style>p::before { content: "x"; animation: a 1s }</style><p>Liikkuva</p>', "moves: "),
        ('<nav><a href="/a" aria-current="page" style="background: #eef">Aa</a> <a href="/b">Bb</a></nav>', "looks like the others: "),
        ('<style>p { forced-color-adjust: none; color: #777; background: #888 } @media not (forced-colors: active) { p { color: #000 } }</style><p>Oma</p>',
         "color-contrast: "),
        ('<style>@media (prefers-color-scheme: dark) { p { background: #000; color: #222 } }</style><p>Tumma</p>', "color-contrast: "),
    ],
)  # fmt: skip
def test_the_check_can_fail(bare_page: Any, bad: str, fault: str) -> None:
    bare_page.set_content(_GOOD.format(bad))
    assert [found for found in look(bare_page, "bad") if found.text.startswith(fault)]


def test_a_page_like_others_has_each_new_look_of_a_text_judged(bare_page: Any) -> None:
    looks: set[str] = set()

    def found(inner: str) -> list[str]:
        bare_page.set_content(_GOOD.format(inner))
        faults = look(bare_page, "bad", is_alike=True, looks=looks)
        return [fault.text for fault in faults if fault.text.startswith("color-contrast: ")]

    assert found("<p>Teksti</p>") == [] and looks
    assert found("<p>Toinen teksti</p>") == []
    for bad in ('<p style="color: #999">Haalea</p>', '<div style="background: #444"><div><p>Teksti</p></div></div>', '<section style="opacity: .4"><p>Teksti</p></section>',
                '<p style="color: #767676">Riittää</p><div style="background: #eee"><p style="color: #767676">Ei riitä</p></div>'):  # fmt: skip
        assert len(found(bad)) == 1, bad


def test_the_check_fails_without_a_skip_link(bare_page: Any) -> None:
    bare_page.set_content('<html lang="fi"><title>Huono</title><nav><a href="/">Alkuun</a></nav><main id="main"><h1>Huono</h1></main>')
    assert [found for found in look(bare_page, "bad") if found.text.startswith("the first stop is")]


def test_complaints_of_the_browser_and_foreign_requests_are_heard(bare_page: Any, site: str) -> None:
    heard = listen(bare_page, site)
    bare_page.goto(f"{site}/nothing-here")
    bare_page.goto(f"{site}/login/")
    assert heard == []
    bare_page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p><img src=\"https://example.invalid/x.png\"><img src=\"/static/x.png\">')")
    bare_page.evaluate("setTimeout(() => { throw new Error('oops'); }, 0)")
    parts = ("Content Security Policy", "script: ", "foreign: https://example.invalid/", "/static/x.png")
    until = time.monotonic() + 20
    while (missing := [part for part in parts if not any(part in text for text in heard)]) and time.monotonic() < until:
        bare_page.wait_for_timeout(50)
    assert missing == []


@pytest.fixture
def bare_page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_types_of_page_are_all_there(met: dict[str, list[Met]], language: str) -> None:
    pages = met[language]
    assert {page.template for page in pages} == PAGES
    assert {name for page in pages for _tag, names, *_more in page.page.shape for name in names.split()} >= STATES
    assert {page.status for page in pages} >= {200, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503} and len(pages) > 90
    assert any(FAMILY in page.text for page in pages) and any(TEXT in page.text for page in pages)


def test_every_type_of_page_is_accessible(tour: Tour) -> None:
    assert tour.full > 10
    assert tour.found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_suggestions_are_accessible(browser: Any, site: str, language: str) -> None:
    page = signed_in(browser, site, "aino", language)
    page.goto(f"{site}/clients/add")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.fill("[name=home_municipality_id_text]", "va")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert page.get_attribute("[name=home_municipality_id_text]", "aria-activedescendant")
        assert broken_rules(page, RULES) == []
        page.keyboard.press("Escape")
