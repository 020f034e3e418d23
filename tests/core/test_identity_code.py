"""Identity codes: thirteen century signs, the artificial range, no birth date to come."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.identity_code import IdentityCodeError, birth_date, check_character, masked, normal_form

TODAY = date(2026, 11, 1)


def code(sign: str, born: date, individual: int = 901) -> str:
    return f"{born:%d%m%y}{sign}{individual}{check_character(born, individual)}"


@pytest.mark.parametrize("sign", "+-YXWVUABCDEF")
def test_every_century_sign_is_taken(sign: str) -> None:
    born = date(1890 if sign == "+" else 1990 if sign in "-YXWVU" else 2010, 5, 1)
    text = code(sign, born)
    assert normal_form(text.lower(), today=TODAY, artificial=True) == text
    assert birth_date(text) == born


def test_the_artificial_range_is_refused_in_production() -> None:
    with pytest.raises(IdentityCodeError):
        normal_form(code("-", date(1990, 5, 1)), today=TODAY, artificial=False)


@pytest.mark.parametrize("born", [date(2026, 11, 2), date(2099, 1, 1)])
def test_a_birth_date_to_come_is_refused(born: date) -> None:
    with pytest.raises(IdentityCodeError, match="future"):
        normal_form(code("F", born), today=TODAY, artificial=True)


@pytest.mark.parametrize("text", ["", "x", "010190-9011", "310290-901X", "010190 901K", "０10190-901K", "010190-901K\0"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(IdentityCodeError):
        normal_form(text, today=TODAY, artificial=True)


def test_the_mask_hides_the_individual_number() -> None:
    assert masked("010190-901K") == "010190-****"
