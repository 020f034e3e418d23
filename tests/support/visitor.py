"""A reader at another machine: real HTTP, cookies kept, redirects not followed, forms sent with their hidden fields."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any

from app.demo.accounts import DEMO_PASSWORD


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str

    @property
    def hidden_fields(self) -> dict[str, str]:
        """The hidden fields of the page's own form."""
        main = self.text.partition("<main")[2]
        found = re.findall(r'<input\b[^>]*type="hidden"[^>]*>', main)
        return {_attribute(field, "name"): _attribute(field, "value") for field in found}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found.group(1)) if found else ""


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


class Visitor:
    """One signed-in browser without scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Stay())

    def get(self, path: str) -> Answer:
        return self._send(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str) -> Answer:
        return self._send(urllib.request.Request(self.address + path, urllib.parse.urlencode(fields).encode()))

    def fill(self, path: str, **fields: str) -> Answer:
        """Open the form at `path` and send it filled."""
        return self.post(path, **self.get(path).hidden_fields, **fields)

    def sign_in(self, username: str) -> Visitor:
        assert self.fill("/login/", username=username, password=DEMO_PASSWORD).status == 303
        return self

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            response: HTTPResponse | urllib.error.HTTPError = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as refused:
            response = refused
        with response:
            return Answer(int(response.status or 0), response.headers, response.read().decode())
