"""Yes and no in Finnish, Swedish and English."""

from __future__ import annotations

from app.imports.mapping.wording import plain, written

YES = frozenset({"kylla", "k", "on", "ja", "j", "yes", "y", "true", "t", "1", "x", "tosi", "joo", "sant"})
NO = frozenset({"ei", "e", "nej", "n", "no", "false", "f", "0", "epatosi", "falskt"})


def truth(value: object) -> bool | None:
    """Read yes or no, None when it is neither."""
    if isinstance(value, bool):
        return value
    text = plain(written(value))
    return True if text in YES else False if text in NO else None
