"""The whole corpus."""

from __future__ import annotations

from tests.imports.corpus import bad, tables, texts

CASES = [
    *texts.ENCODINGS, *texts.DELIMITERS, *texts.QUOTES, *texts.LANGUAGES, *texts.NUL, *texts.LONG,
    *tables.HEADERS, *tables.TYPES, *tables.DUPLICATES, *tables.FORMULAS,
    *bad.BOMBS, *bad.ARCHIVES, *bad.TRUNCATED, *bad.OVERSIZE, *bad.WRONG,
]  # fmt: skip
