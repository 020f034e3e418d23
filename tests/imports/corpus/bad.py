"""Files that are harmful, broken, too large or no table at all."""

from __future__ import annotations

import gzip
import struct

from tests.imports.corpus.boxes import archive, ods, ods_cell, packed, xlsx
from tests.imports.corpus.case import Case, raw, text

_CSV = text("id;nimi\n1;Aalto\n")
_PERMITS = text("lupa;asiakas\n9;1\n")
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_CORNERS = "<row r{0}1><c r{0}{1}><v>1</v></c></row><row r{0}1048576><c r{0}{2}><v>2</v></c></row>"
_BOOK = xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>')


def _bomb() -> bytes:
    return packed({"asiakkaat.csv": b"0;" * 15_000_000})


def _lying_bomb() -> bytes:
    """A bomb whose list of contents says that it is small."""
    content = _bomb()
    size = struct.pack("<L", 30_000_000)
    assert content.count(size) == 2
    return content.replace(size, struct.pack("<L", 1000))


def _encrypted() -> bytes:
    content = bytearray(packed({"a.csv": "id;nimi\n1;Aalto\n"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _spoiled() -> bytes:
    """One byte of the packed content is another: the checksum tells."""
    content = bytearray(packed({"a.csv": "id;nimi\n" + "".join(f"{n};Aalto {n * 7919}\n" for n in range(300))}))
    content[200] ^= 0xFF
    return bytes(content)


BOMBS = [
    Case("zip bomb", "bomb.zip", _bomb, None, found=("ZIP_BOMB 0 0",)),
    Case("zip bomb", "lying.zip", _lying_bomb, None, found=("DAMAGED 0 0",)),
    Case("zip bomb", "nested.zip", archive(inner__zip=archive(a__csv=_CSV)), None, found=("NESTED_ARCHIVE 0 0",)),
    Case("zip bomb", "bomb.xlsx", xlsx("", {"xl/sharedStrings.xml": "<sst>" + " " * 30_000_000 + "</sst>"}), None, found=("ZIP_BOMB 0 0",)),
    Case("zip bomb", "corners.xlsx", xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'), None,
         found=("TOO_MANY_CELLS 1048576 16384",)),
    Case("zip bomb", "aborts.xlsx", xlsx(_CORNERS.format("=", "'A1'", "'XFD1048576'").replace("=1048576", "='1048576'").replace("r=1>", "r='1'>")), None,
         found=("TOO_MUCH_MEMORY 0 0",)),
    Case("zip bomb", "strings.xlsx", xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
                                          {"xl/sharedStrings.xml": f'<sst {_NS} count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>'}), None,
         found=("TOO_MUCH_MEMORY 0 0",)),
    Case("zip bomb", "repeated.ods", ods('<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
                                         + ods_cell("x", attributes='table:number-columns-repeated="16384"') + "</table:table-row></table:table>"), None,
         found=("TOO_MANY_CELLS 1048576 16384",)),
    Case("zip bomb", "entities.xlsx", lambda: packed({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">' + "".join(
        f'<!ENTITY b{n} "{"&b" + str(n - 1 if n > 1 else "") + ";"}{("&b" + str(n - 1 if n > 1 else "") + ";") * 9}">' for n in range(1, 10)) + "]><a>&b9;</a>"}),
         None, found=("DAMAGED 0 0",)),
]  # fmt: skip
ARCHIVES = [
    Case("archives", "linked.zip", archive(asiakkaat__csv=_CSV, luvat__csv=_PERMITS), 2, holds=("Aalto", "9")),
    Case("archives", "book_inside.zip", archive(kirja__xlsx=_BOOK), 1, columns=("id",)),
    Case("archives", "with_letter.zip", archive(lue__pdf=raw(b"%PDF-1.7"), a__csv=_CSV), 1, found=("SKIPPED_ENTRY 0 0",)),
    Case("archives", "climbing.zip", lambda: packed({"../../etc/passwd": "id;nimi\n1;Aalto\n"}), 1),
    Case("archives", "password.zip", _encrypted, None, found=("PASSWORD 0 0",)),
    Case("archives", "nothing.zip", lambda: packed({"kuva.png": b"\x89PNG...."}), None, found=("SKIPPED_ENTRY 0 0", "NO_TABLE 0 0")),
    Case("archives", "crowded.zip", lambda: packed({f"{n}.csv": "" for n in range(1001)}), None, found=("TOO_MANY_ENTRIES 0 0",)),
]
TRUNCATED = [
    Case("truncated", "cut.xlsx", lambda: _BOOK()[:-200], None, found=("DAMAGED 0 0",)),
    Case("truncated", "cut.zip", lambda: packed({"a.csv": "id;nimi\n1;Aalto\n"})[:40], None, found=("DAMAGED 0 0",)),
    Case("truncated", "spoiled.zip", _spoiled, None, found=("DAMAGED 0 0",)),
    Case("truncated", "cut.json", text('[{"id":1,"nimi":"a"},{"id":2,'), None, found=("TRUNCATED 0 0",)),
    Case("truncated", "cut.jsonl", text('{"id":1}\n{"id":2}\n{"id":'), 2, found=("BAD_JSON_LINE 3 0",)),
    Case("truncated", "cut_utf16.csv", lambda: "\ufeffid;nimi\n1;Aalto\n".encode("utf-16-le")[:-1], None, found=("BAD_ENCODING 2 0",)),
    Case("truncated", "cut_utf8.csv", lambda: "id;nimi\n1;Mäki\n2;Lää".encode()[:-1], 1, found=("MIXED_ENCODING 0 0", "BAD_BYTES 3 2")),
    Case("truncated", "cut.csv", text('id;nimi;kunta\n1;Aalto;Oulu\n2;Be'), 1, found=("SHORT_ROW 3 3",)),
]
OVERSIZE = [
    Case("oversize", "bytes.csv", _CSV, None, found=("TOO_LARGE 0 0",), limits={"file_bytes": 10}),
    Case("oversize", "rows.csv", lambda: b"id;nimi\n" + b"".join(b"%d;x\n" % n for n in range(20)), None, found=("TOO_MANY_ROWS 12 0",), limits={"rows": 10}),
    Case("oversize", "columns.csv", lambda: (";".join(f"c{n}" for n in range(600)) + "\n").encode(), None, found=("TOO_MANY_COLUMNS 1 501",)),
    Case("oversize", "columns.json", lambda: ("[{" + ",".join(f'"c{n}":1' for n in range(600)) + "}]").encode(), None, found=("TOO_MANY_COLUMNS 1 501",)),
    Case("oversize", "cells.xlsx", _BOOK, None, found=("TOO_MANY_CELLS 2 1",), limits={"workbook_cells": 1}),
    Case("oversize", "unpacked.xlsx", _BOOK, None, found=("TOO_LARGE_UNPACKED 0 0",), limits={"workbook_bytes": 1000}),
    Case("oversize", "deep.json", lambda: b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", None, found=("TOO_DEEP 0 0",)),
    Case("oversize", "long_text.json", lambda: b'[{"a":"' + b"x" * 5_000_000 + b'"}]', None, found=("LONG_LINE 0 0",)),
]
WRONG = [
    Case("wrong format", "empty.csv", raw(b""), None, found=("EMPTY_FILE 0 0",)),
    Case("wrong format", "blank.csv", raw(b"\xef\xbb\xbf \r\n\r\n"), None, found=("EMPTY_FILE 0 0",)),
    Case("wrong format", "letter.csv", raw(b"%PDF-1.7\n1 0 obj"), None, found=("WRONG_FORMAT 0 0",)),
    Case("wrong format", "page.xls", text("<html><table><tr><td>id</td></tr></table></html>"), None, found=("WRONG_FORMAT 0 0",)),
    Case("wrong format", "old.xls", raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600), None, found=("OLD_EXCEL 0 0",)),
    Case("wrong format", "locked.xlsx", raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")), None,
         found=("PASSWORD 0 0",)),
    Case("wrong format", "letter.docx", lambda: packed({"word/document.xml": "<w/>"}), None, found=("WRONG_FORMAT 0 0",)),
    Case("wrong format", "packed.csv.gz", lambda: gzip.compress(b"id;nimi", mtime=0), None, found=("WRONG_FORMAT 0 0",)),
    Case("wrong format", "register.db", raw(b"SQLite format 3\x00" + b"\x00" * 100), None, found=("WRONG_FORMAT 0 0",)),
    Case("wrong format", "noise.bin", raw(bytes(range(1, 32)) * 50), None, found=("WRONG_FORMAT 0 0",)),
    Case("wrong format", "really_csv.xlsx", _CSV, 1, found=("WRONG_EXTENSION 0 0",)),
    Case("wrong format", "really_book.csv", _BOOK, 1, found=("WRONG_EXTENSION 0 0",)),
    Case("wrong format", "broken.json", text('[{"id":1},{"id":NaN}]'), None, found=("BAD_JSON 0 0",)),
    Case("wrong format", "no_list.json", text('{"id":1,"nimi":"x"}'), None, found=("NO_TABLE 0 0",)),
    Case("wrong format", "two_lists.json", text('{"asiakkaat":[{"id":1}],"data":{"luvat":[{"id":9},5]}}'), 2, found=("NOT_AN_OBJECT 2 0",)),
    Case("wrong format", "lists_inside.json", text('[{"id":1,"luvat":[{"a":1}]},{"id":2,"luvat":[]}]'), 1, found=("NESTED_LIST 1 2",)),
    Case("wrong format", "half_sign.json", text('[{"id":1,"nimi":"a\\ud83d"},{"id":2,"nimi":"\\ud83d\\ude00"}]'), 2, found=("LOST_CHARACTER 1 2",), holds=("😀",)),
    Case("wrong format", "bad_lines.jsonl", text('{"id":1}\nei json\n[1]\n{"id":2}\n'), 2, found=("BAD_JSON_LINE 2 0", "NOT_AN_OBJECT 3 0")),
]
