"""For how long access to the training environment is given, and to whom at once."""

from __future__ import annotations

from datetime import date

import pytest

from app.access.roles import ROLES_IN
from app.rights.trainees.rules import KINDS, is_of_known_domain, last_day, lengthens

TODAY = date(2026, 11, 26)


def test_the_first_day_is_one_of_the_days() -> None:
    assert last_day(TODAY, 1) == TODAY
    assert last_day(TODAY, 90) == date(2027, 2, 23)


@pytest.mark.parametrize("email, found", [
    ("a@vantaa.invalid", True), ("A@VANTAA.INVALID", True), ("a@koulu.vantaa.invalid", True),
    ("a@evantaa.invalid", False), ("a@vantaa.invalid.example", False), ("vantaa.invalid@example", False),
    ('"a@b"@vantaa.invalid', True),
])  # fmt: skip
def test_an_address_is_of_a_domain_or_of_one_under_it(email: str, found: bool) -> None:
    assert is_of_known_domain(email, ("vantaa.invalid",)) is found


@pytest.mark.parametrize("valid_to, found", [(None, False), (date(2027, 2, 22), True), (date(2027, 2, 23), False), (date(2027, 3, 1), False)])
def test_renewing_moves_the_last_day_on_or_nothing(valid_to: date | None, found: bool) -> None:
    assert lengthens(valid_to, TODAY, 90) is found


def test_everybody_who_may_hold_a_right_may_train() -> None:
    assert set(KINDS) == set(ROLES_IN)
