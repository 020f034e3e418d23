"""Which municipalities are like one another."""

from __future__ import annotations

import pytest

from app.reports.similar import Place, are_alike, places, similar_to


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ((5_000, 10.0), (9_999, 20.0), True), ((5_000, 10.0), (9_999, 20.1), False), ((5_000, 10.0), (10_000, 10.0), False), ((4_999, 10.0), (5_000, 10.0), False),
        # A small share is alike within two points, though it is many times as large.
        ((3_000, 0.5), (3_000, 2.5), True), ((3_000, 0.5), (3_000, 2.6), False), ((300_000, 20.0), (600_000, 25.0), True),
    ],
)  # fmt: skip
def test_size_and_share_decide(one: tuple[int, float], other: tuple[int, float], alike: bool) -> None:
    first, second = Place("1", *one), Place("2", *other)
    assert are_alike(first, second) is are_alike(second, first) is alike


def test_the_largest_cities_are_like_one_another() -> None:
    assert similar_to("092") == {"049", "091"}


def test_likeness_goes_both_ways_and_never_to_itself() -> None:
    assert len(places()) > 300
    for code in places():
        assert code not in similar_to(code) and all(code in similar_to(other) for other in similar_to(code))


def test_an_unknown_place_has_no_likes() -> None:
    assert similar_to("999") == frozenset()
