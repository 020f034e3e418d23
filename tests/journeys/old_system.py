"""What an old system in Swedish gives: a workbook of clients, permits and language skills, with faults planted in it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

CLIENTS, FAULTS = 2000, 150
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
Table = list[list[Any]]

_HEADINGS = {
    "Kunder": ["Identifierare i det gamla systemet", "Orsak till att personbeteckning saknas", "Efternamn", "Förnamn", "Födelsedatum", "Medborgarskap", "Modersmål",
               "Kontaktspråk", "Hemkommun", "Telefon", "Kund sedan"],
    "Uppehållsrätt": ["Identifierare i det gamla systemet", "Kund", "Typ", "Grund", "Beviljat", "Första tillståndet eller registreringen"],
}  # fmt: skip


def name_of(number: int) -> str:
    """Give an invented name that is like no other."""
    return md5(str(number).encode(), usedforsecurity=False).hexdigest().translate(_LETTERS)[:10].capitalize()


def sound() -> dict[str, Table]:
    """Give the tables as they should be, headings first."""
    clients: Table = [_HEADINGS["Kunder"]]
    permits: Table = [_HEADINGS["Uppehållsrätt"]]
    for number in range(CLIENTS):
        born = date(1950, 1, 1) + timedelta(days=11 * number)
        clients.append([f"K{number}", "NOT_REGISTERED_YET", name_of(number), name_of(-number - 1), born.strftime("%d.%m.%Y"), "SY", "arabiska", "svenska", "Vanda", f"040 {number:07}", "3.2.2025"])
        permits.append([f"U{number}", f"K{number}", "PERMIT", "P87", (date(2025, 1, 1) + timedelta(days=number % 300)).strftime("%d.%m.%Y"), "ja"])
    return {"Kunder": clients, "Uppehållsrätt": permits}


def faulty() -> dict[str, Table]:
    """Give the tables with faults of six kinds; each stops its own row, and a client's takes its permit along."""
    found = sound()
    clients, permits = found["Kunder"], found["Uppehållsrätt"]
    for place in range(FAULTS):
        row = 1 + place * 13
        kind = place % 6
        if kind == 0:
            clients[row][4] = "31.2.1990"
        elif kind == 1:
            clients[row][2] = ""
        elif kind == 2:
            clients[row][5] = "Atlantis"
        elif kind == 3:
            permits[row][4] = "ei tiedossa"
        elif kind == 4:
            permits[row][1] = "K999999"
        else:
            clients[row][9] = "0" * 50
    return found


def corrected(returned: Path) -> dict[str, Table]:
    """Correct the returned workbook as a person does: each marked cell gets its right value, everything else stays as it came."""
    right, book = sound(), CalamineWorkbook.from_path(str(returned))
    found: dict[str, Table] = {}
    for name, rows in right.items():
        sent = book.get_sheet_by_name(name).to_python()
        found[name] = [[(new if str(old) != str(new) else old) for old, new in zip(given, wanted, strict=False)] for given, wanted in zip(sent, rows, strict=True)]
    return found


def workbook(tables: dict[str, Table]) -> bytes:
    """Write tables as a workbook; every cell is text, as old systems write it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write_string(number, column, str(value))
    return out.getvalue()
