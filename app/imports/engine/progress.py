"""How far a work is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` of `total` places, after a step that was kept."""

    done: int
    total: int
    is_finished: bool
