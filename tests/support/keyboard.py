"""A person who has a keyboard and nothing else: presses keys, types, and looks where the focus is after each step."""

from __future__ import annotations

from datetime import date
from typing import Any

# What has the focus, whether it shows, and whether all of it, or the start of what is taller than the screen, is in sight.
_LOOK = """() => {
  const item = document.activeElement, box = item.getBoundingClientRect(), style = getComputedStyle(item);
  const around = 2 * parseFloat(style.outlineWidth);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)], at = [box.left + box.width / 2, (top + bottom) / 2];
  const above = document.elementFromPoint(...at);
  return {
    isPage: item === document.body, text: item.outerHTML.slice(0, 120),
    isMarked: outlined || style.boxShadow !== "none",
    isInside: box.width > 1 && box.left >= 0 && box.right <= innerWidth && box.top >= 0
      && (box.bottom <= innerHeight || (box.height > innerHeight / 2 && item.tabIndex < 0)),
    isUncovered: item.contains(above) || above?.contains(item),
  };
}"""


class Keyboard:
    """The only way to the page: nothing is clicked, filled in or opened by address. Faults of the focus fail at once."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def press(self, key: str) -> None:
        """Press a key that stays on the page; what then has the focus must show it, in sight."""
        self._page.keyboard.press(key)
        seen = self._page.evaluate(_LOOK)
        assert seen["isPage"] or (seen["isMarked"] and seen["isInside"] and seen["isUncovered"]), (key, self._page.url, seen)

    def go(self, key: str = "Enter") -> None:
        """Press a key that leads to another page."""
        with self._page.expect_navigation():
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def is_on(self, selector: str) -> bool:
        return bool(self._page.evaluate("selector => document.activeElement.matches(selector)", selector))

    def reach(self, selector: str, *, within: int, key: str = "Tab") -> None:
        """Press Tab, or another key, until the focus is on what the selector names."""
        for _step in range(within):
            if self.is_on(selector):
                return
            self.press(key)
        assert self.is_on(selector), f"{selector} is not reached in {within} presses on {self._page.url}"

    def skip(self) -> None:
        """Go past the head of the page by the skip link, which is the first stop."""
        self.reach(".skip-link", within=1)
        self.press("Enter")
        assert self.is_on("main")

    def value(self) -> str:
        """Read the field that has the focus."""
        return str(self._page.evaluate("document.activeElement.value"))

    def choose(self, value: str, *, within: int = 40) -> None:
        """Go through the select that has the focus until it holds the value."""
        for _step in range(within):
            if self.value() == value:
                return
            self.press("ArrowDown")
        assert self.value() == value

    def type_day(self, day: date) -> None:
        """Type a day into the date field that has the focus, in the order of its parts that this browser asks for."""
        for order in ("%d%m%Y", "%m%d%Y"):
            self.type(day.strftime(order))
            if self.value() == day.isoformat():
                return
            self.press("Shift+Tab")
            self.press("Shift+Tab")
        raise AssertionError(f"{day} could not be typed: {self.value()}")
