"""What pages of figures cost beside bare ones; measured by `bench.reports`.

The bare page is Flask, SQLAlchemy and Jinja: it runs the very statements by which our page asked for facts, adds them up by area, period
and value, and prints the table: the area by its name, the number, what it is out of and, of amounts, the middle one. No person, no rights,
nothing hidden, one language, no chart.
"""

from __future__ import annotations

import gc
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import create_engine

from app.reports.areas import Level, area_of
from app.reports.values import area_name
from bench.list_page import timed
from tests.support.app import Browser, listening

MOST_STATEMENTS, MOST, RUNS = 10, 3.0, 60
# Who reads what, and the level of the areas in the table.
PAGES = (
    ("minna", "/reports/view/municipality", Level.MUNICIPALITY), ("ulla", "/reports/view/region", Level.MUNICIPALITY),
    ("tuomas", "/reports/view/country", Level.REGION), ("tuomas", "/reports/show/I02?level=MUNICIPALITY&area=", Level.MUNICIPALITY),
    ("tuomas", "/reports/show/I10?by=AGE_GROUP", Level.COUNTRY), ("minna", "/reports/show/I24", Level.MUNICIPALITY),
    ("tuomas", "/reports/show/I12?level=REGION&area=&by=ASSESSMENT_GROUND", Level.REGION),
)  # fmt: skip
_TEMPLATE = """<!DOCTYPE html><html lang="fi"><head><title>Luvut</title></head><body><h1>Luvut</h1><table><thead><tr>{% for name in names %}<th>{{ name }}</th>
{% endfor %}</tr></thead><tbody>{% for key, sums in rows %}<tr>{% for part in key %}<td>{{ part }}</td>{% endfor %}<td>{{ sums[0] }}</td><td>{{ sums[1] }}</td><td>{{ sums[2] }}</td></tr>
{% endfor %}</tbody></table></body></html>"""
_FACTS = re.compile(r"^SELECT .*report_fact\.numerator.*\sFROM report_fact", re.S)


@dataclass(frozen=True)
class Asked:
    """A page with the statements it sent, those for facts with their values."""

    statements: int
    facts: tuple[tuple[str, Any], ...]


def asked_by(web: Flask, browser: Browser, path: str) -> Asked:
    """Ask a page whose chart is kept. Raises AssertionError where it is no page of figures."""
    for _again in range(2):
        sent: list[tuple[str, Any]] = []
        with listening(web, lambda statement, values, sent=sent: sent.append((statement, values))):  # type: ignore[misc]
            page = browser.get(path)
    facts = tuple((statement, values) for statement, values in sent if _FACTS.match(statement))
    if page.status_code != 200 or not facts:
        raise AssertionError(f"{path}: {page.status_code}, {len(facts)} statements for facts")
    return Asked(len(sent), facts)


def _middle(spread: Counter[str]) -> int:
    """Give the amount that half do not exceed."""
    amounts = sorted((int(amount), times) for amount, times in spread.items())
    met = accumulate(times for _amount, times in amounts)
    return next(amount for (amount, _times), so_far in zip(amounts, met, strict=True) if so_far >= spread.total() / 2)


def bare_app(url: str, asked: dict[int, tuple[Asked, dict[str, str]]]) -> Flask:
    """Give the floor: a route for each page; areas come by the name of the area of each municipality."""
    app, engine = Flask("bare"), create_engine(url)

    @app.get("/<int:number>")
    def figures(number: int) -> str:
        sent, areas = asked[number]
        sums: dict[tuple[str, ...], list[Any]] = defaultdict(lambda: [0, 0, None])
        with engine.connect() as connection:
            for statement, values in sent.facts:
                found = connection.exec_driver_sql(statement, values)
                at = {name: place for place, name in enumerate(found.keys())}
                words = [at[name] for name in ("indicator", "dimension", "period_id", "value") if name in at]
                org, numerator, denominator, spread = (at[name] for name in ("organisation_id", "numerator", "denominator", "spread"))
                for row in found:
                    cell = sums[(areas[row[org]], *(row[place] for place in words))]
                    cell[0] += row[numerator]
                    cell[1] += row[denominator]
                    if row[spread]:
                        cell[2] = cell[2] or Counter()
                        cell[2].update(json.loads(row[spread]))
        rows = [(key, (cell[0], cell[1], _middle(cell[2]) if cell[2] else "")) for key, cell in sorted(sums.items())]
        return render_template_string(_TEMPLATE, names=("Alue", "Kausi", "Arvo", "Luku", "Nimittäjä", "Keskimmäinen"), rows=rows)

    return app


def pages(web: Flask) -> tuple[list[str], bool]:
    """Ask each page and its bare one in turn; gives the rows of a table, and whether every page keeps to its bounds."""
    with web.app_context():
        places = {level: {key: area_name(level, code, "fi") for key, code in area_of(level).items()} for level in Level}
    browsers = {name: Browser(web).sign_in(name) for name in dict.fromkeys(name for name, *_rest in PAGES)}
    asked = {number: (asked_by(web, browsers[name], path), places[level]) for number, (name, path, level) in enumerate(PAGES)}
    floor = bare_app(web.config["SQLALCHEMY_DATABASE_URI"], asked).test_client()
    # As the service does after its start (`app/web/gunicorn.py`).
    gc.collect()
    gc.freeze()
    lines, keeps = [], True
    for number, (name, path, _level) in enumerate(PAGES):
        statements = asked[number][0].statements
        (bare, _most), (ours, ours_95) = timed(lambda number=number: floor.get(f"/{number}"), lambda name=name, path=path: browsers[name].get(path), runs=RUNS)  # type: ignore[misc]
        lines.append(f"| {path} | {statements} | {bare:.1f} | {ours:.1f} | {ours_95:.1f} | {ours / bare:.1f} |")
        keeps = keeps and statements <= MOST_STATEMENTS and ours / bare <= MOST
    return lines, keeps
