"""Looks at a page in Chromium as people meet it: axe-core's rules, narrow and dark screens, and the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WIDE = {"width": 1280, "height": 900}
# 1280 × 1024 at 400 per cent.
NARROW = {"width": 320, "height": 256}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours are all that a dark screen changes.
COLOURS = ["color-contrast", "link-in-text-block"]

_RUN = """async (runOnly) => {
  const found = await axe.run({ runOnly, resultTypes: ["violations"], iframes: false, preload: false, selectors: false });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}`));
}"""
_SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
# Rows of a table and options of a select are alike; without the many, axe is done sooner. What is folded counts too.
_THIN_OUT = """() => {
  document.querySelectorAll("tbody > tr:nth-child(n + 5), option:nth-child(n + 5)").forEach((item) => item.remove());
  document.querySelectorAll("details").forEach((item) => { item.open = true; });
}"""
_FOCUSED = """() => {
  const item = document.activeElement, box = item.getBoundingClientRect();
  return { id: item.id, name: item.className, inMain: document.getElementById("main").contains(item) && item.id !== "main",
           isSeen: box.top >= 0 && box.left >= 0 && box.width > 1 && box.bottom <= innerHeight };
}"""
# The keyboard was used last, so that focus by script shows as focus by keyboard does.
_WITHOUT_FOCUS_MARK = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (item) => {
    for (let at = item.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faults = [];
  for (const item of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (item.type === "hidden" || item.tabIndex < 0 || item.disabled || !item.checkVisibility()) continue;
    item.focus();
    const style = getComputedStyle(item), [dim, bright] = [light(style.outlineColor), light(behind(item))].sort((a, b) => a - b);
    const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && (bright + 0.05) / (dim + 0.05) >= 3;
    if (document.activeElement !== item || !isMarked) faults.push(`no focus mark: ${item.outerHTML.slice(0, 150)}`);
  }
  return faults;
}"""


@dataclass(frozen=True)
class Fault:
    """What is wrong on a page, and on which screen."""

    path: str
    screen: str
    text: str


@cache
def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        raise LookupError("axe_playwright_python is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def broken_rules(page: Any, rules: list[str]) -> list[str]:
    """Run axe-core on the page as it stands."""
    # Evaluated through the debugger, which the page's Content-Security-Policy does not bind.
    page.evaluate(axe_source())
    return list(page.evaluate(_RUN, rules))


def look(page: Any, path: str, *, is_alike: bool = False) -> list[Fault]:
    """Examine the page that is open: narrow light, narrow dark, wide dark, wide light, with one change from each to the next.

    A page built like one that was examined looks like it in the dark and on a wide screen, and is spared that.
    """
    page.set_viewport_size(NARROW)
    excess = page.evaluate(_SIDEWAYS)
    found = [Fault(path, "narrow", f"scrolls sideways: {excess} px")] if excess > 0 else []
    page.evaluate(_THIN_OUT)
    found += [Fault(path, "narrow light", text) for text in broken_rules(page, RULES)]
    found += [Fault(path, "narrow light", text) for text in by_keyboard(page)]
    if is_alike:
        return found
    page.emulate_media(color_scheme="dark")
    found += [Fault(path, "narrow dark", text) for text in [*page.evaluate(_RUN, COLOURS), *page.evaluate(_WITHOUT_FOCUS_MARK)]]
    page.set_viewport_size(WIDE)
    found += [Fault(path, "wide dark", text) for text in page.evaluate(_RUN, COLOURS)]
    page.emulate_media(color_scheme="light")
    return found + [Fault(path, "wide light", text) for text in page.evaluate(_RUN, RULES)]


def by_keyboard(page: Any) -> list[str]:
    """Press Tab from the top: the skip link comes first, leads to the content, and every stop is marked."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }")
    page.keyboard.press("Tab")
    first, found = page.evaluate(_FOCUSED), []
    if not first["isSeen"]:
        found.append(f"the first stop is out of sight: {first}")
    elif first["name"] != "skip-link":
        # A form that came back begins at its list of errors.
        found += [] if page.locator(".error-summary").count() else [f"the first stop is {first}"]
    else:
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        has_stops = page.locator("main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)").count()
        if has_stops and not page.evaluate(_FOCUSED)["inMain"]:
            found.append(f"the skip link leads to {page.evaluate(_FOCUSED)}")
    return found + page.evaluate(_WITHOUT_FOCUS_MARK)
