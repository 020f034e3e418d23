"""Looks at a page in Chromium as people meet it: axe-core's rules, zoom, spacing, themes, forced colours, motion, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WIDE = {"width": 1280, "height": 900}
# 1280 × 1024 at 400 per cent.
NARROW = {"width": 320, "height": 256}
# `target-size`, off by itself, is on by its tag wcag22aa.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours are all that a dark screen changes.
COLOURS, LINKS = ["color-contrast"], ["link-in-text-block"]

_NUMBER = "(css) => document.querySelectorAll(css).length"

_RUN = """async (runOnly) => {
  const found = await axe.run({ runOnly, resultTypes: ["violations"], iframes: false, preload: false, selectors: false });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}`));
}"""

# The same over the texts that were chosen for their new looks, and over the rest of the rules.
_RUN_FRESH = _RUN.replace("axe.run({", "axe.run({ include: checks.fresh }, {")
_RUN_REST = _RUN.replace("{ runOnly,", "{ runOnly, rules: { 'color-contrast': { enabled: false } },")


@dataclass(frozen=True)
class Fault:
    """What is wrong on a page, and on which screen."""

    path: str
    screen: str
    text: str


@cache
def _axe() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        raise LookupError("axe_playwright_python is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@cache
def _checks() -> str:
    return (Path(__file__).parent / "page_checks.js").read_text(encoding="utf-8")


def broken_rules(page: Any, rules: list[str]) -> list[str]:
    """Run axe-core on the page as it stands."""
    # Evaluated through the debugger, which the page's Content-Security-Policy does not bind.
    page.evaluate(_axe())
    return list(page.evaluate(_RUN, rules))


def _broken_anew(page: Any, looks: set[str], rules: list[str], *, is_loaded: bool = True) -> list[str]:
    """Run the rules, and of contrast, which takes as long as all others, what it has not told of such a text before."""
    fresh = [one for one in page.evaluate("checks.looks()") if one not in looks]
    looks.update(fresh)
    if fresh:
        page.evaluate("(fresh) => checks.choose(fresh)", fresh)
    if not is_loaded:
        page.evaluate(_axe())
    return [*page.evaluate(_RUN_REST, rules), *(page.evaluate(_RUN_FRESH, COLOURS) if fresh else [])]


def look(page: Any, path: str, *, is_alike: bool = False, is_twin: bool = False, looks: set[str] | None = None) -> list[Fault]:
    """Examine the page that is open, from screen to screen with one change each.

    A page put together of parts that were all examined looks like them in other colours, and is spared those. A twin is besides
    the same page in another language: its words need their room, most of all on a narrow screen, and neither axe-core nor the
    keyboard has anything new to say of it. `looks` are those of texts whose contrast was judged before: a page like others, and on
    its further screens any page, has its texts of other looks judged, and adds them.
    """
    found: list[Fault] = []
    looks = set() if looks is None else looks

    def note(screen: str, faults: Iterable[str]) -> None:
        found.extend(Fault(path, screen, text) for text in faults)

    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    page.evaluate(_checks())
    note("narrow", page.evaluate("checks.atRest()"))
    note("narrow and spaced", page.evaluate("checks.spaced()"))
    if not is_twin:
        note("narrow light", [*(_broken_anew(page, looks, RULES, is_loaded=False) if is_alike else broken_rules(page, RULES)), *by_keyboard(page)])
    if not is_alike:
        looks.update(page.evaluate("checks.looks()"))
    page.set_viewport_size(WIDE)
    note("wide", page.evaluate("checks.wide()"))
    if not is_twin:
        note("wide and spaced", page.evaluate("checks.spaced()"))
    if not is_alike:
        note("wide light", _broken_anew(page, looks, RULES))
        page.emulate_media(color_scheme="dark")
        note("wide dark", _broken_anew(page, looks, LINKS))
        page.set_viewport_size(NARROW)
        note("narrow dark", [*_broken_anew(page, looks, LINKS), *page.evaluate("checks.withoutFocusMark()")])
        page.emulate_media(color_scheme="light", forced_colors="active")
        note("forced colours", [*_broken_anew(page, looks, LINKS), *page.evaluate("checks.withoutFocusMark()"), *page.evaluate("checks.likeTheOthers()")])
    return found


def by_keyboard(page: Any) -> list[str]:
    """Press Tab from the top: the skip link comes first, leads to the content, and every stop is marked."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }")
    page.keyboard.press("Tab")
    first, found = page.evaluate("checks.focused()"), []
    if not first["isSeen"]:
        found.append(f"the first stop is out of sight: {first}")
    elif first["name"] != "skip-link":
        # A form that came back begins at its list of errors.
        found += [] if page.evaluate(_NUMBER, ".error-summary") else [f"the first stop is {first}"]
    else:
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        has_stops = page.evaluate(_NUMBER, "main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)")
        if has_stops and not page.evaluate("checks.focused()")["inMain"]:
            found.append(f"the skip link leads to {page.evaluate('checks.focused()')}")
    return found + list(page.evaluate("checks.withoutFocusMark()"))


def listen(page: Any, site: str) -> list[str]:
    """Collect what the browser complains of, refusals of the policy among it, and each request to another origin.

    That a page itself was a refusal is no complaint.
    """
    heard: list[str] = []

    def complain(message: Any) -> None:
        is_refusal = message.text.startswith("Failed to load resource: the server responded with a status of") and message.location.get("url") == page.url
        if message.type in ("error", "warning") and not is_refusal:
            heard.append(f"console: {message.text} {message.location.get('url')}")

    page.on("console", complain)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else heard.append(f"foreign: {request.url}"))
    return heard
