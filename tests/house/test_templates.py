"""Templates hold markup only: no text that is not translated, no style, no script, no way round escaping; styles name colours once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.templates import colour_literals, template_faults

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "app" / "static").glob("*.css"))


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ('<p style="color: red">1</p>', "style="), ('<a onclick="x()">1</a>', "onclick="), ("<style>p { top: 0 }</style>", "inline <style>"),
        ("<script>x()</script>", "inline <script>"), ("{{ text|safe }}", "unsafe: safe"), ("{{ text | safe }}", "unsafe: safe"),
        ("{% autoescape false %}{{ a }}{% endautoescape %}", "unsafe: autoescape"), ("<p>Save</p>", "text: Save"), ("<p>{{ a }} rows</p>", "text: rows"),
        ("<h2>{% if a %}Late{% endif %}</h2>", "text: Late"), ('<nav aria-label="Language"></nav>', "text: Language"),
        ('<input placeholder="{{ a }} or name">', "text: or name"), ("{{ 'Late' if a else '' }}", "text: Late"), ("{{ ui.tag('Under way') }}", "text: Under way"),
        ("{% set title = 'All clients' %}", "text: All clients"), ("{{ title|default('Sign in', true) }}", "text: Sign in"),
        ("{{ ui.field(f, label=_('Name'), help='As in the passport') }}", "text: As in the passport"),
    ],
)  # fmt: skip
def test_the_check_of_templates_can_fail(bad: str, fault: str) -> None:
    assert fault in template_faults(bad)


@pytest.mark.parametrize(
    "good",
    [
        "<p>{{ _('Save') }}</p>", "{# Save #}<p>{{ _('%(number)d rows left', number=count) }}</p>", '<a href="/clients">{{ name }}</a>', "<code>make run</code>",
        "<p>Koto-digi</p>", '<script src="{{ asset(name) }}" defer></script>', "{% if f.type == 'HiddenField' %}{{ ui.tag(text, 'danger') }}{% endif %}",
        "<th>{{ '▲' if order == 'asc' else '▼' }}</th>", "{{ ui.page_header(title, _('For those who %(do)s it', do=_('do'))) }}",
    ],
)  # fmt: skip
def test_a_good_template_passes(good: str) -> None:
    assert template_faults(good) == []


@pytest.mark.parametrize("bad", ["p { color: #123 }", "p { border: 1px solid red; }", "p { background: rgb(1 2 3); }", "p { box-shadow: 0 0 0 1px Black }", ":root { --mine: #ffffff; }"])
def test_the_check_of_colours_can_fail(bad: str) -> None:
    assert colour_literals(bad)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "app" / "templates")))
def test_a_template_holds_markup_only(path: Path) -> None:
    assert template_faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_colours_stand_in_the_tokens_only(path: Path) -> None:
    found = colour_literals(path.read_text(encoding="utf-8"))
    assert bool(found) == (path.name == "tokens.css"), found


def test_templates_and_styles_stay_small() -> None:
    assert {path.name for path in TEMPLATES if len(path.read_text(encoding="utf-8").splitlines()) > 150} == set()
    assert {path.name for path in SHEETS if len(path.read_text(encoding="utf-8").splitlines()) > 300} == set()


def test_the_template_checker_finds_nothing() -> None:
    command = [str(Path(sys.executable).parent / "djlint"), "--lint", "--quiet", "app/templates"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
