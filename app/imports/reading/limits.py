"""How much one source may take; every limit ends as a finding, never as a crash. Why these numbers: docs/adr/0032."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024
# Small parts may be packed as well as they like: an empty sheet is.
_SMALL = 10 * MB


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Sizes in bytes, lengths in characters, times in seconds; `wall_seconds` is the waiting for the child alone, not what the caller does between."""

    file_bytes: int = 2048 * MB
    unpacked_bytes: int = 2048 * MB
    # A workbook is held in memory while it is read: about 90 bytes a cell.
    workbook_bytes: int = 512 * MB
    workbook_cells: int = 4_000_000
    # Places of the sheet's rectangle, empty ones too: 32 bytes each.
    workbook_area: int = 10_000_000
    # How many times larger than packed a large part may become.
    ratio: int = 200
    entries: int = 1000
    rows: int = 5_000_000
    columns: int = 500
    cell_characters: int = 50_000
    line_characters: int = 4_000_000
    depth: int = 12
    memory_bytes: int = 1024 * MB
    cpu_seconds: int = 600
    wall_seconds: float = 900
    # How many findings of one kind are told one by one for a sheet; the rest are counted.
    told: int = 200


def is_a_bomb(unpacked: int, packed: int, ratio: int) -> bool:
    """Tell whether a part of an archive is packed too tightly to be opened."""
    return unpacked > _SMALL and unpacked > max(packed, 1) * ratio
