"""Every file of the corpus: no crash, no half read, and each finding where it is, with a reason and a cure in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from app.imports.reading.choices import Choices
from app.imports.reading.codes import TIERS, Tier
from app.imports.reading.labels import SENTENCES
from app.imports.reading.limits import Limits
from app.imports.reading.messages import End, Message, Row, Sheet, Trouble
from app.imports.reading.reader import read
from app.texts.catalogue import load
from tests.imports.corpus.case import Case
from tests.imports.corpus.cases import CASES

# What the corpus cannot hold: databases, and a parser that stops in a way nobody has found yet.
ELSEWHERE = {"BINARY_VALUE", "DB_DRIVER", "DB_QUERY", "DB_UNREACHABLE", "READER_STOPPED", "TOO_SLOW", "DUPLICATE_ENTRY"}


@pytest.fixture(scope="module")
def catalogues() -> list[Catalog]:
    return [load("fi"), load("sv")]


def read_case(case: Case, folder: Path) -> list[Message]:
    path = folder / case.name
    path.write_bytes(case.content())
    return list(read(path, choices=Choices(**case.choices), limits=Limits(**case.limits)))


def found_in(messages: list[Message]) -> set[str]:
    return {f"{one.code} {one.row} {one.column}" for one in messages if isinstance(one, Trouble)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.group}/{case.name}")
def test_each_file_ends_as_it_must(case: Case, tmp_path: Path, catalogues: list[Catalog]) -> None:
    messages = read_case(case, tmp_path)
    troubles = [one for one in messages if isinstance(one, Trouble)]
    many = {one.split()[0] for one in case.found if one.endswith("*")}
    assert {one for one in found_in(messages) if one.split()[0] not in many} | {f"{code} *" for code in many} == set(case.found)
    end = messages[-1]
    assert isinstance(end, End) and end.complete == (case.rows is not None)
    if case.rows is None:
        # Nothing of a stopped file comes after the finding that stopped it.
        assert [one.tier for one in troubles].count(Tier.FILE) == 1 and isinstance(messages[-2], Trouble) and messages[-2].tier is Tier.FILE
    else:
        rows = [one for one in messages if isinstance(one, Row)]
        assert len(rows) == case.rows == end.rows - end.stopped_rows and Tier.FILE not in {one.tier for one in troubles}
        widths = {one.number: len(one.columns) for one in messages if isinstance(one, Sheet)}
        assert all(len(row.cells) == widths[row.sheet] for row in rows)
        assert set(case.holds) <= {str(cell) for row in rows for cell in row.cells}
    if case.columns:
        assert [one for one in messages if isinstance(one, Sheet)][-1].columns == case.columns
    for trouble in troubles:
        for text in SENTENCES[trouble.code]:
            assert all(catalogue.get(str(text)).string for catalogue in catalogues)  # type: ignore[union-attr]


def test_the_corpus_is_whole() -> None:
    assert len(CASES) >= 60 and len({case.group for case in CASES}) >= 12
    assert set(SENTENCES) == set(TIERS)
    assert {one.split()[0] for case in CASES for one in case.found} == set(TIERS) - ELSEWHERE


def test_files_are_made_the_same_every_time() -> None:
    small = [case for case in CASES if case.group in ("headers", "types", "formulas", "archives", "truncated")]
    assert len(small) > 25 and [case.name for case in small if case.content() != case.content()] == []
