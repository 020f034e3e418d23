"""The list of event names holds exactly those that the code records, and each has its words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from app.audit.events import DEEDS, EVENTS, RIGHT_DEEDS, SUBJECTS, deed_of, words
from app.codes.lists import values

ROOT = Path(__file__).parents[2]
SOURCES = [path for path in sorted((ROOT / "app").rglob("*.py")) if path.name != "events.py"]
RECORDING = {"record_event", "keep", "keep_all", "keep_version", "_keep_with", "note", "remove", "Change", "_begin", "_follow"}
# Permission → deeds that the generated pages record of a view that offers it.
GENERATED = {
    "can_list": ("listed",), "can_show": ("read",), "can_add": ("added",), "can_edit": ("opened", "changed"), "can_delete": ("deleted",),
    "can_search": ("searched",), "can_export": ("exported",), "can_restricted": ("restricted_read",), "can_print": ("printed",),
}  # fmt: skip
# What happens to an application; the rest of the list happens to a right.
OF_APPLICATIONS = {"APPLIED", "WITHDRAWN", "REFUSED", "INVITED"}


def written(source: str) -> Iterator[str]:
    """Give the names that stand as a whole in a call that records an event."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDING:
            for found in (part for argument in node.args for part in ast.walk(argument)):
                if isinstance(found, ast.Constant) and isinstance(found.value, str) and re.fullmatch(r"[a-z_]+:[a-z_]+", found.value):
                    yield found.value


def composed(source: str) -> Iterator[str]:
    """Give the deeds that a source puts behind a subject: `f"{self.event}:read"`, or either of two in one place."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and len(node.values) > 1 and "event" in ast.dump(node.values[0]):
            tail = node.values[1]
            if isinstance(tail, ast.Constant) and str(tail.value).startswith(":"):
                yield from [str(tail.value)[1:]] if len(tail.value) > 1 else _branches(node.values[2])


def _branches(node: ast.AST) -> list[str]:
    return [str(found.value) for found in ast.walk(node) if isinstance(found, ast.Constant) and found.value is not None]


def of_views(app: Flask) -> set[str]:
    views = [view for view in app.appbuilder.baseviews if hasattr(view, "datamodel") and hasattr(view, "event")]  # type: ignore[attr-defined]
    assert len(views) > 15
    # The page of a deed is a form that is opened too.
    opened = {f"{view.event}:opened" for view in views if getattr(view, "deeds_of_life", None)}
    return opened | {f"{view.event}:{deed}" for view in views for permission in view.base_permissions for deed in GENERATED.get(permission, ())}


def of_rights() -> set[str]:
    codes = {value.code for value in values("RIGHT_EVENT")}
    return {f"{'right_application' if code in OF_APPLICATIONS else 'access_grant'}:{code.lower()}" for code in codes}


def test_the_reading_of_the_code_finds_names() -> None:
    source = 'record_event(s, "plan:agreed")\nf"{self.event}:read"\nf"{view.event}:{\'added\' if new else \'changed\'}"\nother("no:name")'
    assert list(written(source)) == ["plan:agreed"] and sorted(composed(source)) == ["added", "changed", "read"]


def test_the_list_holds_exactly_the_names_that_are_recorded(sqlite_app: Flask) -> None:
    named = {name for path in SOURCES for name in written(path.read_text(encoding="utf-8"))}
    assert {"plan:agreed", "client:taken", "log:read"} <= named
    assert named | of_views(sqlite_app) | of_rights() == set(EVENTS)


def test_the_generated_deeds_are_those_of_the_base_views() -> None:
    deeds = {deed for path in SOURCES for deed in composed(path.read_text(encoding="utf-8"))} - {"opened"}
    assert deeds == {deed for names in GENERATED.values() for deed in names} - {"opened"}


def test_every_deed_and_subject_is_in_use() -> None:
    used = {name.split(":")[1] for name in EVENTS}
    assert used >= RIGHT_DEEDS.keys() and {deed for name in EVENTS for deed, found in DEEDS.items() if deed_of(name) is found} == DEEDS.keys()
    assert all(deeds for _words, deeds in SUBJECTS.values())


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_name_has_words_of_its_own(sqlite_app: Flask, language: str) -> None:
    with sqlite_app.test_request_context(), force_locale(language):
        told = {name: words(name) for name in EVENTS}
    assert not [text for text in told.values() if "%" in text or not text]
    # Two reminders of the end of a right read the same.
    assert len(set(told.values())) == len(told) - 1
    with sqlite_app.test_request_context(), force_locale("en"):
        assert not {told[name] for name in EVENTS} & {words(name) for name in EVENTS}


def test_an_unknown_name_is_refused() -> None:
    for name in ("plan:eaten", "tea:read"):
        with pytest.raises(KeyError):
            deed_of(name)
