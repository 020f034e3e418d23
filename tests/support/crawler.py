"""Finds the pages of the running application by following it: its routes, the links it shows and the forms it offers."""

from __future__ import annotations

import re
import shutil
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, template_rendered
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException

from app.codes.lists import all_values
from app.db.types import is_id
from tests.support.app import Browser, make_app
from tests.support.form import Form, Pairs
from tests.support.page import Page, SentForm

# How many links with the same route and the same arguments, keys apart, are followed.
ALIKE = 2
# A label that was corrected by what is typed here would be a word of the language on every page after.
_OF_WORDS = {"CodeListView.label"}
# Not pages of the application; signing out is done last of all.
_LEFT_OUT = {"static", "appbuilder.static", "switch_language", "SignInView.logout"}
# What is the same whatever the state of a record: its versions are told and put back by one code for all views.
_OF_ANY_STATE = (".history", ".restore")
_NO_SUCH_WORD = "qqzzqq"
_TOKEN = re.compile(r'(?<=name="csrf_token" )[^>]+|(?<=name="csrf-token" )[^>]+')
_LONG = "Kotoutumissuunnitelmantarkistamisajankohdanvaraaminen"

Crawled = Callable[[str | None, str], list["Met"]]


@dataclass(frozen=True)
class Met:
    """A page that was met: how, what it was, and whether it took a form to get there."""

    method: str
    path: str
    endpoint: str
    status: int
    headers: Headers
    text: str
    template: str
    is_result: bool

    @cached_property
    def page(self) -> Page:
        return Page(self.text)

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html") and not 300 <= self.status < 400


def crawl(folder: Path, username: str | None, language: str) -> list[Met]:
    """Meet the pages of one person in one language over a copy of an instance folder, as a crawl saves and deletes."""
    copy = folder.with_name(f"{username}-{language}")
    shutil.copytree(folder, copy)
    return Crawler(make_app(copy), username, language).crawl()


class Crawler:
    """Walks the application as one person in one language."""

    def __init__(self, app: Flask, username: str | None, language: str) -> None:
        self._language = language
        self.app, self.browser, self.met = app, Browser(app), list[Met]()
        self._routes = app.url_map.bind("localhost")
        self._waiting: deque[str] = deque()
        self._seen: set[str] = set()
        self._alike: dict[Any, int] = {}
        self._values: set[Any] = set()
        self._codes = {value.label_in(language) for value in all_values() if value.list not in ("COUNTRY", "LANGUAGE")}
        self._sent: set[Any] = set()
        self._deletes: dict[str, SentForm] = {}
        # What is ticked and sent may end the right that the crawl acts by.
        self._last: deque[Callable[[], None]] = deque()
        self._files, self._template = Counter[str](), ""
        # What is not offered is tried until it was both refused and shown, or forbidden to this person; offered elsewhere it is followed as any link.
        self._guessed, self._answers = set[str](), Counter[tuple[str, int]]()
        self._pages: dict[str, Page] = {}
        template_rendered.connect(self._note_template, app)
        if username:
            self.browser.sign_in(username)
        self.browser.get(f"/lang/{language}")

    def crawl(self) -> list[Met]:
        """Meet every page that can be reached, then delete one row of each kind, then send what was filled in or ticked; sign out."""
        self._waiting.extend(rule.rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments)
        self._waiting.extend(self._doubtful())
        self._walk()
        for form in self._deletes.values():
            self._send(form)
        self._walk()
        while self._last:
            self._last.popleft()()
            self._walk()
        self._send(SentForm("/logout/", hidden={"csrf_token": self._token()}))
        return self.met

    def _walk(self) -> None:
        while self._waiting:
            path = self._waiting.popleft()
            endpoint = self._endpoint(path)
            if path in self._guessed and self._is_tried(endpoint):
                self._guessed.discard(path)
                continue
            if path not in self._seen and endpoint not in _LEFT_OUT and self._files[endpoint] < ALIKE:
                self._seen.add(path)
                self._note("GET", path, self.browser.client.get(path))

    def _is_tried(self, endpoint: str) -> bool:
        answers = self._answers
        if endpoint.endswith(_OF_ANY_STATE) and sum(answers[endpoint, status] for status in (200, 400, 409)) >= ALIKE:
            return True
        return answers[endpoint, 403] >= ALIKE or (answers[endpoint, 200] > 0 and answers[endpoint, 404] + answers[endpoint, 409] >= ALIKE)

    def _doubtful(self) -> list[str]:
        """Give addresses that no page links to: unknown ones, arguments that are refused, and files nobody has."""
        lists = [rule.rule for rule in self.app.url_map.iter_rules() if rule.endpoint.endswith(".list")]
        files = [rule.rule.replace("<string:filename>", "x") for rule in self.app.url_map.iter_rules() if "filename" in rule.arguments]
        return ["/nothing-here", *(f"{path}?psize=0" for path in lists), *files]

    def _endpoint(self, path: str, method: str = "GET") -> str:
        try:
            return str(self._routes.match(urlsplit(path).path, method=method)[0])
        except HTTPException:
            return ""

    def _note_template(self, _app: Flask, template: Any, **_more: Any) -> None:
        self._template = str(template.name)

    def _note(self, method: str, path: str, response: Any, *, is_result: bool = False) -> None:
        is_text = response.mimetype.startswith(("text/", "application/json"))
        found = Met(method, path, self._endpoint(path, method), response.status_code, response.headers, response.text if is_text else "", self._template, is_result)
        self.met.append(found)
        self._template = ""
        # Of files, a few of a kind are enough: they take long to make.
        self._files[found.endpoint] += found.status == 200 and not is_text
        self._answers[found.endpoint, found.status] += 1
        target = response.headers.get("Location")
        if target and not target.startswith("/login/"):
            self._note("GET", target, self.browser.client.get(target), is_result=is_result)
        if found.is_page:
            self._take_apart(found)

    def _take_apart(self, met: Met) -> None:
        """Follow a page; one with the same words as another, as refusals have, is that one again."""
        text = _TOKEN.sub("", met.text)
        if known := self._pages.get(text):
            met.__dict__["page"] = known
        else:
            self._pages[text] = met.page
            self._follow(met, met.page)

    def _follow(self, met: Met, page: Page) -> None:
        for link in page.links:
            self._follow_link(link)
        for row in page.rows:
            # A row is an example of its own when one of its codes has not been seen in that column.
            cells = {(met.endpoint, at, text) for at, text in enumerate(row.cells) if text in self._codes}
            is_new = bool(cells - self._values)
            self._values |= cells
            for link in row.links:
                self._follow_link(link, is_new=is_new)
        for form in page.forms:
            endpoint = self._endpoint(form.action, "POST")
            if not form.is_post:
                for name, values in form.choices.items():
                    self._follow_link(f"{form.action}?{urlencode({name: values[0]})}")
            elif endpoint.endswith(".delete"):
                self._deletes.setdefault(endpoint, form)
            elif endpoint not in _LEFT_OUT | _OF_WORDS and (endpoint, form.button) not in self._sent:
                self._sent.add((endpoint, form.button))
                self._send(form)
                for step in form.steps:
                    self._send(replace(form, button=step))
                if "_version" in form.hidden and not met.is_result:
                    self._last.insert(0, partial(self._send_filled, form, Form(met.text).fields))
                if form.choices and not form.is_demanding:
                    self._last.append(partial(self._send, form, with_choices=True))

    def _follow_link(self, link: str, *, is_new: bool = False) -> None:
        endpoint = self._endpoint(link)
        # Keys differ from row to row; any other argument makes a page of its own, such as a part of a client's page. Of several
        # together the names do: lists can be narrowed and ordered in too many ways for each to be met.
        asked = [(name, "" if is_id(value) or value.isdecimal() else value) for name, value in parse_qsl(urlsplit(link).query)]
        kind = (endpoint, tuple(sorted({(name, value if len(asked) == 1 else "") for name, value in asked})))
        enough = 1 if any(value for _name, value in kind[1]) else ALIKE
        if link in self._seen or (self._alike.get(kind, 0) >= enough and not is_new):
            return
        self._alike[kind] = self._alike.get(kind, 0) + 1
        self._waiting.append(link)
        # What can be done with a row is tried on each row met, offered or not: the refusals are pages too.
        view, _, action = endpoint.partition(".")
        if action == "show":
            key = urlsplit(link).path.rpartition("/")[2]
            tried = [
                rule.rule.replace("<pk>", key) for rule in self.app.url_map.iter_rules()
                if rule.endpoint.startswith(f"{view}.") and rule.arguments == {"pk"} and "GET" in (rule.methods or ())
            ]  # fmt: skip
            self._guessed.update(tried)
            self._waiting.extend(tried)

    def _token(self) -> str:
        forms = Page(self.browser.get("/").text).forms
        return next((form.hidden["csrf_token"] for form in forms if "csrf_token" in form.hidden), "")

    def _chosen(self, name: str, form: SentForm) -> list[str]:
        """Tick every box; of other choices take the language of this crawl, or the first."""
        values = form.choices[name]
        return values if name in form.boxes else [self._language if self._language in values else values[0]]

    def _send_filled(self, form: SentForm, fields: Pairs) -> None:
        """Send what a form holds: with words of one's own over a version that is gone, and then less what is ticked first."""
        over = [(name, "0" if name == "_version" else _LONG if name in form.texts else value) for name, value in fields]
        ticked = next((pair for pair in fields if pair[1] == "y"), None)
        for sent in (over, [pair for pair in fields if pair != ticked]):
            data: dict[str, list[str]] = {}
            for name, value in sent:
                data.setdefault(name, []).append(value)
            self._note("POST", form.action, self.browser.client.post(form.action, data=data), is_result=True)

    def _send(self, form: SentForm, *, with_choices: bool = False) -> None:
        """Send a form that demands something with nothing filled in, any other with a word that is nowhere."""
        choices = {name: self._chosen(name, form) for name in form.choices} if with_choices else {}
        words = {} if form.is_demanding else dict.fromkeys(form.texts, _NO_SUCH_WORD)
        button = [form.button] if form.button else []
        response = self.browser.client.post(form.action, data={**form.hidden, **words, **choices, **dict(button)})
        self._note("POST", form.action, response, is_result=True)
