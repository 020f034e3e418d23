"""What a check of the records declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that must never be: who in the organisation sets it right, what it is, and the statement that counts it.

    `rows` gives a statement of one column, the organisation of each row that breaks it, as of a day. `place` is the endpoint of the list
    where it is mended.
    """

    key: str
    owner: str
    fi: str
    sv: str
    rows: Callable[[date], Select[Any]]
    place: str = "ClientView"

    def text(self, language: str) -> str:
        """Give what is wrong in fi or sv."""
        return self.sv if language == "sv" else self.fi
