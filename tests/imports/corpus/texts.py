"""Files of text: encodings, delimiters, quotes, mixed languages, NUL, long cells."""

from __future__ import annotations

from tests.imports.corpus.case import Case, raw, text

_NAMES = "id;nimi;kunta\n1;Mäkinen;Hämeenlinna\n2;Öberg;Åbo\n"
_PLAIN = "id;nimi\n1;Aalto\n"
ENCODINGS = [
    Case("encodings", "utf8.csv", text(_NAMES), 2, holds=("Mäkinen", "Åbo")),
    Case("encodings", "utf8_bom.csv", text(_NAMES, "utf-8-sig"), 2, holds=("Mäkinen",), columns=("id", "nimi", "kunta")),
    Case("encodings", "utf16_le_bom.csv", text("\ufeff" + _NAMES, "utf-16-le"), 2, holds=("Mäkinen",), columns=("id", "nimi", "kunta")),
    Case("encodings", "utf16_be_bom.csv", text("\ufeff" + _NAMES, "utf-16-be"), 2, holds=("Mäkinen",)),
    Case("encodings", "utf16_le_bare.csv", text(_NAMES, "utf-16-le"), 2, holds=("Öberg",)),
    Case("encodings", "utf16_be_bare.csv", text(_NAMES, "utf-16-be"), 2, holds=("Öberg",)),
    Case("encodings", "utf32.csv", text(_NAMES, "utf-32"), 2, holds=("Öberg",)),
    Case("encodings", "cp1252.csv", text(_NAMES, "cp1252"), 2, holds=("Mäkinen", "Öberg", "Åbo")),
    Case("encodings", "cp1252_one_letter.csv", text("id;nimi\n1;Aho\n2;Åström\n", "cp1252"), 2, holds=("Åström",)),
    Case("encodings", "cp1252_signs.csv", text("id;huom\n1;”ei tiedossa” – €\n", "cp1252"), 1, holds=("”ei tiedossa” – €",)),
    Case("encodings", "cp1252_late.csv", lambda: b"id;nimi\n" + b"1;Aalto\n" * 40_000 + "2;Yl\xe4nen\n".encode("latin-1"), 40_001,
         found=("DUPLICATE_ROW *",), holds=("Ylänen",)),
    Case("encodings", "latin1_capitals.csv", text("ID;NIMI\n1;ÄIJÄLÄ\n2;ÖÖRNI\n", "latin-1"), 2, holds=("ÄIJÄLÄ",)),
    Case("encodings", "cp850.csv", text(_NAMES, "cp850"), 2, found=("UNCERTAIN_ENCODING 0 0",), holds=("Mäkinen", "Hämeenlinna")),
    Case("encodings", "mac.csv", text(_NAMES, "mac-roman"), 2, found=("UNCERTAIN_ENCODING 0 0",), holds=("Mäkinen", "Åbo")),
    Case("encodings", "chosen.csv", text("id;nimi\n1;Жанна\n", "cp1251"), 1, holds=("Жанна",), choices={"encoding": "cp1251"}),
    Case("encodings", "unknown_choice.csv", text(_PLAIN), None, found=("UNKNOWN_CHOICE 0 0",), choices={"encoding": "rot13"}),
    Case("encodings", "wrong_choice.csv", raw(_PLAIN.encode() + b"1"), None, found=("BAD_ENCODING 1 0",), choices={"encoding": "utf-32"}),
    Case("encodings", "two_encodings.csv", raw("id;nimi\n1;Mäki\n2;Järvi\n".encode() + "3;Lähde\n".encode("cp1252")), 2,
         found=("MIXED_ENCODING 0 0", "BAD_BYTES 4 2"), holds=("Järvi",)),
    Case("encodings", "broken_before.csv", text("id;nimi\n1;MÃ¤kinen\n2;M\ufffdkinen\n"), 2, found=("DOUBLE_ENCODED 2 2", "LOST_CHARACTER 3 2")),
    Case("encodings", "control.csv", text("id;nimi\n1;Aal\x07to\n"), 1, found=("CONTROL_CHARACTER 2 2",)),
]
DELIMITERS = [
    Case("delimiters", "comma.csv", text("id,nimi\n1,Aalto\n"), 1, columns=("id", "nimi")),
    Case("delimiters", "tab.tsv", text("id\tnimi\n1\tAalto, Aino\n"), 1, holds=("Aalto, Aino",)),
    Case("delimiters", "bar.txt", text("id|nimi\n1|Aalto; Aino\n"), 1, holds=("Aalto; Aino",)),
    Case("delimiters", "decimal_commas.csv", text("id;summa;osuus\n1;10,50;0,5\n2;3,20;0,1\n"), 2, holds=("10,50",)),
    Case("delimiters", "declared.csv", text("sep=|\nid|nimi;lempinimi\n1|Aalto;Aallotar\n"), 1, columns=("id", "nimi;lempinimi"), holds=("Aalto;Aallotar",)),
    Case("delimiters", "one_column.csv", text("nimi\nAalto\nBerg\n"), 2, found=("ONE_COLUMN 1 0",)),
    Case("delimiters", "chosen.csv", text("a,b;c,d\n1,2;3,4\n"), 1, columns=("a", "b;c", "d"), choices={"delimiter": ","}, found=()),
    Case("delimiters", "bad_choice.csv", text(_PLAIN), None, found=("UNKNOWN_CHOICE 0 0",), choices={"delimiter": "x"}),
    Case("delimiters", "too_many_cells.csv", text("id;nimi\n1;Aalto\n2;Berg;Bo\n"), 1, found=("EXTRA_CELLS 3 3",)),
    Case("delimiters", "too_few_cells.csv", text("id;nimi;kunta\n1;Aalto;Oulu\n2;Berg\n"), 1, found=("SHORT_ROW 3 3",)),
    Case("delimiters", "filled.csv", text("id;nimi;kunta\n1;Aalto;Oulu\n2;Berg\n"), 2, choices={"fills_short_rows": True}),
    Case("delimiters", "empty_ends.csv", text("id;nimi;;\n1;Aalto;;\n\n;;;\n2;Berg;;\n;;;\n"), 2, columns=("id", "nimi")),
    Case("delimiters", "old_mac_lines.csv", text("id;nimi\r1;Aalto\r2;Berg\r"), 2),
]
QUOTES = [
    Case("quotes", "line_break.csv", text('id;huom\n1;"rivi 1\nrivi 2"\n2;Oulu;liikaa\n'), 1, found=("EXTRA_CELLS 3 3",), holds=("rivi 1\nrivi 2",)),
    Case("quotes", "doubled.csv", text('id;huom\n1;"sanoi ""ei"""\n'), 1, holds=('sanoi "ei"',)),
    Case("quotes", "stray.csv", text('id;huom\n1;"Oy "Aalto" Ab"\n2;kunnossa\n'), 1, found=("STRAY_QUOTE 2 0",), holds=("kunnossa",)),
    Case("quotes", "inside.csv", text('id;pituus\n1;15" putki\n'), 1, holds=('15" putki',)),
    Case("quotes", "unclosed.csv", text('id;huom\n1;hyvä\n2;"alkaa\n3;toinen\n4;kolmas\n'), None, found=("UNCLOSED_QUOTE 3 0",)),
    Case("quotes", "run_together.csv", text('id;huom\n1;"alkaa\n2;toinen\n3;"kolmas"\n'), None, found=("UNCLOSED_QUOTE 2 0",)),
    Case("quotes", "in_header.csv", text('id;"huo"m\n1;x\n'), None, found=("UNCLOSED_QUOTE 1 0",)),
    Case("quotes", "single.csv", text("id;huom\n1;'a;b'\n"), 1, holds=("a;b",), choices={"quote": "'"}),
]
LANGUAGES = [
    Case("mixed languages", "scripts.csv", text("id;nimi;имя;الاسم\n1;Šimić;Жанна;محمد\n2;Nguyễn;Олег;李\n"), 2, holds=("Šimić", "محمد", "李", "Nguyễn")),
    Case("mixed languages", "emoji.csv", text("id;huom\n1;👍🏽 ok\n"), 1, holds=("👍🏽 ok",)),
    Case("mixed languages", "two_headers.csv", text("Sukunimi;Släktnamn\nAalto;Aalto\n"), 1, columns=("Sukunimi", "Släktnamn")),
    Case("mixed languages", "combining.csv", text("id;nimi\n1;Ma\u0308kinen\n"), 1, holds=("Ma\u0308kinen",)),
]
NUL = [
    Case("NUL", "nul.csv", raw(b"id;nimi\n1;Aal\x00to\n2;Berg\n"), 1, found=("NUL_CHARACTER 2 2",), holds=("Berg",)),
    Case("NUL", "zeros.csv", raw(b"\x00" * 5000), None, found=("EMPTY_FILE 0 0",)),
    Case("NUL", "in_header.csv", raw(b"id;ni\x00mi\n1;Aalto\n"), 1, columns=("id", "ni mi")),
    Case("NUL", "nul.jsonl", raw(b'{"id":1,"nimi":"a\\u0000b"}\n{"id":2,"nimi":"c"}\n'), 1, found=("NUL_CHARACTER 1 2",)),
]
LONG = [
    Case("long cells", "long.csv", lambda: b"id;huom\n1;" + b"x" * 100_000 + b"\n2;ok\n", 1, found=("LONG_CELL 2 2",), holds=("ok",)),
    Case("long cells", "long_left_out.csv", lambda: b"id;huom\n1;" + b"x" * 100_000 + b"\n2;ok\n", 2, choices={"leave_out": ("huom",)}),
    Case("long cells", "long_lines.csv", lambda: b'id;huom\n1;"' + b"rivi\n" * 20_000 + b'"\n2;ok\n', 1, found=("LONG_CELL 2 2",), holds=("ok",)),
    Case("long cells", "endless_line.csv", lambda: b"id;huom\n1;" + b"x" * 5_000_000, None, found=("LONG_LINE 2 0",)),
    Case("long cells", "long.jsonl", lambda: b'{"id":1,"h":"' + b"y" * 100_000 + b'"}\n', 0, found=("LONG_CELL 1 2",)),
]
