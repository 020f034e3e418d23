"""Files to practise a move with: invented persons as an old system would give them, with faults on purpose."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

from flask_babel import lazy_gettext as _l
from xlsxwriter import Workbook

from app.clients.models import Client
from app.demo.draw import Draw
from app.demo.families import Person, identity_code
from app.demo.source import Home, names, origins

_ROWS = 24
_HEADINGS = ("Asiakasnro", "Sukunimi", "Etunimet", "Henkilötunnus", "Syntymäaika", "Sukupuoli", "Kansalaisuus", "Äidinkieli", "Asiointikieli", "Puhelin",
             "Saapumispäivä", "Kotikunta", "Asiakkuus alkanut")  # fmt: skip
_BORN, _CODE, _FAMILY, _COUNTRY, _STARTED = 4, 3, 1, 6, 12
# The specification knows the municipalities of the country, of which a place is none.
_HOME = "Vantaa"


@dataclass(frozen=True)
class PracticeFile:
    """A file: its name, what is inside, and how it is written."""

    name: str
    told: Any
    kind: str
    content_type: str


FILES = (
    PracticeFile("vanha-jarjestelma.csv", _l("Clients of an old system as text, separated by semicolons. Some rows have faults to find."), "csv", "text/csv; charset=iso-8859-1"),
    PracticeFile("vanha-jarjestelma.xlsx", _l("The same clients as a workbook."), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
# What is wrong in the files, in the order of `_spoil`.
FAULTS = (
    _l("A birth date that no calendar has."), _l("An identity code whose check character is wrong."), _l("A row without a family name."),
    _l("A country that does not exist."), _l("The same person twice."), _l("A client relationship that begins in the future."),
    _l("A person who is a client of the place already."),
)  # fmt: skip


def content_of(file: PracticeFile, seed: int, known: Client | None, on: date) -> bytes:
    """Write a file for a place; `known` is a client whom the place has already."""
    rows = practice_rows(seed, known, on)
    return _as_csv(rows) if file.kind == "csv" else _as_workbook(rows)


def practice_rows(seed: int, known: Client | None, on: date) -> list[list[str]]:
    """Give the rows of a place's files, the same for the same place and day."""
    return _spoilt([_row(seed, number, on) for number in range(1, _ROWS + 1)], known, on)


def _row(seed: int, number: int, on: date) -> list[str]:
    draw = Draw(f"training:{seed}:file:{number}")
    origin = draw.weighed(*origins())
    gender, born = draw.of("1:1 2:1"), on - timedelta(days=draw.number(19 * 366, 58 * 365))
    kinds = names(origin.names)
    given = draw.one(kinds["given_female" if gender == "2" else "given_male"])
    family = draw.one(kinds.get("family") or kinds.get("fathers_name") or kinds["given_male"])
    person = Person(draw.number(0, 299) * 2 + (gender == "1"), origin, Home("", "", "", "", "fi", "99"), gender, born, family, given, "fi", "")
    started = on - timedelta(days=draw.number(30, 400))
    return [
        f"V{number:04d}", family, given, identity_code(person, on), _day(born), "mies" if gender == "1" else "nainen", origin.country, origin.language, "fi",
        f"+358 457 {draw.number(1000000, 9999999)}", _day(started - timedelta(days=draw.number(10, 90))), _HOME, _day(started),
    ]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _spoilt(rows: list[list[str]], known: Client | None, on: date) -> list[list[str]]:
    rows[2][_BORN] = f"31.2.{on.year - 30}"
    code = rows[5][_CODE]
    rows[5][_CODE] = code[:-1] + ("A" if code[-1] != "A" else "B")
    rows[8][_FAMILY] = ""
    rows[11][_COUNTRY] = "XQ"
    rows.insert(15, [*rows[14]])
    rows[18][_STARTED] = _day(on + timedelta(days=40))
    if known is not None and known.identity_code:
        rows[20][_FAMILY : _BORN + 1] = [known.family_name, known.given_names, known.identity_code, _day(known.birth_date)]
    return rows


def _as_csv(rows: list[list[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([list(_HEADINGS), *rows])
    # Old systems write so; a letter it has no place for becomes a question mark, one more thing to notice.
    return text.getvalue().encode("iso-8859-1", errors="replace")


def _as_workbook(rows: list[list[str]]) -> bytes:
    held = BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Asiakkaat")
        for place, row in enumerate([list(_HEADINGS), *rows]):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text)
    return held.getvalue()
