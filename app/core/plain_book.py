"""A workbook that never takes a text for anything else.

XlsxWriter copies a text that begins with `<r>` and ends with `</r>` into the file as XML, whatever it was given as. Its release is pinned, and the
tests read such texts back: from the table of texts that a workbook in memory has, and from the cells of one that keeps a row at a time.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

# No text becomes a formula or a link.
_AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose texts are written as they are where they stand in their cells."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, attributes)


class _PlainStrings(SharedStrings):  # type: ignore[misc]
    def _xml_rich_si_element(self, string: str) -> None:
        self._xml_si_element(string, [("xml:space", "preserve")])


class _PlainPackager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if not self.workbook.str_table.count:
            return
        texts = _PlainStrings()
        texts.string_table = self.workbook.str_table
        texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        texts._assemble_xml_file()


class PlainBook(Workbook):  # type: ignore[misc]
    """A workbook written into `file`; `options` as XlsxWriter takes them, in memory when nothing else is said."""

    def __init__(self, file: str | BinaryIO, options: dict[str, Any] | None = None) -> None:
        super().__init__(file, {"in_memory": True, **_AS_WRITTEN, **(options or {})})

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = PlainWorksheet) -> Any:
        return super().add_worksheet(name, worksheet_class)

    def _get_packager(self) -> Packager:
        return _PlainPackager()
