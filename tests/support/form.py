"""The fields of a page's main form as a browser would send them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

Pairs = list[tuple[str, str]]


class Form(HTMLParser):
    """Reads the form `main-form`; what stands in a `<template>` is not part of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: Pairs = []
        self.buttons: dict[str, str] = {}
        self._is_inside, self._template = False, 0
        self._select, self._area = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = {name: value or "" for name, value in attrs}
        self._template += tag == "template"
        if tag == "form":
            self._is_inside = found.get("id") == "main-form"
        if not self._is_inside or self._template:
            return
        name, kind = found.get("name", ""), found.get("type", "")
        if tag == "select":
            self._select = name
            self.fields.append((name, ""))
        elif tag == "option" and "selected" in found and self._select:
            self.fields[-1] = (self._select, found["value"])
        elif tag == "textarea":
            self._area = name
            self.fields.append((name, ""))
        elif tag == "button" and name:
            self.buttons[found["value"]] = found.get("formaction", "")
        elif tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in found):
            self.fields.append((name, found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self._template -= tag == "template"
        self._is_inside = self._is_inside and tag != "form"
        self._select, self._area = self._select if tag != "select" else "", self._area if tag != "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._area:
            # A browser drops the line break that follows the tag.
            self.fields[-1] = (self._area, data.removeprefix("\n"))


def typed(page: Any, **changes: str) -> dict[str, list[str]]:
    """Give what the page's form sends after `changes`; a name with `__` reads as one with `-`."""
    found: dict[str, list[str]] = {}
    for name, value in Form(page.text).fields:
        found.setdefault(name, []).append(value)
    return found | {name.replace("__", "-"): [value] for name, value in changes.items()}
