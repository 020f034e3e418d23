"""Writes what no workbook holds as a zip of CSV files: the list of findings first, then a file for each sheet."""

from __future__ import annotations

import csv
import shutil
from datetime import date, time
from io import StringIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from app.imports.reading.findings_sheet import DELIMITER, harmless, row_of_names
from app.imports.reading.limits import Limits, is_a_bomb
from app.imports.reading.messages import Cell, Sheet
from app.imports.returning.cells import as_text
from app.imports.returning.following import Faults
from app.imports.returning.listing import Line, headings
from app.imports.returning.names import file_name

FINDINGS = "findings.csv"


def written(value: Cell) -> str:
    """Give a cell as a file of text holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return harmless(as_text(value))
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


class Archive:
    """A `Writer` of text files; blank rows are written where the source has none, so that the numbers of rows agree."""

    def __init__(self, out: Path, folder: str, limits: Limits) -> None:
        self.out, self.folder, self.limits = out, Path(folder), limits
        # From the name a file has here to the one its sheet came with.
        self.names = {FINDINGS: FINDINGS}
        self.number = self.told = 0
        self.list_file, self.list = self._opened(FINDINGS)
        self.list.writerow(headings())
        self.file: IO[str] | None = None
        self.writer: Any = None

    def _opened(self, name: str) -> tuple[IO[str], Any]:
        file = (self.folder / name).open("w", encoding="utf-8", newline="")
        return file, csv.writer(file, delimiter=DELIMITER)

    def begin(self, sheet: Sheet) -> None:
        """Begin a file under the name of its sheet."""
        self._end_file()
        name = file_name(sheet.name, self.names)
        self.names[name] = sheet.name
        self.file, self.writer = self._opened(name)
        self.file.write("\ufeff")
        self.number = 0

    def row(self, number: int, cells: tuple[Cell, ...], _faults: Faults) -> None:
        """Write a row at its number; text files have no marks."""
        while self.number < number - 1:
            self.writer.writerow(())
            self.number += 1
        self.writer.writerow([written(one) for one in cells])
        self.number = number

    def tell(self, line: Line) -> None:
        """Put a finding on the list."""
        self.told += 1
        self.list.writerow([written(one) for one in line.texts()])

    def _end_file(self) -> None:
        if self.file is not None:
            self.file.close()

    def close(self) -> None:
        """Pack the files, the list first: it tells the reader how the others are called."""
        self._end_file()
        self.list_file.close()
        if self._packed(ZIP_DEFLATED):
            # So well packed that the reader would not open it again.
            self._packed(ZIP_STORED)

    def _packed(self, way: int) -> bool:
        with ZipFile(self.out, "w", way) as archive:
            for name in self.names:
                with archive.open(name, "w", force_zip64=True) as part, (self.folder / name).open("rb") as file:
                    if name == FINDINGS:
                        part.write(self._names_line().encode("utf-8-sig"))
                    shutil.copyfileobj(file, part)
            return any(is_a_bomb(one.file_size, one.compress_size, self.limits.ratio) for one in archive.infolist())

    def _names_line(self) -> str:
        text = StringIO()
        csv.writer(text, delimiter=DELIMITER).writerow(map(as_text, row_of_names(self.names)))
        return text.getvalue()

    def give_up(self) -> None:
        """Leave the files; they go with the folder."""
        self._end_file()
        self.list_file.close()
