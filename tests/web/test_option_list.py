"""Options of a select as markup: every choice, the chosen one marked, and nothing that a text could smuggle in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from wtforms import Form, SelectField, SelectMultipleField

from app.web.forms import CodeField
from app.web.option_list import option_list
from tests.support.markup import Element, read

BAD = '"><script>1</script>'


def options_of(field: Any) -> list[tuple[dict[str, str], str]]:
    parts = [part for part in read(str(option_list(field))) if isinstance(part, Element) or (isinstance(part, str) and part.strip())]
    assert all(part.tag == "option" for part in parts if isinstance(part, Element) and part.tag)
    texts = [part for part in parts if isinstance(part, str)]
    begun = [part for part in parts if isinstance(part, Element) and part.values]
    return list(zip([dict(part.values) for part in begun], texts, strict=True))


@pytest.mark.parametrize("kind", [SelectField, SelectMultipleField])
def test_each_choice_is_there_and_the_chosen_ones_are_marked(kind: Any) -> None:
    class Chosen(Form):  # type: ignore[misc]
        one = kind(choices=[("a", "Yksi"), ("b", "<b>Kaksi</b>"), (BAD, BAD)], default="b" if kind is SelectField else ["b"])

    assert options_of(Chosen().one) == [({"value": "a"}, "Yksi"), ({"value": "b", "selected": ""}, "<b>Kaksi</b>"), ({"value": BAD}, BAD)]


def test_codes_are_shown_in_the_readers_language(sqlite_app: Flask) -> None:
    class Chosen(Form):  # type: ignore[misc]
        stage = CodeField(codes="PLAN_STATUS")

    with sqlite_app.test_request_context(headers={"Accept-Language": "sv"}):
        chosen = Chosen(stage="DRAFT")
        found = option_list(chosen.stage)
    assert '<option value="DRAFT" selected>utkast</option>' in found
