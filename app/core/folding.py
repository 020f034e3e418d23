"""Names as search sees them, in any script."""

from __future__ import annotations

from anyascii import anyascii


def folded(*parts: str | None) -> str:
    """Give names in Latin letters without marks, lower case, with single spaces."""
    return " ".join(anyascii(" ".join(part for part in parts if part)).lower().split())
