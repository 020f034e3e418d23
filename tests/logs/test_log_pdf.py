"""The document for the client: what it says in both languages, and what reading programs find in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.logs import document
from tests.logs.test_log_page import client_of
from tests.support.app import Browser
from tests.support.pdf import Pdf, squeezed

WORDS = {
    "fi": ("Kuka on käsitellyt tietojani", "Avasi: asiakkaan tiedot", "kotoutumispalvelujen työntekijä, Vantaa", "Sivu 1 / ", "Työntekijöiden nimet on jätetty pois", "Rekisterinpitäjä"),
    "sv": ("Vem har behandlat mina uppgifter", "Öppnade: kundens uppgifter", "anställd inom integrationstjänsterna, Vanda", "Sida 1 av ", "De anställdas namn har utelämnats", "Personuppgiftsansvarig"),
}  # fmt: skip


@pytest.fixture
def key(app: Flask) -> str:
    found = client_of(app, "aino", "/clients/list/?f.status=PLAN_ACTIVE")
    Browser(app).sign_in("aino").get(f"/clients/show/{found}")
    return found


def opened(app: Flask, key: str, arguments: str, user: str = "bengt") -> Pdf:
    response = Browser(app).sign_in(user).get(f"/logs/pdf/{key}?{arguments}")
    assert response.status_code == 200 and response.headers["Content-Type"] == "application/pdf"
    return Pdf(response.data)


@pytest.mark.parametrize("language", WORDS)
def test_it_is_a_tagged_document_of_its_language_whatever_the_readers(app: Flask, key: str, language: str) -> None:
    title, did, who, number, without, controller = WORDS[language]
    pdf = opened(app, key, f"language={language}")
    assert pdf.root["/MarkInfo"]["/Marked"].value is True and 'pdfuaid:part="1"' in pdf.xmp()
    assert (pdf.root["/Lang"], pdf.reader.metadata.title) == (language, title)  # type: ignore[union-attr]
    assert {element.language for element in pdf.elements()} == {language}
    for text in (title, did, who, without, controller, key, "906/2019", "681/2023"):
        assert squeezed(text) in pdf.text, text
    assert number in pdf.pages[0]
    other = WORDS["sv" if language == "fi" else "fi"]
    assert not [text for text in other if squeezed(text) in pdf.text]


@pytest.mark.parametrize("language", WORDS)
def test_workers_are_named_only_when_it_is_asked_for(app: Flask, key: str, language: str) -> None:
    without, named = (opened(app, key, f"language={language}{switch}") for switch in ("", "&names=y"))
    assert "AinoAarnio" in named.text and "AinoAarnio" not in without.text
    assert squeezed(WORDS[language][4]) in without.text and squeezed(WORDS[language][4]) not in named.text


def test_the_clients_name_is_for_who_sees_the_client_and_the_identity_code_for_nobody(sqlite_app: Flask) -> None:
    app, key = sqlite_app, client_of(sqlite_app, "aino", "/clients/list/?f.status=PLAN_ACTIVE")
    with app.app_context(), system_scope():
        client = db.session.scalars(select(Client).where(Client.id == key)).one()
        name, code = f"{client.given_names} {client.family_name}", client.identity_code
    lead, auditor = (opened(app, key, "language=fi", user) for user in ("bengt", "lotta"))
    assert squeezed(name) in lead.text and squeezed(name) not in auditor.text
    assert code is None or (code not in lead.text and code[6:] not in lead.text)


def test_the_table_of_a_long_log_has_headings_on_each_page_and_everything_in_the_structure(sqlite_app: Flask) -> None:
    key = client_of(sqlite_app, "aino", "/clients/list/?f.status=PLAN_DRAFTING")
    aino = Browser(sqlite_app).sign_in("aino")
    for _read in range(70):
        aino.get(f"/notes/list/?client={key}&psize=100")
        aino.get(f"/clients/show/{key}")
    pdf = opened(sqlite_app, key, "language=fi")
    assert len(pdf.pages) >= 3 and all("Mitä tehtiin" in page for page in pdf.pages)
    owned = {(kid, element.kind) for element in pdf.elements() for kid in element.kids if isinstance(kid, int)}
    open_marks = 0
    drawn: set[Any] = set()
    for _page, operands, operator in pdf.operations():
        if operator in (b"BDC", b"BMC"):
            open_marks += 1
            if operator == b"BDC" and "/MCID" in operands[1]:
                drawn.add((operands[1]["/MCID"], operands[0]))
        open_marks -= operator == b"EMC"
        assert open_marks or operator not in (b"Tj", b"TJ", b"f*", b"S")
    assert drawn == owned
    kinds = [element.kind for element in pdf.elements()]
    assert kinds.count("/H1") == kinds.count("/H2") == 1 and kinds.count("/TD") > 280
    # The renderer makes a table of each page's part: each has its own headings, so none is read without them.
    assert kinds.count("/Table") == 1 + len(pdf.pages) and kinds.count("/TH") == 6 + 4 * len(pdf.pages)


def test_a_log_that_is_too_long_is_cut_and_says_so(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "ROWS_AT_MOST", 2)
    monkeypatch.setattr("app.logs.views.ROWS_AT_MOST", 2)
    key = client_of(sqlite_app, "aino", "/clients/list/?f.status=PLAN_ACTIVE")
    for _read in range(3):
        Browser(sqlite_app).sign_in("aino").get(f"/clients/show/{key}")
    pdf = opened(sqlite_app, key, "language=fi")
    assert squeezed("Tässä ovat vain uusimmat tapahtumat.") in pdf.text
    assert len(re.findall("Avasi:", pdf.text)) == 2


def test_an_empty_period_says_so(sqlite_app: Flask) -> None:
    key = client_of(sqlite_app, "aino")
    pdf = opened(sqlite_app, key, "language=sv&first=2020-01-01&last=2020-01-02")
    assert squeezed("Ingen har behandlat dina uppgifter under den här tiden.") in pdf.text


@pytest.mark.parametrize("arguments", ["language=en", "first=2026-01-02&last=2026-01-01", "first=x&last=y"])
def test_bad_arguments_are_refused(sqlite_app: Flask, arguments: str) -> None:
    key = client_of(sqlite_app, "aino")
    assert Browser(sqlite_app).sign_in("bengt").get(f"/logs/pdf/{key}?{arguments}").status_code == 400


def test_the_file_is_named_without_personal_data_and_kept_nowhere(sqlite_app: Flask) -> None:
    key = client_of(sqlite_app, "aino")
    answer = Browser(sqlite_app).sign_in("bengt").get(f"/logs/pdf/{key}")
    assert answer.headers["Content-Disposition"] == "inline; filename=vem-har-behandlat-mina-uppgifter.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
