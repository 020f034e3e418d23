"""What a person sees in the workbook that goes back: the list, the fills, the comments and the links, in their language."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from app.imports.reading.choices import Choices
from app.imports.reading.messages import Trouble
from app.imports.reading.reader import read
from app.imports.returning import book, list_sheet
from app.imports.returning.marks import SHADOW, Mark
from tests.imports.returning.sending import columns_in, is_complete, returned, rows_in

pytestmark = pytest.mark.usefixtures("in_app")
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
SOURCE = "tunnus;nimi;postinumero\n010190-901B;Aalto;00100\n007;=1+1;\n8;<r><t>x</t></r>;33100\n"
DATE = ("Arvo ei ole päivämäärä.", "Kirjoita päivämäärä.")
MISSING = ("Kenttä puuttuu.", "Täytä kenttä.")


class Opened:
    """The parts of a returned workbook."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with ZipFile(path) as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}
        self.styles = ElementTree.fromstring(self.parts["xl/styles.xml"])

    def sheet(self, name: str) -> list[list[Any]]:
        return CalamineWorkbook.from_path(self.path).get_sheet_by_name(name).to_python()

    @property
    def listed(self) -> list[list[Any]]:
        return self.sheet(CalamineWorkbook.from_path(self.path).sheet_names[0])[3:]

    def comments(self) -> dict[str, str]:
        found = ElementTree.fromstring(self.parts["xl/comments1.xml"]).iterfind(".//x:comment", NS)
        return {one.get("ref", ""): "".join(one.itertext()) for one in found}

    def look(self, address: str, sheet: int = 2) -> tuple[str | None, str | None]:
        """Give the fill and the border of a cell."""
        cell = ElementTree.fromstring(self.parts[f"xl/worksheets/sheet{sheet}.xml"]).find(f".//x:c[@r='{address}']", NS)
        assert cell is not None
        style = self.styles.findall("x:cellXfs/x:xf", NS)[int(cell.get("s", 0))]
        fill = self.styles.findall("x:fills/x:fill", NS)[int(style.get("fillId", 0))].find(".//x:fgColor", NS)
        border = self.styles.findall("x:borders/x:border", NS)[int(style.get("borderId", 0))].find("x:left", NS)
        return fill.get("rgb") if fill is not None else None, border.get("style") if border is not None else None


def opened(folder: Path, marks: list[Mark], language: str = "fi", text: str = SOURCE, name: str = "asiakkaat.csv") -> Opened:
    source = folder / name
    source.write_text(text, encoding="utf-8")
    returned(source, marks, folder / "out", language)
    return Opened(folder / "out")


def mark(row: int, column: str, tier: str = "stops_row", sentences: tuple[str, str] = DATE, sheet: str = "asiakkaat.csv") -> Mark:
    return Mark(sheet, row, column, tier, sentences)


def test_a_faulty_cell_has_a_fill_a_border_and_a_comment(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(2, "nimi"), mark(2, "nimi", "warning", MISSING), mark(3, "postinumero", "warning", MISSING), mark(4, "nimi", SHADOW)])
    assert found.comments() == {
        "B2": "Pysäyttää rivin\nArvo ei ole päivämäärä.\nKirjoita päivämäärä.\n\nVaroitus\nKenttä puuttuu.\nTäytä kenttä.",
        "C3": "Varoitus\nKenttä puuttuu.\nTäytä kenttä.", "B4": "Kokeilussa\nArvo ei ole päivämäärä.\nKirjoita päivämäärä.",
    }  # fmt: skip
    looks = [found.look(place) for place in ("B2", "C3", "B4", "A2")]
    assert len({fill for fill, _border in looks}) == 4 and len({border for _fill, border in looks}) == 4 and looks[3] == (None, None)


def test_a_whole_row_is_marked_with_the_comment_on_its_first_cell(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(3, ""), mark(3, "nimi", "warning")])
    assert list(found.comments()) == ["A3", "B3"] and len({found.look(place) for place in ("A3", "B3", "C3")}) == 1
    assert found.look("A2") == (None, None) != found.look("A3")


def test_text_stays_text_and_nothing_is_calculated(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(3, "nimi"), mark(4, "nimi")])
    assert found.sheet("asiakkaat.csv")[1:] == [["010190-901B", "Aalto", "00100"], ["007", "=1+1", ""], ["8", "<r><t>x</t></r>", "33100"]]
    assert not any("<f" in part for name, part in found.parts.items() if name.startswith("xl/worksheets/sheet"))
    assert [row[5] for row in found.listed] == ["=1+1", "<r><t>x</t></r>"]


@pytest.mark.parametrize(("language", "title", "headings", "tier"), [
    ("fi", "Löydökset", ["Vaikutus", "Taulukko", "Rivi", "Sarake", "Solu", "Arvo", "Syy", "Mikä auttaa"], "Pysäyttää rivin"),
    ("sv", "Fynd", ["Verkan", "Blad", "Rad", "Kolumn", "Cell", "Värde", "Orsak", "Vad som hjälper"], "Stoppar raden"),
])  # fmt: skip
def test_the_first_sheet_lists_every_finding_with_a_link(tmp_path: Path, language: str, title: str, headings: list[str], tier: str) -> None:
    found = opened(tmp_path, [mark(4, "nimi"), mark(2, "tunnus"), mark(0, "", "warning", MISSING), mark(9, "nimi"), mark(0, "", "warning", sheet="kuva.png")], language)
    assert CalamineWorkbook.from_path(found.path).sheet_names == [title, "asiakkaat.csv"]
    assert found.sheet(title)[2] == headings
    # In the order of the file; a row that is not there is told of too, and what is no sheet comes last.
    assert [row[1:6] for row in found.listed] == [
        ["asiakkaat.csv", "", "", "A1", ""], ["asiakkaat.csv", 2, "tunnus", "A2", "010190-901B"], ["asiakkaat.csv", 4, "nimi", "B4", "<r><t>x</t></r>"],
        ["asiakkaat.csv", 9, "nimi", "B9", ""], ["kuva.png", "", "", "", ""],
    ]  # fmt: skip
    assert found.listed[1][0] == tier and found.listed[1][6:] == list(DATE)
    links = ElementTree.fromstring(found.parts["xl/worksheets/sheet1.xml"]).iterfind(".//x:hyperlink", NS)
    assert {one.get("ref"): one.get("location") for one in links}["E6"] == "'asiakkaat.csv'!B4"


def test_the_rows_of_a_list_of_objects_stand_under_a_header(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(2, "nimi", sheet="a.json")], text='[{"id":1,"nimi":"x"},{"id":2,"nimi":"y"}]', name="a.json")
    assert found.sheet("a.json") == [["id", "nimi"], [1, "x"], [2, "y"]]
    assert found.listed[0][2:6] == [2, "nimi", "B3", "y"] and list(found.comments()) == ["B3"]


def test_columns_put_together_are_each_marked(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(2, "nimi + postinumero")])
    assert list(found.comments()) == ["B2", "C2"] and found.listed[0][5] == "Aalto + 00100"


def test_a_column_may_be_told_by_its_letters_or_its_number(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(2, "[D]"), mark(3, "3"), mark(4, "1")], text="id;3;nimi\n1;Aalto;x\n2;b;c\n3;d;e\n")
    assert list(found.comments()) == ["D2", "B3", "A4"]


def test_a_row_that_could_not_be_divided_stands_beside_the_columns(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(3, "")], text='id;nimi\n1;Aalto\n2;"Oy "B" Ab"\n')
    assert found.sheet("asiakkaat.csv")[2] == ["", "", '2;"Oy "B" Ab"']
    assert [one.code for one in read(found.path, "out.xlsx") if isinstance(one, Trouble)] == ["EXTRA_CELLS"]


def test_names_a_workbook_does_not_allow_are_known_again(tmp_path: Path) -> None:
    name = "asiakkaat [vanha] ja kaikki muut vuodelta 2025.csv"
    found = opened(tmp_path, [mark(2, "nimi", sheet=name)], name=name)
    written = CalamineWorkbook.from_path(found.path).sheet_names[1]
    assert len(written) == 31 and written != name[:31]
    messages = list(read(found.path, "out.xlsx", Choices(sheets=(name,))))
    assert len(rows_in(messages)) == 3 and list(columns_in(messages)) == [name]


def test_a_chosen_header_row_does_not_reach_into_the_list(tmp_path: Path) -> None:
    found = opened(tmp_path, [mark(2, "nimi")], text="otsikko\n\n\n\nid;nimi\n1;Aalto\n", name="asiakkaat.csv")
    messages = list(read(found.path, "out.xlsx", Choices(header_row=5)))
    assert is_complete(messages) and rows_in(messages) == {("asiakkaat.csv", 6): ("1", "Aalto")}
    assert [one for one in messages if isinstance(one, Trouble)] == []


def test_more_findings_than_a_workbook_bears_are_filled_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "COMMENTS", 1)
    monkeypatch.setattr(list_sheet, "LINKS", 1)
    monkeypatch.setattr(list_sheet, "LISTED", 2)
    found = opened(tmp_path, [mark(row, "nimi") for row in (2, 3, 4)])
    assert list(found.comments()) == ["B2"] and found.look("B4") == found.look("B2") != (None, None)
    assert found.parts["xl/worksheets/sheet1.xml"].count("<hyperlink ") == 1
    assert [row[4] for row in found.listed[:2]] == ["B2", "B3"] and found.listed[2][0].endswith(": 1. Niiden solut on merkitty.")
    assert len(rows_in(list(read(found.path, "out.xlsx")))) == 3


def test_findings_that_were_only_counted_are_told_of(tmp_path: Path) -> None:
    found = opened(tmp_path, [], text="id;a\n" + "".join(f"{number};=x\n" for number in range(205)))
    assert found.listed[0][6:] == ["Teksti alkaa kuin kaava.", "Muita samanlaisia, joita ei luetella yksitellen: 5"]


def test_a_file_without_findings_says_so(tmp_path: Path) -> None:
    assert opened(tmp_path, []).listed == [["Löydöksiä ei ole.", *[""] * 7]]
