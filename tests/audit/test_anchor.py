"""The file outside the database: added to by one at a time, whole after a crash, begun anew with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.audit.anchor import Anchor, AnchorError

ON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def digest(number: int) -> str:
    return f"{number:064x}"


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    found = Anchor(tmp_path / "anchor")
    found.begin(ON)
    found.go_on(None, [(number, digest(number)) for number in (1, 2, 3)])
    return found


def test_it_gives_what_was_added_and_is_for_its_owner_only(anchor: Anchor) -> None:
    assert list(anchor.history()) == [(number, digest(number)) for number in (1, 2, 3)]
    assert anchor.last() == (3, digest(3)) and anchor.path.stat().st_mode & 0o077 == 0


def test_beginning_it_again_changes_nothing(anchor: Anchor) -> None:
    before = anchor.path.read_bytes()
    anchor.begin(ON)
    assert anchor.path.read_bytes() == before


def test_what_another_process_added_already_is_not_added_twice(anchor: Anchor) -> None:
    seals = [(number, digest(number)) for number in range(1, 200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda end: anchor.go_on((3, digest(3)), seals[:end]), range(4, 200, 5)))
    assert list(anchor.history()) == seals


def test_another_history_is_not_gone_on_with(anchor: Anchor) -> None:
    with pytest.raises(AnchorError):
        anchor.go_on((3, digest(33)), [(4, digest(4))])
    assert anchor.last() == (3, digest(3))


def test_a_line_that_a_crash_cut_short_is_written_again(anchor: Anchor) -> None:
    with anchor.path.open("ab") as file:
        file.write(b"4 000000")
    assert anchor.last() == (3, digest(3))
    anchor.go_on((3, digest(3)), [(4, digest(4)), (5, digest(5))])
    assert [number for number, _hash in anchor.history()] == [1, 2, 3, 4, 5]


def test_a_restart_parts_two_histories_and_keeps_the_old_one(anchor: Anchor) -> None:
    anchor.restart(ON, "palautus varmuuskopiosta\nrivi 2 " + "x" * 2000, (2, digest(22)))
    anchor.go_on((2, digest(22)), [(3, digest(33))])
    assert list(anchor.history()) == [(2, digest(22)), (3, digest(33))]
    assert anchor.restarts() == 1 and anchor.path.read_text().count(digest(3)) == 1
    anchor.restart(ON, "tyhjä kanta", None)
    assert anchor.last() is None and list(anchor.history()) == [] and anchor.restarts() == 2
    assert max(len(line) for line in anchor.path.read_text().splitlines()) <= 1000


def test_a_history_ends_where_the_file_ended_when_it_was_asked_for(anchor: Anchor) -> None:
    history = anchor.history()
    first = next(history)
    anchor.go_on((3, digest(3)), [(4, digest(4))])
    assert [first, *history] == [(number, digest(number)) for number in (1, 2, 3)]
