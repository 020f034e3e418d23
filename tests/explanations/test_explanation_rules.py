"""The first broken link of the chain has a name, at the day before, on and after each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.explanations.rules import Refusal, Relation, Right, broken_link, telling_relation

ON, DAY = date(2026, 3, 15), timedelta(days=1)
RIGHT = Right(is_account_open=True, is_opened=True, is_ended=False, valid_from=ON, valid_to=ON, opens_clients=True)
RELATION = Relation(is_owner=False, purpose="PLAN_PARTICIPATION", valid_from=ON, valid_to=ON)


@pytest.mark.parametrize(
    ("right", "relation", "refusal"),
    [
        pytest.param({}, {}, None, id="§ 79.2 each link on its only day"),
        pytest.param({"valid_to": None}, {"valid_to": None}, None, id="§ 79.2 without an end"),
        pytest.param({"is_account_open": False}, {}, Refusal.ACCOUNT_CLOSED, id="closed account"),
        pytest.param({"is_opened": False}, {}, Refusal.NOT_OPENED, id="§ 80.4 not opened"),
        pytest.param({"is_ended": True}, {}, Refusal.ENDED, id="§ 81 ended"),
        pytest.param({"valid_from": ON + DAY, "valid_to": None}, {}, Refusal.NOT_BEGUN, id="begins tomorrow"),
        pytest.param({"valid_from": ON - DAY, "valid_to": ON - DAY}, {}, Refusal.OVER, id="ended yesterday"),
        pytest.param({"opens_clients": False}, {}, Refusal.ROLE_WITHOUT_CLIENTS, id="administrator sees no client"),
        pytest.param({}, {"valid_from": ON + DAY, "valid_to": None}, Refusal.RELATION_NOT_BEGUN, id="shared from tomorrow"),
        pytest.param({}, {"valid_from": ON - DAY, "valid_to": ON - DAY}, Refusal.RELATION_OVER, id="shared until yesterday"),
        pytest.param({"is_ended": True, "opens_clients": False}, {"valid_to": ON - DAY}, Refusal.ENDED, id="the right comes before the relation"),
    ],
)
def test_the_first_broken_link_is_named(right: dict[str, Any], relation: dict[str, Any], refusal: Refusal | None) -> None:
    assert broken_link(replace(RIGHT, **right), replace(RELATION, **relation), ON) is refusal


def test_without_a_relation_no_right_opens_a_client() -> None:
    assert broken_link(RIGHT, None, ON) is Refusal.NO_RELATION


def test_a_relation_in_force_is_told_of_before_a_later_one() -> None:
    coming, over = replace(RELATION, valid_from=ON + DAY, valid_to=None), replace(RELATION, valid_from=ON - DAY * 9, valid_to=ON - DAY)
    assert telling_relation([over, RELATION, coming], ON) == RELATION
    assert telling_relation([over, coming], ON) == coming
    assert telling_relation([], ON) is None
