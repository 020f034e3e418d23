"""What is said of a table, in both languages; nothing rests on a figure that is hidden, and nothing is divided by nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.catalogue.indicator import Measure
from app.reports.charts.finding import finding_of
from app.reports.charts.picture import picture_of
from app.reports.figures import Figure, Table
from app.web.language import speaking
from tests.support.out_figures import figure_of, table_of

QUARTERS = ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")


def said(app: Flask, table: Table, language: str = "fi", own: str | None = None) -> str:
    with app.app_context(), speaking(language):
        return finding_of(table, language, own).replace("\u00a0", " ")


def in_time(*numbers: int | None, measure: Measure = Measure.COUNT, **values: Any) -> Table:
    periods = QUARTERS[-len(numbers) :]
    figures = [figure_of("092", name, number=number, **values) for name, number in zip(periods, numbers, strict=True)]
    return table_of(figures, measure=measure, periods=periods, area="092")


def by_gender(*numbers: int | None, measure: Measure = Measure.COUNT, of: int | None = None) -> Table:
    figures = [figure_of("092", "2026Q3", code, number=number, of=of) for code, number in zip(("1", "2", "9"), numbers, strict=False)]
    return table_of(figures, measure=measure, by=("GENDER",), area="092")


TIME = [
    (in_time(100, 90, 80, 110, 121), "Luku kaudella heinä–syyskuu 2026 on 121. Se on 11 (10 %) enemmän kuin edellisellä kaudella (110). "
     "Se on 21 (21 %) enemmän kuin vuotta aiemmin (100)."),
    (in_time(12, 9), "Luku kaudella heinä–syyskuu 2026 on 9. Se on 3 vähemmän kuin edellisellä kaudella (12)."),
    (in_time(9, 9), "Luku kaudella heinä–syyskuu 2026 on 9. Se on sama kuin edellisellä kaudella."),
    (in_time(None, 9), "Luku kaudella heinä–syyskuu 2026 on 9. Sitä ei voi verrata edelliseen kauteen, jonka lukua ei näytetä."),
    (in_time(9, None), "Kauden heinä–syyskuu 2026 lukua ei näytetä, jottei ketään voi tunnistaa siitä."),
    (in_time(None, None), "Yhtään lukua ei näytetä, jottei ketään voi tunnistaa niistä."),
    (in_time(40, 50, measure=Measure.SHARE, of=100), "Luku kaudella heinä–syyskuu 2026 on 50 %. Se on 10 prosenttiyksikköä enemmän kuin edellisellä kaudella (40 %)."),
    (in_time(4, 5, measure=Measure.SPREAD, median=9), "Mediaani kaudella heinä–syyskuu 2026 on 9 päivää. "
     "Se perustuu harvoihin tapauksiin, joita on 5. Se on sama kuin edellisellä kaudella."),
]  # fmt: skip


@pytest.mark.parametrize(("table", "text"), TIME)
def test_the_latest_figure_is_told_with_what_it_is_compared_with(sqlite_app: Flask, table: Table, text: str) -> None:
    assert said(sqlite_app, table) == text


GROUPS = [
    (by_gender(30, 60, 10), "Den största gruppen är kvinna: 60, vilket är 60 % av alla. Gruppen är okänd för 10 %."),
    (by_gender(30, 60, None), "Den största grupp som visas är kvinna: 60. 1 tal visas inte, så att ingen kan kännas igen genom det."),
    (by_gender(3, 6, 1), "Grupperna kan inte jämföras, eftersom det finns för få att räkna."),
    (by_gender(30, 30), "Grupperna är lika stora: 30 i varje."),
    (by_gender(0, 0), "Det fanns inget att räkna och därför inget att jämföra."),
    (by_gender(20, 30, measure=Measure.SHARE, of=100), "Störst är kvinna: 30 %. Minst är man: 20 %."),
    (by_gender(2, 3, measure=Measure.SHARE, of=10), "Grupperna är för små för att jämföras."),
]  # fmt: skip


@pytest.mark.parametrize(("table", "text"), GROUPS)
def test_groups_are_told_by_the_largest_of_them(sqlite_app: Flask, table: Table, text: str) -> None:
    assert said(sqlite_app, table, "sv") == text


def test_the_own_area_is_told_beside_the_others(sqlite_app: Flask) -> None:
    areas = [figure_of(code, "2026Q3", number=number) for code, number in (("049", 70), ("091", 200), ("092", 90), ("235", None))]
    text = said(sqlite_app, table_of(areas), "fi", "092")
    assert text == ("Suurin näytetyistä alueista on Helsinki: 200. Näytettyjen alueiden mediaani on 90. Vantaa: 90, mikä on 2. suurin 3 näytetystä alueesta. "
                    "1 luku on jätetty näyttämättä, jottei ketään voi tunnistaa siitä.")  # fmt: skip
    assert "Kauniainen: lukua ei näytetä." in said(sqlite_app, table_of(areas), "fi", "235")


def test_a_period_that_is_not_closed_is_told(sqlite_app: Flask) -> None:
    table = table_of([figure_of("092", "2026Q3", number=30)], area="092", open_periods=["2026Q3"])
    assert said(sqlite_app, table, "sv") == "Talet för perioden juli–september 2026 är 30. Perioden har inte stängts, så talen kan ändras."


def figures_of(numbers: Sequence[int | None], by: tuple[str, ...], of: int) -> list[Figure]:
    ages = ("0-6", "7-17", "18-24", "25-34", "UNKNOWN")
    if by:
        return [
            figure_of("092", "2026Q3", age, number=number, of=of, median=5 if number else None)
            for age, number in zip(ages, numbers, strict=True)
        ]
    return [
        figure_of("092", name, number=number, of=of, median=5 if number else None)
        for name, number in zip(QUARTERS, numbers, strict=True)
    ]


NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=5, max_size=5)


@settings(max_examples=150, deadline=None)
@given(
    numbers=NUMBERS,
    measure=st.sampled_from(Measure),
    by=st.sampled_from([(), ("AGE_GROUP",)]),
    of=st.sampled_from([0, 3, 400]),
    language=st.sampled_from(["fi", "sv"]),
)
def test_whatever_the_figures_something_is_said_and_nothing_of_what_is_hidden(numbers: list[int | None], measure: Measure, by: tuple[str, ...], of: int,
                                                                              language: str, sqlite_app: Flask) -> None:  # fmt: skip
    table = table_of(figures_of(numbers, by, of), measure=measure, by=by, periods=("2026Q3",) if by else QUARTERS, area="092")
    text = said(sqlite_app, table, language)
    assert text.endswith(".") and "%(" not in text
    if measure is Measure.COUNT and by and None in numbers:
        # A share of the whole would give what is hidden away to whoever knows the whole.
        assert "%" not in text
        # Each number said is one that is shown, the number of those that are not, or part of a label.
        labels = re.sub(r"\d+–\d+|\d+ tal|\d+ luku|2026", "", text)
        assert {int(found) for found in re.findall(r"\d+", labels)} <= {number for number in numbers if number is not None}


@settings(max_examples=60, deadline=None)
@given(numbers=NUMBERS, measure=st.sampled_from(Measure), of=st.sampled_from([0, 400]))
def test_a_picture_holds_no_number_of_a_hidden_mark_and_its_axis_reaches_all(
    numbers: list[int | None], measure: Measure, of: int, sqlite_app: Flask
) -> None:
    with sqlite_app.app_context(), speaking("fi"):
        picture = picture_of(table_of(figures_of(numbers, (), of), measure=measure, periods=QUARTERS, area="092"), "fi")
    assert all(mark.value is None and mark.text == "ei näytetä" for mark in picture.marks if mark.is_hidden)
    assert [mark.is_hidden for mark in picture.marks] == [number is None for number in numbers]
    assert picture.most > 0 and all((mark.value or 0) <= picture.most + 1e-6 for mark in picture.marks) and 2 <= len(picture.axis) <= 6
