"""Charts drawn for real: what stands in them, that a page with the strict policy takes them, and that they fit a telephone in both themes."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pytest
from flask import Flask

from app.reports.charts.draw import Chart
from app.reports.charts.drawing import drawn
from app.reports.charts.inks import CLASSES
from app.reports.charts.picture import picture_of
from app.reports.charts.reading import Kind
from app.reports.charts.specs import specification
from app.reports.charts.svg import NotADrawingError, cleaned
from app.web.language import speaking
from markupsafe import Markup
from tests.support.browser import served_here
from tests.support.charts import every_kind

KINDS = sorted(every_kind())
SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"fi": "ei näytetä", "sv": "visas inte"}


def picture(app: Flask, kind: Kind, language: str = "fi") -> Any:
    with app.app_context(), speaking(language):
        return picture_of(every_kind()[kind], language, "092")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_each_kind_is_drawn_in_both_sizes_and_says_what_is_hidden(sqlite_app: Flask, kind: Kind, language: str) -> None:
    one = picture(sqlite_app, kind, language)
    sizes = [ElementTree.fromstring(part + "</svg>") for part in drawn(one).split("</svg>") if part]
    assert [part.get("class") for part in sizes] == ["chart chart-wide", "chart chart-narrow"]
    for part in sizes:
        texts = [element.text or "" for element in part.iter() if element.tag in (f"{SVG}text", f"{SVG}tspan")]
        assert (WORDS[language] in texts) is (kind is not Kind.MANY_AREAS)
        assert part.get("role") == "img" and [child.tag for child in part][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert part[1].text == one.alt and one.finding in one.alt
        assert {element.tag for element in part.iter()} <= {
            SVG + name for name in ("svg", "g", "path", "line", "rect", "text", "tspan", "title", "desc")
        }
        names = {name for element in part.iter() for name in element.attrib}
        assert not names & {"style", "id", "href", "onclick", "aria-label"} and "url(" not in ElementTree.tostring(part, encoding="unicode")
        colours = {value for element in part.iter() for name in ("fill", "stroke") if (value := element.get(name))}
        assert colours <= {*CLASSES, "none", "transparent"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_together_is_a_valid_specification_that_fetches_nothing(sqlite_app: Flask, kind: Kind) -> None:
    for is_narrow in (False, True):
        made = specification(picture(sqlite_app, kind), is_narrow=is_narrow)
        (alt.ConcatChart if "concat" in made else alt.LayerChart).from_dict(made)
        assert "http" not in repr({name: value for name, value in made.items() if name != "$schema"}) and made["datasets"]


def test_scripts_styles_links_and_addresses_are_left_out() -> None:
    bad = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="x()"><script>x()</script><style>a{}</style><a href="https://a.example"><text>link</text></a>'
           '<image href="https://a.example/a.png"/><path d="M0,0" fill="url(https://a.example)" style="fill:red" stroke="#0d5c56"/><text>&lt;b&gt;</text></svg>')  # fmt: skip
    made = cleaned(bad, title="<i>", alt="a & b", size="chart-wide")
    assert not re.search(r"script|style|href|example|onload|link", made)
    assert 'class="ink-main-stroke"' in made and "&lt;b&gt;" in made and "<title>&lt;i&gt;</title><desc>a &amp; b</desc>" in made
    with pytest.raises(NotADrawingError):
        cleaned("<html/>", title="", alt="", size="")


PAGE = """{% extends 'koto/layout.html' %}{% import 'koto/reports/chart.html' as charts_of %}
{% block content %}<h1>Kuviot</h1>{% for chart in charts %}{{ charts_of.figure(chart) }}{% endfor %}{% endblock %}"""


LEAST_LETTER = """Math.min(...[...document.querySelectorAll('svg.chart text')].filter(t => t.getBoundingClientRect().width)
    .map(t => parseFloat(getComputedStyle(t).fontSize) * Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b)))"""
OVER_THE_EDGE = """[...document.querySelectorAll('svg.chart')].filter(s => s.getBoundingClientRect().width).flatMap(s => {
    const box = s.getBoundingClientRect();
    return [...s.querySelectorAll('text')].filter(t => { const own = t.getBoundingClientRect(); return own.left < box.left - 3 || own.right > box.right + 3; }).map(t => t.textContent); })"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


def page_of_charts(app: Flask) -> str:
    made = [picture(app, kind) for kind in KINDS]
    context: dict[str, Any] = {"charts": [Chart(Markup(drawn(one)), one.alt, one.finding) for one in made], "more_styles": ["charts"]}
    with app.test_request_context():
        app.update_template_context(context)
        return app.jinja_env.from_string(PAGE).render(**context)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_shows_one_size_in_the_colours_of_its_theme(sqlite_app: Flask, browser: Any, theme: str, width: int) -> None:
    text = page_of_charts(sqlite_app)

    def answer(environ: Any, start: Any) -> Any:
        if environ["PATH_INFO"] != "/charts":
            return sqlite_app(environ, start)
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)])
        return [text.encode()]

    with served_here(answer) as site:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
        page.goto(f"{site}/charts")
        size = "chart-narrow" if width == 320 else "chart-wide"
        assert page.locator("svg.chart:visible").count() == page.locator(f"svg.{size}:visible").count() == len(KINDS)
        assert page.evaluate("document.documentElement.scrollWidth") <= width and faults == []
        assert page.evaluate(LEAST_LETTER) >= 11 and page.evaluate(OVER_THE_EDGE) == []
        ink = page.evaluate("getComputedStyle(document.querySelector('.ink-main-fill')).fill")
        assert ink == {"light": "rgb(13, 92, 86)", "dark": "rgb(127, 208, 198)"}[theme]
        page.close()
