"""A page taken apart: its texts with the language each is in, links, forms, tables, shape (each part with what it stands in), and what the invariants ask about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from tests.support.markup import Element, read

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Texts of these are for the machine.
_SILENT = {"script", "style", "code"}
_SPOKEN = ("title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "alt", "label")
_BUTTONS = {"submit", "button", "reset"}
# Elements that are links, forms, or rows and cells of tables.
_WAYS_ON = {"tr", "td", "th", "a", "form"}
_SUFFIX = " – Koto-digi"
_NONE = re.compile(r"\bNone\b")


class Text(NamedTuple):
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


class _Known:
    """What an element says wherever it stands."""

    def __init__(self, tag: str, values: dict[str, str]) -> None:
        self.tag, self.values, self.language = tag, values, values.get("lang", "")
        self.is_void, self.is_silent, self.is_body = tag in _VOID, tag in _SILENT, tag == "tbody"
        self._shapes: dict[str, tuple[str, ...]] = {}
        self.place = f"{tag}.{values.get('class', '')}"
        self.is_input = tag in ("input", "select", "textarea") and values.get("type") not in ("hidden", *_BUTTONS)
        self.is_way_on = tag in _WAYS_ON
        self.faults = [f"inline: {tag}"] if "style" in values or any(name.startswith("on") for name in values) else []
        if re.match(r"(https?:)?//", values.get("src") or values.get("href") or values.get("action") or ""):
            self.faults.append("foreign origin")
        self.spoken = [(" ".join(value.split()), f"{tag}[{name}]") for name, value in values.items() if value and self._is_spoken(name)]

        self.is_asked_about = bool(self.faults or self.is_input or values.get("id") or tag in ("html", "h1", "label"))

    def shape_in(self, place: str) -> tuple[str, ...]:
        values = self.values
        return self._shapes.get(place) or self._shapes.setdefault(place, (self.tag, *(values.get(name, "") for name in ("class", "type", "role")), place))

    def _is_spoken(self, name: str) -> bool:
        # The value of a <button> is for the server; that of an <input> is what the button says.
        is_button = name == "value" and self.tag == "input" and self.values.get("type") in _BUTTONS
        is_data = name.startswith("data-") and name not in ("data-url", "data-needs", "data-progress", "data-state")
        return name in _SPOKEN or is_button or is_data


@lru_cache(50_000)
def _known(element: Element) -> _Known:
    return _Known(element.tag, element.values)


class Page:
    """Reads one page."""

    def __init__(self, text: str) -> None:
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
        self._open: list[tuple[_Known, str]] = []
        self._silent = self._bodies = 0
        self._in_form, self._select = False, ""
        for part in read(text):
            if isinstance(part, str):
                self._read_text(part)
            elif isinstance(part, Element):
                self._begin(_known(part))
            else:
                self._end(part[0])

    def _begin(self, element: _Known) -> None:
        around, language = self._open[-1] if self._open else (None, "")
        language = element.language or language
        self.shape.add(element.shape_in(around.place if around else ""))
        if element.is_asked_about:
            self._note_invariants(element)
        if element.spoken:
            self.texts += [Text(text, language, place) for text, place in element.spoken]
        if element.is_way_on or self._in_form:
            self._note_ways_on(element.tag, element.values)
        if not element.is_void:
            self._open.append((element, language))
            self._silent += element.is_silent
            self._bodies += element.is_body

    def _end(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        if any(element.tag == tag for element, _language in reversed(self._open)):
            found = ""
            while found != tag:
                element, _language = self._open.pop()
                self._silent -= element.is_silent
                self._bodies -= element.is_body
                found = element.tag

    def _read_text(self, data: str) -> None:
        if data.isspace() or self._silent:
            return
        text = " ".join(data.split())
        element, language = self._open[-1] if self._open else (None, "")
        tag = element.tag if element else ""
        if tag == "title":
            self.title = text
            text = text.removesuffix(_SUFFIX)
        self.texts.append(Text(text, language, tag))
        if self._bodies and self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1] += text

    def _note_invariants(self, element: _Known) -> None:
        tag, values = element.tag, element.values
        if tag == "html":
            self.language = element.language
        self.headings += tag == "h1"
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for", ""))
        if element.is_input:
            self.inputs.append(values.get("id", ""))
        self.faults += element.faults

    def _note_ways_on(self, tag: str, values: dict[str, str]) -> None:
        if tag == "tr" and self._bodies:
            self.rows.append(Row())
        elif tag in ("td", "th") and self._bodies and self.rows:
            self.rows[-1].cells.append("")
        elif tag == "a" and values.get("href", "").startswith("/"):
            in_row = self._bodies and self.rows
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
    # What is not known is left out or said in words.
    found += [f"none: {part.text}" for part in page.texts if _NONE.search(part.text)]
    return found
