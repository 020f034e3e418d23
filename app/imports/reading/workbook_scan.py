"""The parts of an xlsx file, looked at before the parser opens them: their real size, and what the parser would pass over in silence.

The parser (calamine) holds a rectangle from the first to the last cell in memory and aborts its process when that cannot be had; and it gives
an empty text for a cell that holds an error, and for a formula whose value was never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from zipfile import ZipFile

from app.imports.reading.archives import Unpacked
from app.imports.reading.headers import column_of, letter
from app.imports.reading.opening import Source
from app.imports.reading.teller import Stopped, Teller

_CELL = re.compile(rb'<(?:x:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_ERROR = re.compile(rb'<(?:x:)?c ([^>]*?\bt="e"[^>]*)>(?:\s*<f[^>]*?(?:/>|>[^<]*</f>))?\s*(?:<v>([^<]*)</v>)?')
_NO_VALUE = re.compile(rb"<(?:x:)?c ([^>/]*)>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</(?:x:)?c>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_START = re.compile(rb"<(?:x:)?c ")
_MOST_FAULTS = 100_000
_XML_MOST = 8 * 1024 * 1024


@dataclass
class SheetScan:
    """What stands in a worksheet: how many filled cells, the corner they reach to, and the cells that are lost, as `{row: {column: (code, value)}}`."""

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    lost: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def lose(self, row: int, column: int, code: str, value: str) -> None:
        if len(self.lost) < _MOST_FAULTS:
            self.lost.setdefault(row, {})[column] = (code, value)

    def check(self, name: str, teller: Teller) -> None:
        """Stop a sheet that would not fit into memory."""
        limits = teller.limits
        if self.cells > limits.workbook_cells or self.last_row * self.last_column > limits.workbook_area:
            raise Stopped("TOO_MANY_CELLS", sheet=name, row=self.last_row, column=self.last_column, value=f"{letter(self.last_column)}{self.last_row}")


def scan_parts(archive: ZipFile, source: Source, teller: Teller) -> dict[str, SheetScan]:
    """Unpack every part once; give what the worksheets hold, by the name of the sheet."""
    unpacked = Unpacked(source, teller, teller.limits.workbook_bytes)
    names = _sheet_names(archive)
    found = {}
    for entry in archive.infolist():
        chunks = unpacked.chunks(archive, entry)
        if entry.filename in names or entry.filename.startswith("xl/worksheets/sheet"):
            scan = _scan(chunks, names.get(entry.filename, entry.filename), teller)
            found[names.get(entry.filename, entry.filename)] = scan
        else:
            for _chunk in chunks:
                pass
    return found


def _scan(chunks: Iterator[bytes], name: str, teller: Teller) -> SheetScan:
    scan, carry = SheetScan(), b""
    for chunk in chunks:
        piece = carry + chunk
        last = max(piece.rfind(b"<c "), piece.rfind(b"<x:c "))
        cut = last if last > 0 else len(piece)
        # What follows the beginning of the last cell waits for its end.
        _scan_piece(piece[:cut], scan)
        carry = piece[cut:]
        scan.check(name, teller)
    _scan_piece(carry, scan)
    scan.check(name, teller)
    return scan


def _scan_piece(piece: bytes, scan: SheetScan) -> None:
    places = _CELL.findall(piece)
    scan.cells += len(places)
    if places:
        scan.last_row = max(scan.last_row, int(places[-1][1]))
        scan.last_column = max(scan.last_column, *map(column_of, {letters for letters, _row in places}))
    if b't="e"' in piece:
        for attributes, value in _ERROR.findall(piece):
            _lose(scan, attributes, "ERROR_CELL", value.decode("utf-8", "replace"))
    if b"<f" in piece:
        for attributes in _NO_VALUE.findall(piece):
            if b't="str"' not in attributes:
                _lose(scan, attributes, "NO_FORMULA_VALUE", "")


def _lose(scan: SheetScan, attributes: bytes, code: str, value: str) -> None:
    place = _PLACE.search(attributes)
    if place:
        scan.lose(int(place[2]), column_of(place[1]), code, value)


def _sheet_names(archive: ZipFile) -> dict[str, str]:
    """Give the names of the sheets by the part each stands in."""
    parts = {}
    for relation in _elements(archive, "xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "").removeprefix("/").removeprefix("xl/")
        parts[relation.get("Id", "")] = f"xl/{target}"
    names = {}
    for element in _elements(archive, "xl/workbook.xml"):
        identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        if element.tag.rsplit("}", 1)[-1] == "sheet" and identity in parts:
            names[parts[identity]] = element.get("name", "")
    return names


def _elements(archive: ZipFile, name: str) -> Iterator[ElementTree.Element]:
    if name in archive.namelist() and archive.getinfo(name).file_size <= _XML_MOST:
        try:
            # The child has a limit of memory, and this expat refuses entities that grow; the parts are small besides.
            yield from ElementTree.fromstring(archive.read(name)).iter()  # noqa: S314
        except ElementTree.ParseError as error:
            raise ValueError("not XML") from error
