"""The child's mouth: counts, holds to the limits, and writes what was read to the parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import IO

from app.imports.reading.checks import cell_findings, row_is_plain
from app.imports.reading.choices import Choices
from app.imports.reading.codes import TIERS, Tier
from app.imports.reading.findings_sheet import is_findings_sheet, names_in
from app.imports.reading.limits import Limits
from app.imports.reading.messages import NOT_GIVEN, Cell, End, Sheet, Trouble, excerpt, line, rows_line

_BATCH = 200


class Stopped(Exception):
    """The source cannot be used; the finding says why."""

    def __init__(self, code: str, *, sheet: str = "", row: int = 0, column: int = 0, value: object = "") -> None:
        super().__init__(code)
        self.trouble = Trouble(code=code, sheet=sheet, row=row, column=column, value=excerpt(value))


class Teller:
    """Tells sheets, rows and findings in the order they were met."""

    def __init__(self, out: IO[str], choices: Choices, limits: Limits, *, whole: bool = False) -> None:
        self.out, self.choices, self.limits, self.whole = out, choices, limits, whole
        self.sheet: Sheet | None = None
        self.sheets = self.rows = self.stopped_rows = self.blank_rows = 0
        # Of a file that was returned with its findings: the names its sheets came with.
        self.names: dict[str, str] | None = None
        self._told: Counter[tuple[str, int]] = Counter()
        self._batch: list[tuple[int, list[Cell]]] = []

    def begin(self, sheet: Sheet) -> None:
        """Begin a sheet; its rows follow."""
        self.flush()
        if len(sheet.columns) > self.limits.columns:
            raise Stopped("TOO_MANY_COLUMNS", sheet=sheet.name, row=sheet.header_row, column=self.limits.columns + 1, value=len(sheet.columns))
        self.sheet = sheet
        self.out.write(line(sheet))

    def next_number(self) -> int:
        """Give the number of a sheet that is to begin."""
        self.sheets += 1
        return self.sheets

    def leaves_out(self, rows: Iterable[Sequence[object]]) -> bool:
        """Tell whether a sheet is the list of findings of a returned file, which is not read; keep the names it holds."""
        given = iter(rows)
        first = next(given, ())
        if not is_findings_sheet(first):
            return False
        self.names = names_in(first)
        for row in given:
            if is_findings_sheet(row):
                self.names.update(names_in(row))
        return True

    def called(self, name: str) -> str:
        """Give the name a sheet came with before the file was returned."""
        return (self.names or {}).get(name, name)

    def row(self, number: int, cells: list[Cell]) -> None:
        """Tell a row that has a cell for each column, unless one of its cells stops it."""
        self.count_row(number)
        if not row_is_plain(cells, self.limits.cell_characters) and self._is_stopped(number, cells):
            self.stopped_rows += 1
            self.pass_over(number, cells)
            return
        self._batch.append((number, cells))
        if len(self._batch) >= _BATCH:
            self.flush()

    def count_row(self, number: int) -> None:
        """Count a row of the source, whether it will be told or stopped."""
        self.rows += 1
        if self.rows > self.limits.rows:
            raise Stopped("TOO_MANY_ROWS", sheet=self.sheet.name if self.sheet else "", row=number, value=self.limits.rows)

    def pass_over(self, number: int, cells: list[Cell]) -> None:
        """Tell a row that no record is made of, when the whole is asked for."""
        if self.whole and self.sheet:
            self.flush()
            self.out.write(rows_line(self.sheet.number, [(number, [None if one == "" else one for one in cells])], "passed"))

    def stop_row(self, code: str, number: int, column: int = 0, value: object = "", cells: Sequence[Cell] = (), raw: str = "") -> None:
        """Count a row that was not read, and tell why. Of its cells those that could be read are passed on, or `raw` when it could not be divided."""
        self.count_row(number)
        self.stopped_rows += 1
        self.trouble(code, row=number, column=column, value=value)
        missing = max(len(self.sheet.columns) - len(cells), 0) if self.sheet else 0
        # Beside the columns, where a text stops the row again.
        self.pass_over(number, [*([None] * missing), raw] if raw else [*cells, *([NOT_GIVEN] * missing)])

    def _is_stopped(self, number: int, cells: list[Cell]) -> bool:
        stops = False
        for column, value in enumerate(cells, 1):
            for code in cell_findings(value, self.limits.cell_characters):
                if self.is_left_out(column):
                    continue
                self.trouble(code, row=number, column=column, value=value)
                stops = stops or TIERS[code] is Tier.ROW
        return stops

    def is_left_out(self, column: int) -> bool:
        """Tell whether the caller does not want a column of the sheet."""
        if not self.choices.leave_out or self.sheet is None:
            return False
        return column <= len(self.sheet.columns) and self.sheet.columns[column - 1] in self.choices.leave_out

    def trouble(self, code: str, *, sheet: str | None = None, row: int = 0, column: int = 0, value: object = "") -> None:
        """Tell a finding; many of one kind are only counted."""
        name = self.sheet.name if sheet is None and self.sheet else sheet or ""
        self._told[code, self.sheets] += 1
        if self._told[code, self.sheets] > self.limits.told:
            return
        self.flush()
        names = self.sheet.columns if self.sheet and name == self.sheet.name else ()
        column_name = names[column - 1] if 0 < column <= len(names) else ""
        self.out.write(line(Trouble(code=code, sheet=name, row=row, column=column, column_name=column_name, value=excerpt(value))))

    def flush(self) -> None:
        """Write the rows that wait."""
        if self._batch and self.sheet:
            self.out.write(rows_line(self.sheet.number, self._batch))
            self._batch = []

    def stop(self, trouble: Trouble) -> None:
        """Tell that the source cannot be used."""
        self._batch = []
        self.out.write(line(trouble))
        self._end(complete=False)

    def finish(self) -> None:
        """Tell that everything was read."""
        self.flush()
        self._end(complete=True)

    def _end(self, complete: bool) -> None:
        more: Counter[str] = Counter()
        for (code, _sheet), number in self._told.items():
            more[code] += max(0, number - self.limits.told)
        told = {code: number for code, number in more.items() if number}
        self.out.write(line(End(complete=complete, rows=self.rows, stopped_rows=self.stopped_rows, blank_rows=self.blank_rows, more=told)))
        self.out.flush()
