"""The style guide shows every component by the call it names, measures the colours, and stays out of production."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from app import create_app
from app.styleguide.tokens import SHEET, USES, contrast, contrasts, tokens
from app.styleguide.views import EXAMPLES
from config import load_settings
from tests.support.app import Browser

TEMPLATES = Path(__file__).parents[2] / "app" / "templates" / "koto"
# The name each file of macros is imported under.
NAMES = {"macros.html": "ui", "status.html": "status", "record.html": "record", "files.html": "files", "frame.html": "frame", "filters.html": "panels", "table.html": "tables"}
# Drawn as parts of another macro, of a form, or of the frame; or not components but pages of their own.
PARTS = {
    "macros.html": {"error_links", "csrf"}, "status.html": {"lead_word"}, "record.html": {"panel"}, "filters.html": {"control"},
}  # fmt: skip


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


def test_each_macro_of_a_component_has_an_example() -> None:
    examples = {path.stem: path.read_text(encoding="utf-8") for path in (TEMPLATES / "styleguide").glob("*.html")}
    assert set(examples) == set(EXAMPLES)
    called = " ".join(examples.values())
    for filename, name in NAMES.items():
        macros = set(re.findall(r"{% macro (\w+)", (TEMPLATES / filename).read_text(encoding="utf-8")))
        assert {macro for macro in macros if f"{name}.{macro}(" not in called} == PARTS.get(filename, set()), filename


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
