"""The content of an ods file, looked at before the parser opens it: how large its sheets become, and which cells the parser would pass over."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from app.imports.reading.archives import Unpacked
from app.imports.reading.opening import Source
from app.imports.reading.teller import Stopped, Teller
from app.imports.reading.workbook_scan import SheetScan

_MOST = 2**31


class _Content:
    """Follows the elements of `content.xml`; rows and cells may say that they are repeated."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self.hidden: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._scan = SheetScan()
        self._row = self._rows = self._column = 0
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table:table":
            title = attributes.get("table:name", "")
            self._scan = self.sheets.setdefault(title, SheetScan())
            if attributes.get("table:style-name") in self._hidden_styles:
                self.hidden.add(title)
            self._row = 0
        elif name == "table:table-row":
            self._row, self._column = self._row + 1, 0
            self._rows = _times(attributes, "table:number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes, "table:number-columns-repeated")
        kind = attributes.get("calcext:value-type") or attributes.get("office:value-type")
        if kind:
            self._scan.cells += times * self._rows
            self._scan.last_row = max(self._scan.last_row, self._row + self._rows - 1)
            self._scan.last_column = max(self._scan.last_column, self._column + times)
        if kind == "error":
            self._scan.lose(self._row, self._column + 1, "ERROR_CELL", attributes.get("table:formula", ""))
        elif "table:formula" in attributes and not kind:
            self._scan.lose(self._row, self._column + 1, "NO_FORMULA_VALUE", "")
        self._column += times

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows - 1


def _times(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text), _MOST) if text.isascii() and text.isdigit() else 1


def scan_content(archive: ZipFile, source: Source, teller: Teller) -> tuple[dict[str, SheetScan], set[str]]:
    """Unpack every part once; give what the sheets hold by their names, and the names of the hidden ones."""
    unpacked = Unpacked(source, teller, teller.limits.workbook_bytes)
    content = _Content()
    if "content.xml" not in archive.namelist():
        raise Stopped("DAMAGED", sheet=source.name, value="content.xml")
    for entry in archive.infolist():
        parser: Any = expat.ParserCreate() if entry.filename == "content.xml" else None
        if parser:
            parser.StartElementHandler, parser.EndElementHandler = content.start, content.end
        for chunk in unpacked.chunks(archive, entry):
            if parser:
                _feed(parser, chunk)
                for name, scan in content.sheets.items():
                    scan.check(name, teller)
    return content.sheets, content.hidden


def _feed(parser: Any, chunk: bytes) -> None:
    try:
        parser.Parse(chunk)
    except expat.ExpatError as error:
        raise ValueError("not XML") from error
