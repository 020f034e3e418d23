"""Pages follow the reader's wishes: paper holds no controls, chosen colours keep focus and states."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import served
from tests.support.tour import signed_in

_PRESSED = "nav, button, .button, .filter-panel, summary, .site-header, .site-footer, .messages, input[type=search], .sort-mark, .select"
_VISIBLE = "(css) => [...document.querySelectorAll(css)].filter((item) => item.checkVisibility()).map((item) => item.outerHTML.slice(0, 80))"
_DECORATED = """() => [...document.querySelectorAll("main a")].filter((item) => item.checkVisibility())
  .filter((item) => getComputedStyle(item).textDecorationLine !== "none").length"""
_MARK = """(css) => { const item = document.querySelector(css); item.focus(); const style = getComputedStyle(item);
  return { is: document.activeElement === item, line: style.outlineStyle, width: parseFloat(style.outlineWidth) }; }"""
_EDGE = "(css) => parseFloat(getComputedStyle(document.querySelector(css)).borderTopWidth)"


@pytest.fixture(scope="module")
def page(browser: Any, example_folder: Path) -> Iterator[Any]:
    with served(example_folder) as site:
        found = signed_in(browser, site, "aino", "fi")
        found.site = site
        yield found


def on_paper(page: Any, path: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(page.site + path)


@pytest.mark.parametrize("path", ["/", "/clients/list/?f.status=PLAN_DRAFTING", "/plans/list/", "/clients/add", "/styleguide", "/accessibility"])
def test_paper_holds_what_the_page_says_without_what_one_presses(page: Any, path: str) -> None:
    on_paper(page, path)
    assert page.evaluate(_VISIBLE, _PRESSED) == []
    assert page.evaluate(_DECORATED) == 0 and page.locator("h1").is_visible()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_record_on_paper_keeps_its_facts(page: Any) -> None:
    on_paper(page, "/clients/list/?f.status=PLAN_DRAFTING")
    assert "Käytössä olevat rajaukset" in page.inner_text(".limits")
    on_paper(page, page.get_attribute("main tbody th a", "href"))
    assert page.evaluate(_VISIBLE, _PRESSED) == [] and page.locator(".glance dd").first.is_visible()


def test_colours_of_the_reader_keep_states_and_focus(page: Any) -> None:
    page.emulate_media(media="screen", forced_colors="active")
    page.goto(f"{page.site}/clients/list/")
    chosen, other = page.evaluate("""() => [".main-nav [aria-current]", ".main-nav a:not([aria-current])"]
      .map((css) => getComputedStyle(document.querySelector(css)).borderBottomColor)""")
    assert chosen != other
    page.goto(f"{page.site}/styleguide")
    for css in (".example .tabs", ".example .main-nav"):
        chosen, other = page.evaluate("""(css) => [`${css} [aria-current]`, `${css} a:not([aria-current])`]
          .map((one) => getComputedStyle(document.querySelector(one)).borderBottomColor)""", css)  # fmt: skip
        assert chosen != other, css
    page.keyboard.press("Tab")
    for css in (".example .pager .button", "#given_names", "#interpreter", "#stage", ".contents summary"):
        mark = page.evaluate(_MARK, css)
        assert mark["is"] and mark["line"] == "solid" and mark["width"] >= 3, css
    # What only a background told has an edge now, and a wrong field a thicker one than a right field.
    assert all(page.evaluate(_EDGE, css) >= 1 for css in (".example .tag", ".example .message", ".example .progress progress"))
    assert page.evaluate(_EDGE, ".example [aria-invalid=true]") > page.evaluate(_EDGE, ".example #given_names")
    page.emulate_media(forced_colors="none")
