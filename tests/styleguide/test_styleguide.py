"""The style guide shows every component by the call it names, measures the colours, and stays out of production."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from jinja2 import Environment
from jinja2.nodes import Macro
from jinja2.runtime import Macro as RunningMacro

from app import create_app
from app.styleguide.tokens import SHEET, USES, contrast, contrasts, tokens
from app.styleguide.views import EXAMPLES
from config import load_settings
from tests.support.app import Browser

TEMPLATES = Path(__file__).parents[2] / "app" / "templates" / "koto"
# A part that shows somewhere must not be written again by the page that uses it.
OWN_MARKUP = re.compile(r'<table|<progress|class="(?:error-summary|field-error|empty-state|tag|chips?)\b')


def macros_of(source: str) -> set[str]:
    """Name the macros that a template defines; one that is a whole document of its own is not put together of components."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    return set() if "<!DOCTYPE" in source else {found.name for found in tree.find_all(Macro)}


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_that_stand_on_each_other_differ_enough(theme: str) -> None:
    found = contrasts(SHEET.read_text(encoding="utf-8"))
    assert [(pair.above, pair.below) for pair in found if getattr(pair, theme) < pair.least] == []


def test_each_colour_has_its_use_a_dark_value_a_swatch_and_a_contrast() -> None:
    light, dark = tokens(SHEET.read_text(encoding="utf-8"))
    assert {name for name, value in light.items() if value.startswith("#")} == set(dark) == set(USES)
    sheet = (SHEET.parent / "styleguide.css").read_text(encoding="utf-8")
    assert set(re.findall(r"\.swatch-([a-z0-9-]+) \{ background: var\(--\1\); \}", sheet)) == set(USES)
    measured = {name for pair in contrasts(SHEET.read_text(encoding="utf-8")) for name in (pair.above, pair.below)}
    assert set(USES) - measured == {"line"}


def test_each_macro_is_drawn_by_an_example(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, invoke = set[tuple[str, str]](), RunningMacro._invoke

    def noted(macro: Any, *arguments: Any) -> Any:
        drawn.add((Path(macro._func.__code__.co_filename).name, macro.name))
        return invoke(macro, *arguments)

    browser = Browser(sqlite_app).sign_in("aino")
    monkeypatch.setattr(RunningMacro, "_invoke", noted)
    assert browser.get("/styleguide").status_code == 200
    defined = {(path.name, name) for path in TEMPLATES.glob("*.html") for name in macros_of(path.read_text(encoding="utf-8"))}
    assert len(defined) > 45 and {("rows.html", "row"), ("versions.html", "choice")} <= defined
    assert defined - drawn == set()


def test_the_examples_are_the_files_of_their_folder() -> None:
    assert {path.stem for path in (TEMPLATES / "styleguide").glob("*.html")} == set(EXAMPLES)


@pytest.mark.parametrize("bad", ['<table class="x">', '<div class="error-summary" role="alert">', '<span class="tag tag-danger">'])
def test_the_check_of_own_markup_can_fail(bad: str) -> None:
    assert OWN_MARKUP.search(bad) and not OWN_MARKUP.search('<form class="tags"><div class="errors-x">')


def test_pages_use_the_components_and_write_none_of_their_own() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")}
    assert {name for name, source in pages.items() if "extends 'koto/" in source and OWN_MARKUP.search(source)} == set()
    assert {name for name, source in pages.items() if "extends 'koto/" in source and macros_of(source)} == set()


def test_whoever_has_signed_in_sees_it(sqlite_app: Flask) -> None:
    for person in ("aino", "eeva", "pekka"):
        page = Browser(sqlite_app).sign_in(person).get("/styleguide")
        assert page.status_code == 200 and page.text.count('<pre class="call">') == len(EXAMPLES)


def test_the_confirmed_button_changes_nothing_and_says_so(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    browser.get("/styleguide")
    assert browser.post("/styleguide").status_code == 303
    assert "Mitään ei poistettu" in browser.get("/styleguide").text


def test_suggestions_are_languages(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/styleguide").text)
    assert token
    answer = browser.client.post("/styleguide/suggestions/language", json={"q": "arabia"}, headers={"X-CSRFToken": token.group(1)})
    assert {"id": "ar", "text": "arabia"} in answer.json


def test_production_has_none(tmp_path: Path) -> None:
    env = {
        "KOTO_ENVIRONMENT": "production", "KOTO_DATABASE_URL": "postgresql+psycopg://x@localhost/koto", "KOTO_SECRET_KEY": "s" * 48,
        "KOTO_FIELD_KEYS": Fernet.generate_key().decode(), "KOTO_PUBLIC_URL": "https://koto.invalid", "KOTO_INSTANCE_DIR": str(tmp_path),
    }  # fmt: skip
    for environment, has_it in (("production", False), ("training", True)):
        app = create_app(load_settings({**env, "KOTO_ENVIRONMENT": environment}))
        assert ("/styleguide" in {rule.rule for rule in app.url_map.iter_rules()}) is has_it
