"""Headings and values as they are compared: without case, marks, signs and the seams of words written together."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.folding import folded

_SEAM = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_SIGNS = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Give words in Latin letters without marks: `Syntymä-aika *` and `SYNTYMA_AIKA` are the same."""
    return _SIGNS.sub(" ", folded(_SEAM.sub(" ", text))).strip()


def written(value: object) -> str:
    """Give a cell as text: white space off both ends, a whole number without its decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
