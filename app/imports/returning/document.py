"""Findings as a document for programs that send files: each with its place, its code, and both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from app.imports.mapping.findings import Finding
from app.imports.mapping.texts import CURES
from app.imports.profiling.telling import in_both
from app.imports.reading.labels import SENTENCES
from app.imports.reading.messages import Trouble
from app.imports.returning.marks import STANDINGS, column_name
from app.imports.specification.rules import TEXTS


@lru_cache(maxsize=256)
def _reading_sentences(code: str) -> tuple[dict[str, str], dict[str, str]]:
    return in_both(SENTENCES[code].reason), in_both(SENTENCES[code].cure)


@lru_cache(maxsize=256)
def _mapping_sentences(code: str) -> tuple[dict[str, str], dict[str, str]]:
    return in_both(TEXTS[code]), in_both(CURES[code])


def document_of(trouble: Trouble, file: str) -> dict[str, Any]:
    """Give a finding of reading. The value is not given: it is personal, and the sender has it."""
    reason, cure = _reading_sentences(trouble.code)
    return {
        "file": file, "sheet": trouble.sheet, "row": trouble.row, "column": column_name(trouble), "tier": trouble.tier.value, "code": trouble.code,
        "reason": dict(reason), "cure": dict(cure),
    }  # fmt: skip


def documents_of(findings: Iterable[Finding], file: str, sheet: str, row: int) -> Iterator[dict[str, Any]]:
    """Give what a mapping found in a row; a rule that is not in force yet is not told."""
    for one in findings:
        if one.tier in STANDINGS:
            reason, cure = _mapping_sentences(one.reason)
            yield {
                "file": file, "sheet": sheet, "row": row, "column": one.column, "tier": STANDINGS[one.tier], "code": one.reason,
                "reason": dict(reason), "cure": dict(cure),
            }  # fmt: skip
