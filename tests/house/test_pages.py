"""Invariants of every page: language, one heading, a title, unique ids, labels, strict headers, no foreign origin."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser

PAGES = ("/", "/clients/list/", "/clients/add", "/assessments/list/", "/plans/list/", "/organisations/list/", "/nothing-here")
# Words that only an untranslated text would bring.
ENGLISH = re.compile(r"\b(the|and|Add|Edit|Show|Delete|Search|List|Error|Save|Cancel|Name|required|Yes|No)\b")


class Page(HTMLParser):
    """Collects what the invariants ask about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language, self.headings, self.ids, self.labels, self.inputs, self.faults = "", 0, [], set(), [], []
        self.words: list[str] = []
        self._skip = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: dict[str, Any] = dict(attrs)
        if tag == "html":
            self.language = values.get("lang", "")
        self.headings += tag == "h1"
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for"))
        if tag in ("input", "select", "textarea") and values.get("type") not in ("hidden", "submit"):
            self.inputs.append(values.get("id"))
        if "style" in values or any(name.startswith("on") for name in values):
            self.faults.append(f"inline: {tag}")
        if re.match(r"(https?:)?//", values.get("src") or values.get("href") or ""):
            self.faults.append("foreign origin")
        self._skip += tag in ("script", "option") or ("lang" in values and tag != "html")

    def handle_endtag(self, tag: str) -> None:
        self._skip = max(0, self._skip - (tag in ("script", "option")))

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words.append(data)


def faults(text: str, language: str) -> list[str]:
    """Name what is wrong with a page."""
    page = Page(text)
    found = list(page.faults)
    found += [] if page.language == language else ["lang"]
    found += [] if page.headings == 1 else ["h1"]
    found += [] if len(page.ids) == len(set(page.ids)) else ["ids"]
    found += [f"label: {key}" for key in page.inputs if key not in page.labels]
    found += [] if re.search(r"<title>\s*[^<\s]", text) else ["title"]
    return found


def test_the_check_can_fail() -> None:
    bad = '<html lang="en"><title></title><h1>a</h1><h1>b</h1><p id="a" style="x"></p><input id="a"><script src="//x.fi/a.js"></script></html>'
    assert set(faults(bad, "fi")) == {"inline: p", "foreign origin", "lang", "h1", "ids", "label: a", "title"}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_page_keeps_the_invariants(sqlite_app: Flask, language: str) -> None:
    browser = Browser(sqlite_app).sign_in("aino" if language == "fi" else "bengt")
    paths = list(PAGES)
    for path in PAGES:
        paths += sorted(set(re.findall(r'href="(/[a-z-]+/(?:show|add|edit)[^"]*)"', browser.get(path).text)))[:4]
    for path in dict.fromkeys(paths):
        page = browser.get(path.replace("&amp;", "&"))
        assert page.status_code in (200, 404), path
        assert faults(page.text, language) == [], path
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert page.headers["Cache-Control"] == "no-store"
        english = [word for text in Page(page.text).words for word in ENGLISH.findall(text)]
        assert english == [], (path, english)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_sign_in_page_keeps_the_invariants(sqlite_app: Flask, language: str) -> None:
    page = sqlite_app.test_client().get("/login/", headers={"Accept-Language": language})
    assert faults(page.text, language) == []
