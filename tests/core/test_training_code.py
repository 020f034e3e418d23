"""The code of a certificate is the one that was signed, or it is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.training_code import BadCodeError, Training, person_mark, public_key_of, read_code, write_code

KEY = "1f" * 32
SAID = Training("MIGRATION", "0123456789abcdef", person_mark("Aino", "Aarnio"), date(2026, 11, 26))


def test_what_was_signed_is_read() -> None:
    assert read_code(write_code(SAID, KEY), public_key_of(KEY)) == SAID


@given(st.integers(0, 10_000), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_no_changed_code_is_read_otherwise(place: int, letter: str) -> None:
    code = write_code(SAID, KEY).replace("-", "")
    at = place % len(code)
    changed = code[:at] + letter + code[at + 1 :]
    try:
        assert read_code(changed, public_key_of(KEY)) == SAID
    except BadCodeError:
        assert changed != code


@given(st.text(max_size=500))
def test_no_text_of_another_kind_is_a_code(text: str) -> None:
    with pytest.raises(BadCodeError):
        read_code(text, public_key_of(KEY))


def test_a_code_of_another_key_is_none() -> None:
    with pytest.raises(BadCodeError):
        read_code(write_code(SAID, "2e" * 32), public_key_of(KEY))


def test_the_mark_of_a_person_knows_the_name_however_it_is_written() -> None:
    assert person_mark("Aino Maria", "AARNIO") == person_mark("aino", "Aarnio") != person_mark("Aino", "Aarnia")
