"""Reads templates as they are written: visible texts that nobody marked for translation, and markup that the policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

from jinja2 import Environment

_ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
# Each template tag becomes one character, so that the HTML around it can be parsed.
_TAG = "\ue000"
_BEGIN = {"variable_begin": "variable_end", "block_begin": "block_end"}
_SILENT = {"code", "script", "style"}
_SPOKEN = {"title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "alt", "label", "content"}
# Attributes that a macro writes for a tag of its caller.
_ATTRIBUTES = re.compile(r'[a-z-]+="[^"]*"')
_WORD = re.compile(r"[^\W\d_]{2,}")
# Names, which are the same in every language.
_NAMES = re.compile(r"Koto-digi|[\w.]+@[\w.]+")
# A string in a template tag that reads as a text: words with a space between them, or one word with a capital.
_TEXT = re.compile(r"\w[\w,.:]*\s+\w.*|[A-ZÅÄÖ][a-zåäö]+")


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Give (kind, text) of what stands outside tags (`data`) and of each token in them; `tag` begins one."""
    inside = ""
    for _line, kind, text in _ENVIRONMENT.lex(source):
        if inside:
            inside = "" if kind == inside else inside
            if kind not in ("whitespace", inside):
                yield kind, text
        elif kind in _BEGIN:
            inside = _BEGIN[kind]
            yield "tag", _TAG
        elif kind == "data":
            yield kind, text


def bare_strings(source: str) -> list[str]:
    """Give the strings in template tags that read as texts and are not marked with `_()`."""
    found, marked, last = [], [], ""
    for kind, text in _pieces(source):
        if kind == "tag":
            marked = []
        elif text == "(":
            marked.append(last in ("_", "gettext", "ngettext"))
        elif text == ")" and marked:
            marked.pop()
        elif kind == "string" and not any(marked) and _TEXT.fullmatch(text[1:-1].strip()):
            found.append(text[1:-1])
        last = text
    return found


class _Markup(HTMLParser):
    """Collects what is visible or spoken, and what the Content-Security-Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in values):
            self.faults.append(f"inline <{tag}>")
        self.faults += [f"{name}=" for name in values if name == "style" or re.fullmatch(r"on[a-z]+", name)]
        for name, value in attrs:
            if name in _SPOKEN and tag != "meta":
                self._note(value or "")
        if tag in _SILENT:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self._note(data)

    def _note(self, text: str) -> None:
        plain = _NAMES.sub("", text.replace(_TAG, " "))
        if _ATTRIBUTES.search(plain):
            plain = _ATTRIBUTES.sub("", plain).replace(" required ", " ")
        if _WORD.search(plain):
            self.faults.append(f"text: {' '.join(plain.split())}")


def template_faults(source: str) -> list[str]:
    """Name what a template may not hold."""
    markup = _Markup()
    whole = "".join(text for kind, text in _pieces(source) if kind in ("data", "tag"))
    # A tag whose name the template chooses.
    markup.feed(whole.replace(f"<{_TAG}", "<x").replace(f"</{_TAG}", "</x"))
    markup.close()
    tokens = [text for kind, text in _pieces(source) if kind != "data"]
    unsafe = [after for before, after in pairwise(tokens) if (before, after) == ("|", "safe") or after == "autoescape"]
    return markup.faults + [f"unsafe: {text}" for text in unsafe] + [f"text: {text}" for text in bare_strings(source)]


# What may stand where a colour could: lines, keywords, and the system's own colours.
_ALLOWED = frozenset({"solid", "dashed", "none", "transparent", "inherit", "currentcolor", "canvas", "canvastext", "highlight", "highlighttext", "graytext",
                      "auto", "inset", "px", "rem", "em", "important"})  # fmt: skip
_PAINTED = re.compile(r"(?:^|[;{\s])((?:[a-z-]*color|background(?:-[a-z]+)?|border(?:-[a-z-]+)?|outline|box-shadow|text-shadow|fill|stroke|--[a-z0-9-]+)): ?([^;}]+)")
_NOT_COLOURS = re.compile(r"border-(radius|collapse|spacing)|background-(size|position|repeat)")


def colour_literals(sheet: str) -> list[str]:
    """Give the declarations of a style sheet that name a colour other than by a token."""
    found = []
    for name, value in _PAINTED.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)):
        words = re.findall(r"#[0-9a-fA-F]{3,8}\b|[a-z]+(?=\()|[A-Za-z]+", re.sub(r"var\(--[a-z0-9-]+\)", "", value))
        if not _NOT_COLOURS.fullmatch(name) and [word for word in words if word.lower() not in _ALLOWED]:
            found.append(f"{name}: {value.strip()}")
    return found
