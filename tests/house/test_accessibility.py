"""Every type of page is WCAG 2.2 AA, works by keyboard and at 400 % zoom, light and dark, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.house.conftest import Crawled
from tests.support.accessibility import RULES, Fault, broken_rules, look
from tests.support.browser import chromium, served
from tests.support.crawler import Met
from tests.support.tour import PEOPLE, examples, signed_in

LANGUAGES = ("fi", "sv")
_EMPTY = """() => {
  const form = document.getElementById("main-form") || document.querySelector("main form");
  for (const item of form.elements) if (item.type !== "hidden" && item.type !== "submit") item.value = "";
  form.submit();
}"""
_GOOD = '<html lang="fi"><title>Hyvä</title><body><a class="skip-link" href="#main">Sisältöön</a><main id="main" tabindex="-1"><h1>Hyvä</h1>{}</main>'


def coming_back(pages: list[tuple[str | None, Met]]) -> set[str]:
    """Name the forms to send empty: generated forms come back alike, so the fullest stands for all of them."""
    forms = [met for _person, met in pages if met.status == 200 and met.endpoint.endswith(".add")]
    return {max(forms, key=lambda met: len(met.page.inputs)).endpoint, "PlanView.agree", "SignInView.login"}


def listen(page: Any, site: str) -> list[str]:
    """Collect what the browser complains of, refusals of the policy among it, and each request to another origin."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else heard.append(f"foreign: {request.url}"))
    return heard


def unexpected(heard: list[str]) -> list[str]:
    """Give the complaints but those of a refusal that was asked for."""
    return [text for text in heard if "Failed to load resource: the server responded with a status of 4" not in text]


def faults_of(site: str, pages: list[tuple[str | None, Met]], language: str) -> list[Fault]:
    """Open each page once, and some forms a second time as they come back when they were sent empty."""
    found: list[Fault] = []
    sent_empty, shapes = coming_back(pages), list[set[tuple[str, ...]]]()
    with chromium() as browser:
        for person in PEOPLE:
            page = signed_in(browser, site, person, language)
            heard = listen(page, site)
            for met in (met for who, met in pages if who == person):
                answer = page.goto(site + met.path)
                assert answer.status == met.status and page.get_attribute("html", "lang") == language, met.path
                found += look(page, met.path, is_alike=met.page.shape in shapes)
                shapes.append(met.page.shape)
                if met.endpoint in sent_empty and met.status == 200:
                    with page.expect_navigation() as sent:
                        page.evaluate(_EMPTY)
                    assert sent.value.status == 422, met.path
                    found += look(page, f"{met.path} sent empty")
                found += [Fault(met.path, "browser", text) for text in unexpected(heard)]
                heard.clear()
    return found


@pytest.fixture(scope="module")
def site(example_folder: Path) -> Iterator[str]:
    with served(example_folder) as address:
        yield address


@pytest.fixture(scope="module")
def seen(site: str, crawled: Crawled) -> dict[str, tuple[int, list[Fault]]]:
    """The number of page types and their faults; a language to a thread, as browser and server leave a processor idle."""
    pages = {language: list(examples(crawled, language).values()) for language in LANGUAGES}
    with ThreadPoolExecutor() as pool:
        work = {language: pool.submit(faults_of, site, pages[language], language) for language in LANGUAGES}
        return {language: (len(pages[language]), future.result()) for language, future in work.items()}


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ('<input id="a">', "label: "), ('<p style="color: #999">Haalea</p>', "color-contrast: "), ("<img src='data:,'>", "image-alt: "),
        ('<div style="width: 400px">leveä</div>', "scrolls sideways"), ('<a href="/" style="outline: none">Linkki</a>', "no focus mark"),
        ('<h3>Kolmas</h3>', "heading-order: "), ('<p lang="xx">?</p>', "valid-lang: "),
        ('<button style="width:9px;height:9px;padding:0">a</button><button style="width:9px;height:9px;padding:0">b</button>', "target-size: "),
        ('<style>@media (prefers-color-scheme: dark) { p { background: #000; color: #222 } }</style><p>Tumma</p>', "color-contrast: "),
    ],
)  # fmt: skip
def test_the_check_can_fail(bare_page: Any, bad: str, fault: str) -> None:
    bare_page.set_content(_GOOD.format(bad))
    assert [found for found in look(bare_page, "bad") if found.text.startswith(fault)]


def test_the_check_fails_without_a_skip_link(bare_page: Any) -> None:
    bare_page.set_content('<html lang="fi"><title>Huono</title><nav><a href="/">Alkuun</a></nav><main id="main"><h1>Huono</h1></main>')
    assert [found for found in look(bare_page, "bad") if found.text.startswith("the first stop is")]


def test_complaints_of_the_browser_and_foreign_requests_are_heard(bare_page: Any, site: str) -> None:
    heard = listen(bare_page, site)
    bare_page.goto(f"{site}/login/")
    assert unexpected(heard) == []
    bare_page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p><img src=\"https://example.invalid/x.png\">')")
    bare_page.evaluate("setTimeout(() => { throw new Error('oops'); }, 0)")
    bare_page.wait_for_timeout(300)
    assert any("Content Security Policy" in text for text in heard) and any(text.startswith("script: ") for text in heard)


@pytest.fixture(scope="module")
def bare_browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def bare_page(bare_browser: Any) -> Any:
    return bare_browser.new_page()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_page_is_accessible(seen: dict[str, tuple[int, list[Fault]]], language: str) -> None:
    count, found = seen[language]
    assert count > 50
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_suggestions_are_accessible(bare_browser: Any, site: str, language: str) -> None:
    page = signed_in(bare_browser, site, "aino", language)
    page.goto(f"{site}/clients/add")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.fill("[name=home_municipality_id_text]", "va")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert page.get_attribute("[name=home_municipality_id_text]", "aria-activedescendant")
        assert broken_rules(page, RULES) == []
        page.keyboard.press("Escape")
