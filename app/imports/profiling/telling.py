"""Findings and suspicions as documents with their sentences in both languages."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString, force_locale

from app.imports.profiling.labels import SUSPICIONS
from app.imports.reading.labels import SENTENCES
from app.imports.reading.messages import Trouble

LANGUAGES = ("fi", "sv")


def in_both(text: LazyString) -> dict[str, str]:
    """Give a text in Finnish and in Swedish."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = str(text)
    return found


def trouble_document(trouble: Trouble) -> dict[str, Any]:
    """Give a finding of reading. The value is not given: a profile shows no personal data whole."""
    sentence = SENTENCES[trouble.code]
    return {
        "code": trouble.code, "tier": trouble.tier.value, "sheet": trouble.sheet, "row": trouble.row, "column": trouble.column,
        "column_name": trouble.column_name, "reason": in_both(sentence.reason), "cure": in_both(sentence.cure),
    }  # fmt: skip


def with_reasons(document: dict[str, Any]) -> dict[str, Any]:
    """Add to the suspicions of a profile what they mean."""
    for sheet in document["sheets"]:
        for column in sheet["columns"]:
            for suspicion in column["suspicions"]:
                suspicion["reason"] = in_both(SUSPICIONS[suspicion["code"]])
    return document
