"""A chart is drawn once for all who see the same; who sees other figures, or other words, gets another drawing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text

from app.access.actor import system_scope
from app.codes.edition import EDITION, Edition, current_edition
from app.db.base import db
from app.db.types import now
from app.reports.areas import AsOf
from app.reports.charts import draw
from app.reports.charts.digests import digest_of_table
from app.reports.charts.draw import chart_of, charts_of
from app.reports.charts.kept import sweep
from app.reports.charts.models import ReportChart
from app.reports.charts.reading import Kind
from app.reports.figures import Table
from tests.support.app import counted_statements
from tests.support.charts import every_kind
from tests.support.out_figures import figure_of, table_of


@pytest.fixture
def drawings(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Note each picture that is really drawn."""
    with app.app_context(), system_scope():
        db.session.execute(delete(ReportChart))
        db.session.commit()
    found: list[Any] = []
    really = draw.drawn

    def noted(picture: Any) -> str:
        found.append(picture)
        return really(picture)

    monkeypatch.setattr(draw, "drawn", noted)
    yield found


def pair(*numbers: int | None) -> Table:
    return table_of(
        [figure_of("092", "2026Q3", code, number=number) for code, number in zip(("1", "2"), numbers, strict=True)],
        by=("GENDER",),
        area="092",
    )


def shown(app: Flask, table: Table, language: str = "fi") -> str:
    with app.app_context(), system_scope():
        return str(chart_of(db.session, table, language).svg)


def test_the_same_figures_are_drawn_once_and_other_figures_or_words_anew(app: Flask, drawings: list[Any]) -> None:
    first = shown(app, pair(31, 40))
    assert shown(app, pair(31, 40)) == first and len(drawings) == 1
    # The same with a cell hidden, as another viewer sees it.
    hidden = shown(app, pair(None, 40))
    assert len(drawings) == 2 and ">31<" in first and ">31<" not in hidden
    assert "kvinna" in shown(app, pair(31, 40), "sv") and len(drawings) == 3
    assert shown(app, pair(32, 40)) != first and len(drawings) == 4


def test_a_kept_chart_says_what_it_said_without_its_picture_being_put_together(app: Flask, drawings: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), system_scope():
        first = chart_of(db.session, pair(31, 44), "fi")
        monkeypatch.setattr(draw, "picture_of", None)
        assert chart_of(db.session, pair(31, 44), "fi") == first
    assert first.svg and first.finding and first.alt.startswith(first.finding)


def test_the_words_of_many_figures_are_kept_where_nothing_is_drawn(app: Flask, drawings: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_of([figure_of(f"{number:03}", "2026Q3") for number in range(30)])
    with app.app_context(), system_scope():
        first = chart_of(db.session, table, "fi")
        monkeypatch.setattr(draw, "picture_of", None)
        assert chart_of(db.session, table, "fi") == first and first.svg == "" and first.finding


def test_everything_that_a_picture_rests_on_tells_it_from_others(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pair(31, 40)
    others = [
        replace(table, figures=(table.figures[0], replace(table.figures[1], **{name: value})))
        for name, value in {"denominator": 77, "median": 5, "ninth": 9, "mean": 1.5, "value": 2.5, "values": ("9",), "period": "2026Q2", "area": "091"}.items()
    ]
    others += [replace(table, open_periods=frozenset({"2026Q3"})), replace(table, definitions={"2026Q3": 9}), replace(table, indicator=replace(table.indicator, unit="EUROS")),
               replace(table, question=replace(table.question, as_of=AsOf.THEN))]  # fmt: skip
    with app.app_context():
        digests = {digest_of_table(one, "fi", None) for one in (table, *others)} | {digest_of_table(table, "sv", None), digest_of_table(table, "fi", "092")}
        monkeypatch.setitem(app.extensions, EDITION, Edition(number=current_edition().number + 1))
        assert digest_of_table(table, "fi", None) not in digests
    assert len(digests) == len(others) + 3


def test_many_charts_are_read_by_one_statement(app: Flask, drawings: list[Any]) -> None:
    tables = [*every_kind().values()]
    with app.app_context(), system_scope():
        charts_of(db.session, tables, "fi")
        with counted_statements(app) as statements:
            assert all(chart.svg for chart in charts_of(db.session, tables, "fi"))
    assert len(drawings) == len(tables) and sum("report_chart" in one for one in statements) == 1


def test_within_a_request_it_is_kept_after_the_page_though_the_page_has_written(app: Flask, drawings: list[Any]) -> None:
    with app.test_request_context(), system_scope():
        db.session.execute(text("UPDATE report_period SET length = length"))
        chart_of(db.session, pair(33, 40), "fi")
        assert db.session.scalar(select(func.count()).select_from(ReportChart)) == 0
        db.session.rollback()
        app.process_response(app.response_class())
        assert db.session.scalar(select(func.count()).select_from(ReportChart)) == 1


def test_two_that_draw_the_same_at_once_keep_one(app: Flask, drawings: list[Any]) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _number: shown(app, pair(34, 41)), range(4)))) == 1
    with app.app_context(), system_scope():
        assert db.session.scalar(select(func.count()).select_from(ReportChart)) == 1


def test_only_the_latest_are_kept(app: Flask, drawings: list[Any]) -> None:
    with app.app_context(), system_scope():
        for age in range(5):
            db.session.add(ReportChart(digest=str(age), svg="", alt="", finding="", drawn_at=now() - timedelta(days=age)))
        db.session.flush()
        sweep(db.session, 3)
        assert sorted(db.session.scalars(select(ReportChart.digest))) == ["0", "1", "2"]
        db.session.rollback()


def test_a_single_figure_is_no_chart_and_is_told_all_the_same(app: Flask, drawings: list[Any]) -> None:
    with app.app_context(), system_scope():
        chart = chart_of(db.session, table_of([figure_of("092", "2026Q3", number=30)], area="092"), "sv")
    assert chart.svg == "" and chart.finding == "Talet för perioden juli–september 2026 är 30."
    assert Kind.NOTHING not in every_kind()
