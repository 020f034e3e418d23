"""The generated tables are as the code would write them now, and each package names its licence."""

from __future__ import annotations

import pytest

from docs.generate import TABLES, TEXTS, third_party


@pytest.mark.parametrize("name", TEXTS)
def test_the_table_is_up_to_date(name: str) -> None:
    assert (TABLES / name).read_text(encoding="utf-8") == TEXTS[name](), "run `make docs`"


def test_every_package_names_its_licence() -> None:
    rows = [line.split(" | ") for line in third_party().splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 40
    assert [row[0] for row in rows if not row[2].strip()] == []
