"""The report of a quarter on paper: what it says, what reading programs find in it, who may have it, and the event it leaves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser
from tests.support.audit import events_in
from tests.support.out_figures import keep_facts
from tests.support.pdf import Pdf, squeezed

PERIODS = {"2024Q1": 20, "2024Q2": 24, "2024Q3": 27, "2024Q4": 30, "2025Q1": 36}
WORDS = {
    "fi": ("Neljännesvuosi lukuina: Vantaa", "Vantaa, 1. neljännes 2025", "Luku kaudella tammi–maaliskuu 2025 on 36. Se on 6 (20 %) enemmän kuin edellisellä kaudella (30).",
           "Viivakuvio ajan mukaan", "Mitä lasketaan"),
    "sv": ("Kvartalet i siffror: Vanda", "Vanda, Kvartal 1/2025", "Talet för perioden januari–mars 2025 är 36. Det är 6 (20 %) mer än under föregående period (30).",
           "Linjediagram över tid", "Vad som räknas"),
}  # fmt: skip


@pytest.fixture
def with_quarters(app: Flask) -> Flask:
    for name, number in PERIODS.items():
        keep_facts(app, "I01", name, {("092", "", ""): number, ("638", "", ""): 4}, hidden=[("OFFICIAL", "MUNICIPALITY", "638", "", "")])
    return app


def printed(app: Flask, username: str = "minna", asked: str = "", language: str = "fi") -> Any:
    browser = Browser(app).sign_in(username)
    browser.get(f"/lang/{language}")
    browser.get(f"/reports/paper/2025Q1.pdf{asked}")
    answer = browser.post(f"/reports/paper/2025Q1.pdf{asked}", purpose="STEERING")
    # The language of a person is kept, and other tests sign in as the same.
    browser.get("/lang/fi")
    return answer


def events(app: Flask) -> list[Any]:
    return [event for _key, event in events_in(app) if event.name == "report:exported"]


@pytest.mark.parametrize("language", WORDS)
def test_it_is_a_tagged_document_with_figure_finding_chart_table_and_definition(with_quarters: Flask, language: str) -> None:
    title, lead, finding, kind, counted = WORDS[language]
    pdf = Pdf(printed(with_quarters, language=language).data)
    assert (pdf.root["/Lang"], pdf.root["/MarkInfo"]["/Marked"].value) == (language, True) and 'pdfuaid:part="1"' in pdf.xmp()
    assert str(pdf.reader.metadata.title).startswith(title)  # type: ignore[union-attr]
    for text in (lead, finding, counted, "87,5 %", "I01"):
        assert squeezed(text) in pdf.text, text
    kinds = [element.kind for element in pdf.elements()]
    assert kinds.count("/H1") == 1 and kinds.count("/H2") == 3 and "/Table" in kinds and "/TH" in kinds
    (alternative,) = alternatives(pdf)
    assert finding in alternative.replace("\u00a0", " ") and alternative.endswith(f"{kind}.")
    # The key figures, five quarters, and the number of the finding.
    assert pdf.text.count("36") >= 4 and all(str(number) in pdf.text for number in PERIODS.values())


def alternatives(pdf: Pdf) -> list[str]:
    """Give the texts in place of pictures."""
    found, waiting = [], [pdf.root["/StructTreeRoot"]["/K"][0]]
    while waiting:
        element: Any = waiting.pop().get_object()
        if isinstance(element, dict):
            waiting += list(element.get("/K", ()))
            if element["/S"] == "/Figure":
                found.append(str(element["/Alt"]))
    return found


def test_it_shows_only_what_the_gate_gives(with_quarters: Flask) -> None:
    """Vantaa's analyst reads of Porvoo what everybody may: nothing of a cell that is hidden."""
    pdf = Pdf(printed(with_quarters, asked="?level=MUNICIPALITY&area=638").data)
    assert squeezed("Porvoo") in pdf.text and squeezed("Yhtään lukua ei näytetä, jottei ketään voi tunnistaa niistä.") in pdf.text
    # A number before the sign of a section is no figure.
    assert not {"20", "24", "27", "30", "36"} & {word for page in pdf.pages for word in re.sub(r"\d+\s§", "", page).split()}


def test_a_print_leaves_an_event_with_its_purpose(with_quarters: Flask) -> None:
    before = len(events(with_quarters))
    answer = printed(with_quarters)
    assert (
        answer.headers["Content-Type"] == "application/pdf"
        and answer.headers["Content-Disposition"] == "inline; filename=koto-municipality-092-2025Q1.pdf"
    )
    *_earlier, event = events(with_quarters)
    assert len(events(with_quarters)) == before + 1
    assert {"indicator=QUARTERLY", "level=MUNICIPALITY", "area=092", "period=2025Q1", "form=pdf", "purpose=STEERING"} <= set(
        (event.criteria or "").split(",")
    )


def test_without_a_purpose_nothing_is_printed_and_the_page_asks_for_it(with_quarters: Flask) -> None:
    minna, before = Browser(with_quarters).sign_in("minna"), len(events(with_quarters))
    assert "Mihin lukuja käytetään?" in minna.get("/reports/paper/2025Q1.pdf").text
    answer = minna.post("/reports/paper/2025Q1.pdf", purpose="")
    assert answer.status_code == 422 and "Valitse" in answer.text and len(events(with_quarters)) == before


@pytest.mark.parametrize(
    "address",
    ["2025.pdf", "2025-03.pdf", "x.pdf", "2025Q1.pdf?level=PLANET", "2025Q1.pdf?level=MUNICIPALITY&area=000", "2025Q1.pdf?level=REGION"],
)
def test_what_is_no_quarter_or_no_area_is_not_found(sqlite_app: Flask, address: str) -> None:
    assert Browser(sqlite_app).sign_in("minna").get(f"/reports/paper/{address}").status_code == 404


def test_a_caseworker_may_not_print(sqlite_app: Flask) -> None:
    assert Browser(sqlite_app).sign_in("aino").get("/reports/paper/2025Q1.pdf").status_code == 403


def test_the_command_writes_the_same_report(with_quarters: Flask, tmp_path: Path) -> None:
    out, run = tmp_path / "q.pdf", with_quarters.test_cli_runner().invoke
    arguments = [
        "reports",
        "paper",
        "2025Q1",
        "--level",
        "municipality",
        "--code",
        "092",
        "--lang",
        "sv",
        "--as",
        "minna",
        "--out",
        str(out),
    ]
    before = len(events(with_quarters))
    assert run(args=arguments).exit_code == 0 and len(events(with_quarters)) == before + 1
    assert squeezed(WORDS["sv"][2]) in Pdf(out.read_bytes()).text
    assert run(args=[*arguments[:2], "2025", *arguments[3:]]).exit_code == 2
    refused = run(args=[*arguments[:-3], "eeva", *arguments[-2:]])
    assert refused.exit_code == 1 and "not for eeva" in refused.output
