"""What one column holds, gathered row by row in memory that does not grow with the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.imports.profiling.shapes import date_form, mask, type_of
from app.imports.profiling.suspicions import suspicions
from app.imports.reading.messages import Cell

_SAMPLES = 5
_ROWS = 5
_COMMON = 200
_MIXED_FROM = 0.02


@dataclass
class Suspicion:
    """How often something was met, and in which rows first."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def meet(self, row: int) -> None:
        self.count += 1
        if len(self.rows) < _ROWS:
            self.rows.append(row)


class Column:
    """Takes the cells of a column; `common` counts whole values for the mapping of codes, while they are few, and leaves no document."""

    def __init__(self, name: str, most_distinct: int, in_spreadsheet: bool) -> None:
        self.name, self.most_distinct, self.in_spreadsheet = name, most_distinct, in_spreadsheet
        self.rows = self.filled = self.longest = 0
        self.types: Counter[str] = Counter()
        self.date_forms: Counter[str] = Counter()
        self.samples: dict[str, None] = {}
        self.seen: set[int] = set()
        self.common: Counter[Cell] | None = Counter()
        self.found: dict[str, Suspicion] = {}
        self._first_of: dict[str, int] = {}
        self._cases: dict[str, str] = {}

    def add(self, row: int, value: Cell) -> None:
        """Take the cell of a row."""
        self.rows += 1
        if value is None:
            return
        self.filled += 1
        kind = type_of(value)
        self.types[kind] += 1
        self._first_of.setdefault(kind, row)
        self.longest = max(self.longest, len(str(value)))
        if kind == "date":
            form = date_form(value) or "?"
            self.date_forms[form] += 1
            self._first_of.setdefault(form, row)
        if len(self.samples) < _SAMPLES:
            self.samples[mask(value)] = None
        for code in suspicions(value, in_spreadsheet=self.in_spreadsheet):
            self.found.setdefault(code, Suspicion()).meet(row)
        self._count(row, value)

    def _count(self, row: int, value: Cell) -> None:
        if len(self.seen) < self.most_distinct:
            self.seen.add(hash(value))
        if self.common is None:
            return
        self.common[value] += 1
        if isinstance(value, str) and self._cases.setdefault(value.casefold().strip(), value) != value:
            self.found.setdefault("SAME_BUT_CASE", Suspicion()).meet(row)
        if len(self.common) > _COMMON:
            # So many different values are no list of codes.
            self.common = None
            self._cases = {}
            self.found.pop("SAME_BUT_CASE", None)

    @property
    def type(self) -> str:
        """The type of nearly all values, else text."""
        if not self.filled:
            return "empty"
        kind, number = self.types.most_common(1)[0]
        numbers = self.types["whole_number"] + self.types["decimal_number"]
        if numbers >= self.filled * (1 - _MIXED_FROM) and self.types["decimal_number"]:
            return "decimal_number"
        return kind if number >= self.filled * (1 - _MIXED_FROM * 5) else "text"

    def _whole(self) -> dict[str, Suspicion]:
        """Give what was met in single values, and what shows only in the column as a whole."""
        found = dict(self.found)
        forms = {form: number for form, number in self.date_forms.items() if not form.startswith("?/")}
        if len(forms) > 1:
            found["MIXED_DATES"] = self._fewest(forms)
        if any(form.startswith("?/") for form in self.date_forms) and not any(form.startswith(("d/m", "m/d")) for form in self.date_forms):
            found["AMBIGUOUS_DATES"] = self._fewest({form: number for form, number in self.date_forms.items() if form.startswith("?/")})
        short = {form: number for form, number in self.date_forms.items() if form.endswith(".yy") or form.endswith("/yy")}
        if short:
            found["SHORT_YEARS"] = self._fewest(short)
        others = {kind: number for kind, number in self.types.items() if kind != self.type}
        if self.type in ("date", "identity_code", "whole_number", "email") and others:
            found["OTHER_TYPES"] = self._fewest(others)
        return found

    def _fewest(self, numbers: dict[str, int]) -> Suspicion:
        rarest = min(numbers, key=lambda name: numbers[name])
        return Suspicion(numbers[rarest], [self._first_of[rarest]])

    def as_document(self) -> dict[str, Any]:
        """Give the profile for a page or a program; every sample is masked."""
        return {
            "name": self.name, "type": self.type, "types": dict(self.types.most_common()), "rows": self.rows, "filled": self.filled,
            "fill_rate": round(self.filled / self.rows, 4) if self.rows else 0.0, "distinct": len(self.seen),
            "distinct_is_least": len(self.seen) >= self.most_distinct, "longest": self.longest, "date_forms": dict(self.date_forms.most_common()),
            "samples": list(self.samples),
            "suspicions": [{"code": code, "count": one.count, "rows": one.rows} for code, one in sorted(self._whole().items())],
        }  # fmt: skip
