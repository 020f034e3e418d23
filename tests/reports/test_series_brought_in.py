"""Figures of other registers come in whole or not at all, and what stops them is told row by row in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import delete, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.codes.areas import reference_organisations
from app.db.base import db
from app.reports.areas import Level
from app.reports.catalogue.indicator import Audience
from app.reports.figures import NotForViewerError, Question, Viewer
from app.reports.figures import figures as gate
from app.reports.models import ReportSeries
from app.reports.series.bringing import Brought, bring_series
from app.reports.series.labels import SENTENCES
from app.reports.many import many
from app.reports.series.queries import SeriesFigure, series_figures
from app.reports.series.rows import MOST_BYTES
from tests.reports.oracle.register import Row
from app.reports.values import value_of
from tests.support.app import counted_statements


HEADER = "indicator;period;level;area;breakdown;value;figure\n"
SOURCE = "Tilastokeskus, työssäkäynti 115b"


@pytest.fixture
def bring(empty_app: Flask) -> Iterator[Any]:
    with empty_app.app_context(), system_scope():

        def brought(text: str | bytes, source: str = SOURCE, **beside: str) -> Brought:
            return bring_series(db.session, text.encode() if isinstance(text, str) else text, source, **beside)

        yield brought
        db.session.rollback()
        db.session.execute(delete(ReportSeries))
        db.session.commit()


def figures(indicator: str, level: Level = Level.COUNTRY, area: str | None = None, by: tuple[str, ...] = (), *periods: str) -> list[SeriesFigure]:
    return series_figures(db.session, Question(indicator, level, periods or ("2026", "2025"), area, by))


def values(found: list[SeriesFigure]) -> list[tuple[str, str, tuple[str, ...], float]]:
    return [(one.area, one.period, one.values, one.value) for one in found]


def codes(brought: Brought) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in brought.findings]


def test_a_table_comes_in_with_its_source(bring: Any) -> None:
    rows = "I63;2026;COUNTRY;FI;;;61,5\nI63;2026;municipality;KU091;;;70\nI63;2026;COUNTRY;SSS;GENDER;2;..\nI63;2026;national;FI;GENDER;1;64.25\n"
    assert bring("\ufeff" + HEADER + rows) == Brought(3, 1, ())
    found = figures("I63")
    assert values(found) == [("FI", "2026", (), 0.615)] and found[0].source == SOURCE
    assert values(figures("I63", Level.MUNICIPALITY, "091")) == [("091", "2026", (), 0.7)]
    assert values(figures("I63", by=("GENDER",))) == [("FI", "2026", ("1",), 0.6425)]
    assert figures("I63", Level.MUNICIPALITY, "092") == [] == figures("I64")


def test_numbers_euros_and_days_are_as_they_are_told(bring: Any) -> None:
    rows = "I73,2026,COUNTRY,FI,,,1 234\nI74,2026,COUNTRY,FI,,,2741.50\nI71,2026,REGION,01,,,45.5\n"
    region = next(iter(sorted(set(_regions()))))
    assert bring(HEADER.replace(";", ",") + rows.replace("REGION,01", f"REGION,{region}")).findings == ()
    assert [figures(name)[0].value for name in ("I73", "I74")] == [1234.0, 2741.5]
    assert values(figures("I71", Level.REGION)) == [(region, "2026", (), 45.5)]


def _regions() -> list[str]:
    return [row.code for row in reference_organisations() if row.kind == "ECONOMIC_DEVELOPMENT_CENTRE"]


def test_a_later_file_takes_the_place_of_the_same_indicator_and_period_only(bring: Any) -> None:
    bring(HEADER + "I63;2025;COUNTRY;FI;;;60\nI63;2026;COUNTRY;FI;;;61\nI63;2026;MUNICIPALITY;091;;;62\nI65;2026;COUNTRY;FI;;;20\n")
    bring(HEADER + "I63;2026;COUNTRY;FI;;;63\n", "toinen lähde")
    assert values(figures("I63")) == [("FI", "2025", (), 0.6), ("FI", "2026", (), 0.63)]
    assert [one.source for one in figures("I63")] == [SOURCE, "toinen lähde"]
    assert figures("I63", Level.MUNICIPALITY) == [] and len(figures("I65")) == 1


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("I63;2026;COUNTRY;FI;;;", []),
        ("I999;2026;COUNTRY;FI;;;1", [("indicator", "INDICATOR")]),
        ("I40;2026;COUNTRY;FI;;;1", [("indicator", "OURS")]),
        ("I63;2026Q5;COUNTRY;FI;;;1", [("period", "PERIOD")]),
        ("I63;2026;PROVINCE;FI;;;1", [("level", "LEVEL")]),
        ("I63;2026;MUNICIPALITY;FI;;;1", [("area", "AREA")]),
        ("I63;2026;COUNTRY;091;;;1", [("area", "AREA")]),
        ("I63;2026;COUNTRY;FI;EDUCATION;2;1", [("breakdown", "BREAKDOWN")]),
        ("I63;2026;COUNTRY;FI;GENDER;X;1", [("value", "VALUE")]),
        ("I63;2026;COUNTRY;FI;GENDER;;1", [("value", "VALUE")]),
        ("I63;2026;COUNTRY;FI;;1;1", [("value", "VALUE")]),
        ("I63;2026;COUNTRY;FI;;;100,1", [("figure", "SHARE")]),
        ("I63;2026;COUNTRY;FI;;;-1", [("figure", "NEGATIVE")]),
        ("I73;2026;COUNTRY;FI;;;1,5", [("figure", "WHOLE")]),
        *((f"I73;2026;COUNTRY;FI;;;{bad}", [("figure", "FIGURE")]) for bad in ("x", "NaN", "Infinity", "1e400", "1e-400", "-", "１２", "9" * 20)),
        (";;;;;;", [("", "EMPTY")]),
        ("I63;;COUNTRY;;;;1", [("period", "MISSING"), ("area", "MISSING")]),
        ("I63;2026;COUNTRY;FI;;;1;2", [("indicator", "MISSING"), ("period", "MISSING"), ("level", "MISSING"), ("area", "MISSING")]),
        ("I999;x;PROVINCE;?;;;1", [("indicator", "INDICATOR")]),
        ("I63;x;PROVINCE;?;?;?;x", [("period", "PERIOD"), ("level", "LEVEL"), ("breakdown", "BREAKDOWN"), ("figure", "FIGURE")]),
    ],
)  # fmt: skip
def test_each_row_is_checked(bring: Any, row: str, found: list[tuple[str, str]]) -> None:
    assert [(column, code) for _row, column, code in codes(bring(HEADER + row + "\n"))] == found


def test_nothing_comes_in_when_one_row_is_wrong(bring: Any) -> None:
    bring(HEADER + "I63;2026;COUNTRY;FI;;;60\n")
    wrong = bring(HEADER + "I63;2026;COUNTRY;FI;;;61\n\nI63;2026;COUNTRY;SSS;;;62\nI63;2026;COUNTRY;XX;;;1\n")
    assert codes(wrong) == [(4, "figure", "TWICE"), (5, "area", "AREA")] and wrong.figures == 0
    assert values(figures("I63")) == [("FI", "2026", (), 0.6)]


@pytest.mark.parametrize(
    ("content", "column", "code"),
    [
        (b"\xff\xfe\x00", "", "NOT_TEXT"), (b"", "area", "COLUMN_MISSING"), (b"indicator;period;level;area\n", "figure", "COLUMN_MISSING"),
        (b"area;figure;area\n", "area", "COLUMN_TWICE"), (b"area;figure;alue\n", "alue", "COLUMN"), (b'area;figure\n"1;2\n', "", "NOT_A_TABLE"),
        (HEADER.encode(), "", "EMPTY"), (b"x" * (MOST_BYTES + 1), "", "TOO_LARGE"), (b"{", "", "NOT_JSON_STAT"), (b'{"class": "collection"}', "", "NOT_JSON_STAT"),
        (b"{" * 100_000, "", "NOT_JSON_STAT"), (b"area;figure\n" + b"1;2\n" * 200_001, "", "TOO_MANY"),
        (b'{"class": "dataset", "id": ["a"], "size": [2], "dimension": {"a": {"category": {"index": ["x"]}}}, "value": [1, 2]}', "", "NOT_JSON_STAT"),
        (b'{"class": "dataset", "id": ["a"], "size": [1], "dimension": {"a": {"category": {"index": ["x"]}}}, "value": [1, 2]}', "value", "NOT_JSON_STAT"),
        (b'{"class": "dataset", "id": ["a"], "size": ["x"], "dimension": {}, "value": []}', "", "NOT_JSON_STAT"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_as_a_whole(bring: Any, content: bytes, column: str, code: str) -> None:
    found = codes(bring(content))
    assert [(one[1], one[2]) for one in found][-1:] == [(column, code)] and (found[0][0] == 0 or code == "TOO_MANY")


@pytest.mark.parametrize("source", ["", "  ", "x" * 201])
def test_figures_without_a_source_stay_out(bring: Any, source: str) -> None:
    assert codes(bring(HEADER + "I63;2026;COUNTRY;FI;;;61\n", source)) == [(0, "source", "SOURCE")] and figures("I63") == []


def dataset(**changes: Any) -> str:
    """Give a table as statistical offices publish them: their own names of dimensions, with roles."""
    made = {
        "version": "2.0", "class": "dataset", "id": ["Vuosi", "Alue", "GENDER", "Tiedot"], "size": [2, 1, 2, 1],
        "role": {"time": ["Vuosi"], "geo": ["Alue"], "metric": ["Tiedot"]},
        "dimension": {
            "Vuosi": {"category": {"index": {"2026": 1, "2025": 0}}}, "Alue": {"category": {"index": ["SSS"]}},
            "GENDER": {"category": {"index": ["1", "2"]}}, "Tiedot": {"category": {"label": {"aste": "Työllisyysaste"}}},
        },
        "value": [70.1, None, 71, 65.25],
    }  # fmt: skip
    return json.dumps({**made, **changes})


def test_a_json_stat_table_comes_in_by_the_order_of_its_codes(bring: Any) -> None:
    assert bring(dataset(), indicator="I63", level="COUNTRY") == Brought(3, 1, ())
    assert values(figures("I63", by=("GENDER",))) == [
        ("FI", "2025", ("1",), 0.701), ("FI", "2026", ("1",), 0.71), ("FI", "2026", ("2",), 0.6525),
    ]  # fmt: skip


def test_a_json_stat_table_of_few_values_leaves_the_others_out(bring: Any) -> None:
    assert bring(dataset(value={"3": 65.25}), indicator="I63", level="COUNTRY") == Brought(1, 3, ())
    assert values(figures("I63", by=("GENDER",))) == [("FI", "2026", ("2",), 0.6525)]


def test_a_json_stat_table_by_two_breakdowns_is_refused(bring: Any) -> None:
    two = dataset(id=["Vuosi", "Tiedot", "GENDER", "Alue"], role={"time": ["Vuosi"]}, size=[2, 1, 2, 2],
                  dimension={**json.loads(dataset())["dimension"], "Alue": {"category": {"index": ["1", "2"]}}}, value=[1] * 8)  # fmt: skip
    assert codes(bring(two, indicator="I63", level="COUNTRY")) == [(0, "Alue", "BREAKDOWNS")]


def test_what_came_in_is_in_the_log_once_for_each_indicator(bring: Any) -> None:
    def events() -> list[Row]:
        wanted = select(AuditEvent.criteria, AuditEvent.hits, AuditEvent.purpose).where(AuditEvent.name == "report_series:brought_in")
        return [dict(row._mapping) for row in db.session.execute(wanted)]

    before = len(events())
    bring(HEADER + "I63;2026;COUNTRY;FI;;;61\nI63;2025;COUNTRY;FI;;;61\nI65;2026;COUNTRY;FI;;;20\n")
    bring(HEADER + "I63;2026;COUNTRY;FI;;;x\n")
    new = sorted(events()[before:], key=lambda row: row["hits"])
    assert [row["criteria"] for row in new] == ["indicator:I65,period:2026", "indicator:I63,period:2025,period:2026"]
    assert [row["hits"] for row in new] == [1, 2] and {row["purpose"] for row in new} == {"STATISTICS"}


def run(app: Flask, path: Path, text: str, *more: str) -> Any:
    path.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["reports", "series", str(path), *more])


def test_the_command_tells_what_came_in_and_what_is_wrong(empty_app: Flask, bring: Any, tmp_path: Path) -> None:
    file = tmp_path / "sarja.csv"
    done = run(empty_app, file, "area;figure\nFI;61\n", "--source", SOURCE, "--indicator", "I63", "--period", "2026", "--level", "national", "--json")
    assert done.exit_code == 0 and json.loads(done.output) == {"ok": True, "figures": 1, "left_out": 0, "findings": []}
    wrong = run(empty_app, file, HEADER + "I40;2026;COUNTRY;FI;;;61\n", "--source", SOURCE, "--json")
    finding = json.loads(wrong.output)["findings"][0]
    assert wrong.exit_code == 1 and (finding["row"], finding["column"], finding["code"]) == (2, "indicator", "OURS")
    assert "I40" in finding["reason"]["fi"] and "I40" in finding["reason"]["sv"] and finding["reason"]["fi"] != finding["reason"]["sv"]
    assert run(empty_app, file, "", "--json").exit_code == 2
    plain = run(empty_app, file, HEADER + "I63;2026;COUNTRY;XX;;;61\n", "--source", SOURCE)
    assert plain.exit_code == 1 and "FI" in plain.output


def test_every_sentence_is_used() -> None:
    given = "".join(path.read_text(encoding="utf-8") for path in Path("app/reports/series").glob("*.py") if path.name != "labels.py")
    assert [code for code in SENTENCES if f'"{code}"' not in given] == []


def test_the_gate_tells_what_came_in_to_whom_it_is_for(bring: Any) -> None:
    bring(HEADER + "I63;2026;COUNTRY;FI;;;61,5\nI63;2025;COUNTRY;FI;;;60\nI64;2026;COUNTRY;FI;;;12\nI63;2026;REGION;01;;;70\n")
    asked = [Question("I63", Level.COUNTRY, ("2026", "2025"), "FI"), Question("I63", Level.REGION, ("2026",)), Question("I64", Level.COUNTRY, ("2025",), "FI")]
    viewer = Viewer(Audience.PUBLIC)
    one_by_one = [gate(db.session, viewer, question) for question in asked]
    with counted_statements(current_app) as sent:
        assert many(db.session, viewer, asked) == one_by_one
    assert len([one for one in sent if one.startswith("SELECT")]) == 1
    told = [[(one.area, one.period, value_of(table.indicator, one)) for one in table.figures] for table in one_by_one]
    assert told == [[("FI", "2025", 0.6), ("FI", "2026", 0.615)], [("01", "2026", 0.7)], []]
    assert one_by_one[0].sources == (SOURCE,) and one_by_one[2].sources == ()
    with pytest.raises(NotForViewerError):
        gate(db.session, Viewer(Audience.WORKER), asked[0])
