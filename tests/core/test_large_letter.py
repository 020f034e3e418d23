"""The first letter of a text is made large and no other is made small."""

import pytest

from app.core.letters import with_large_letter


@pytest.mark.parametrize(
    ("text", "expected"), [("opinnot Suomessa", "Opinnot Suomessa"), ("ÅNS-kurs", "ÅNS-kurs"), ("äidinkieli", "Äidinkieli"), ("", ""), ("3 kk", "3 kk")]
)
def test_only_the_first_letter_changes(text: str, expected: str) -> None:
    assert with_large_letter(text) == expected
