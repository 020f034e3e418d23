"""A page taken apart: its texts with the language each is in, links, forms, tables, shape (each part with what it stands in), and what the invariants ask about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Texts of these are for the machine.
_SILENT = {"script", "style", "code"}
_SPOKEN = ("title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "alt", "label")
_BUTTONS = {"submit", "button", "reset"}
_SUFFIX = " – Koto-digi"


@dataclass(frozen=True)
class Text:
    """A text that somebody sees or hears, its language, and the element it comes from."""

    text: str
    language: str
    place: str


@dataclass
class SentForm:
    """A form: its address, hidden values, first named button, names of its text fields, the choices of each other field, and which of those are boxes.

    Steps are buttons that bring the form back changed, such as one row longer.
    """

    action: str
    is_post: bool = True
    is_demanding: bool = False
    button: tuple[str, str] | None = None
    steps: list[tuple[str, str]] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)


@dataclass
class Row:
    """A row of a table: the links in it and the texts of its cells."""

    links: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Reads one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language, self.title, self.headings = "", "", 0
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.inputs: list[str] = []
        self.faults: list[str] = []
        self.texts: list[Text] = []
        self.links: list[str] = []
        self.forms: list[SentForm] = []
        self.shape: set[tuple[str, ...]] = set()
        self.rows: list[Row] = []
        self._open: list[tuple[str, str]] = []
        self._around = [""]
        self._in_form, self._select = False, ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: dict[str, Any] = {name: value or "" for name, value in attrs}
        language = values.get("lang") or (self._open[-1][1] if self._open else "")
        self.shape.add((tag, values.get("class", ""), values.get("type", ""), values.get("role", ""), self._around[-1]))
        self._note_invariants(tag, values)
        self._note_texts(tag, values, language)
        self._note_ways_on(tag, values)
        if tag not in _VOID:
            self._open.append((tag, language))
            self._around.append(f"{tag}.{values.get('class', '')}")

    def handle_endtag(self, tag: str) -> None:
        while tag in (name for name, _language in self._open):
            self._around.pop()
            if self._open.pop()[0] == tag:
                break
        self._in_form = self._in_form and tag != "form"

    def handle_data(self, data: str) -> None:
        tags = {name for name, _language in self._open}
        text = " ".join(data.split())
        if not text or tags & _SILENT:
            return
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "title":
            self.title = text
            text = text.removesuffix(_SUFFIX)
        self.texts.append(Text(text, language, tag))
        if "tbody" in tags and self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1] += text

    def _note_invariants(self, tag: str, values: dict[str, Any]) -> None:
        if tag == "html":
            self.language = values.get("lang", "")
        self.headings += tag == "h1"
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for", ""))
        if tag in ("input", "select", "textarea") and values.get("type") not in ("hidden", *_BUTTONS):
            self.inputs.append(values.get("id", ""))
        if "style" in values or any(name.startswith("on") for name in values):
            self.faults.append(f"inline: {tag}")
        if re.match(r"(https?:)?//", values.get("src") or values.get("href") or values.get("action") or ""):
            self.faults.append("foreign origin")

    def _note_texts(self, tag: str, values: dict[str, Any], language: str) -> None:
        for name, value in values.items():
            # The value of a <button> is for the server; that of an <input> is what the button says.
            is_button = name == "value" and tag == "input" and values.get("type") in _BUTTONS
            is_data = name.startswith("data-") and name not in ("data-url", "data-needs")
            if value and (name in _SPOKEN or is_button or is_data):
                self.texts.append(Text(" ".join(value.split()), language, f"{tag}[{name}]"))

    def _note_ways_on(self, tag: str, values: dict[str, Any]) -> None:
        tags = {name for name, _language in self._open}
        if tag == "tr" and "tbody" in tags:
            self.rows.append(Row())
        elif tag in ("td", "th") and "tbody" in tags and self.rows:
            self.rows[-1].cells.append("")
        elif tag == "a" and values.get("href", "").startswith("/"):
            in_row = "tbody" in tags and self.rows
            (self.rows[-1].links if in_row else self.links).append(values["href"])
        elif tag == "form":
            self.forms.append(SentForm(values.get("action", ""), values.get("method") == "post"))
            self._in_form, self._select = True, ""
        elif self._in_form:
            self._note_field(tag, values, self.forms[-1])

    def _note_field(self, tag: str, values: dict[str, Any], form: SentForm) -> None:
        name, kind, value = values.get("name", ""), values.get("type", "text"), values.get("value", "")
        form.is_demanding = form.is_demanding or "required" in values
        if tag == "button" and name and "formaction" in values:
            form.steps.append((name, value))
        elif tag == "button" and name and form.button is None:
            form.button = (name, value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and value and self._select:
            form.choices.setdefault(self._select, []).append(value)
        elif tag == "input" and kind == "hidden":
            form.hidden[name] = value
        elif tag == "input" and kind in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(value)
            form.boxes |= {name} if kind == "checkbox" else set()
        elif tag in ("input", "textarea") and name:
            form.texts.append(name)


def faults(page: Page, language: str) -> list[str]:
    """Name what is wrong with a page."""
    found = list(page.faults)
    found += [] if page.language == language else ["lang"]
    found += [] if page.headings == 1 else ["h1"]
    found += [] if len(page.ids) == len(set(page.ids)) else ["ids"]
    found += [f"label: {key}" for key in page.inputs if key not in page.labels]
    found += [] if page.title and page.title != _SUFFIX.strip() else ["title"]
    return found
