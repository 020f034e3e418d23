"""What a file is, by its content; its name is believed last."""

from __future__ import annotations

import re
from zipfile import BadZipFile, ZipFile

from app.imports.reading.opening import Source
from app.imports.reading.teller import Stopped

_LOOKED_AT = 65536
# What people send instead of a table, by the first bytes.
_OTHERS = (
    (b"%PDF", "PDF"), (b"\x1f\x8b", "gzip"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"SQLite format 3\x00", "SQLite"), (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"PAR1", "Parquet"), (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"), (b"PGDMP", "pg_dump"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|table|workbook|\w+[ >])", re.IGNORECASE)
_ENDINGS = {
    "xlsx": {"xlsx", "xlsm"}, "ods": {"ods"}, "zip": {"zip"}, "json": {"json"}, "json_lines": {"jsonl", "ndjson", "json"},
    "delimited": {"csv", "tsv", "txt", "tab", ""},
}  # fmt: skip


def kind_of(source: Source) -> str:
    """Give `xlsx`, `ods`, `zip`, `json`, `json_lines` or `delimited`; anything else stops the source."""
    with source.open() as file:
        start = file.read(_LOOKED_AT)
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Stopped("EMPTY_FILE", sheet=source.name)
    if start.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in start
        raise Stopped("PASSWORD" if encrypted else "OLD_EXCEL", sheet=source.name)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(source)
    named = next((name for mark, name in _OTHERS if start.startswith(mark)), "XML/HTML" if _MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")) else None)
    if named:
        raise Stopped("WRONG_FORMAT", sheet=source.name, value=named)
    return _text_kind(source, start)


def _zipped(source: Source) -> str:
    try:
        with source.open() as file, ZipFile(file) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 else b""
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Stopped("DAMAGED", sheet=source.name, value=error) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Stopped("OLD_EXCEL", sheet=source.name)
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "word/document.xml" in names or "ppt/presentation.xml" in names or mimetype.startswith(b"application/"):
        raise Stopped("WRONG_FORMAT", sheet=source.name, value="docx/odt/pptx")
    return "zip"


def _text_kind(source: Source, start: bytes) -> str:
    controls = sum(start[:4096].count(bytes([one])) for one in (*range(1, 9), *range(14, 27), 28, 29, 30))
    if controls > len(start[:4096]) * 0.1:
        raise Stopped("WRONG_FORMAT", sheet=source.name, value="?")
    # The zeros of UTF-16 are taken away to see the first characters.
    shown = start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"").lstrip()
    if source.suffix in ("jsonl", "ndjson"):
        return "json_lines"
    if shown.startswith(b"["):
        return "json" if re.match(rb"\[\s*([\[{\]\"]|$)", shown) else "delimited"
    if shown.startswith(b"{") and re.match(rb"\{\s*(\"|\}|$)", shown):
        return "json_lines" if re.match(rb"\{[^\r\n]*\}[ \t]*\r?\n\s*\{", shown) else "json"
    return "delimited"


def ending_fits(source: Source, kind: str) -> bool:
    """Tell whether the name says what the content is."""
    return source.suffix in _ENDINGS[kind] or not any(source.suffix in endings for endings in _ENDINGS.values())
