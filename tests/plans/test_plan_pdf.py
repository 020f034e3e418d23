"""The plan as a PDF: what it says on each page, and what reading programs find in it."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser
from tests.support.pdf import Pdf, squeezed
from tests.support.plans import draft_plan, identity_code_of, key_in_force

WORDS = {
    "aino": ("fi", "Kotoutumissuunnitelma", "Sivu {} / {}", "LUONNOS", "Vantaa", "Esittely-ympäristö: vain keksittyjä henkilöitä"),
    "bengt": ("sv", "Integrationsplan", "Sida {} av {}", "UTKAST", "Vanda", "Demonstrationsmiljö: endast påhittade personer"),
}  # fmt: skip


def opened(app: Flask, key: str, user: str = "aino") -> Pdf:
    response = Browser(app).sign_in(user).get(f"/plans/pdf/{key}")
    assert response.status_code == 200
    return Pdf(response.data)


@pytest.mark.parametrize("user", WORDS)
def test_it_is_a_tagged_document_of_its_language(app: Flask, user: str) -> None:
    language, title, *_rest = WORDS[user]
    pdf = opened(app, key_in_force(app), user)
    assert pdf.root["/MarkInfo"]["/Marked"].value is True and pdf.root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert (pdf.root["/Lang"], pdf.reader.metadata.title) == (language, title)  # type: ignore[union-attr]
    assert 'pdfuaid:part="1"' in pdf.xmp() and f">{title}<" in pdf.xmp()
    kinds = [element.kind for element in pdf.elements()]
    assert kinds.count("/H1") == 1 and kinds.count("/H2") == 5 and kinds.count("/H3") >= 2
    assert kinds.count("/TH") == kinds.count("/TD") == kinds.count("/TR") > 15
    assert {element.language for element in pdf.elements()} == {language}


def test_everything_drawn_is_in_the_structure_or_an_artifact(sqlite_app: Flask) -> None:
    pdf = opened(sqlite_app, key_in_force(sqlite_app))
    owned = {(kid, element.kind) for element in pdf.elements() for kid in element.kids if isinstance(kid, int)}
    open_marks, drawn, artifacts = 0, set(), 0
    for _page, operands, operator in pdf.operations():
        if operator in (b"BDC", b"BMC"):
            open_marks += 1
            artifacts += operands[0] == "/Artifact"
            if operator == b"BDC" and "/MCID" in operands[1]:
                drawn.add((operands[1]["/MCID"], operands[0]))
        open_marks -= operator == b"EMC"
        assert open_marks or operator not in (b"Tj", b"TJ", b"f*", b"S")
    assert drawn == owned and artifacts >= 4 * len(pdf.pages)


@pytest.mark.parametrize("user", WORDS)
def test_it_says_what_the_print_page_says_in_the_same_order(app: Flask, user: str) -> None:
    key = key_in_force(app)
    page = Browser(app).sign_in(user).get(f"/plans/print/{key}").text
    said = re.findall(r"<(?:h[123]|dt|dd)>(?:<span[^>]*>)?([^<]+)<", page[page.index("<article") :])
    assert len(said) > 45
    pdf = opened(app, key, user)
    place = 0
    for text in said:
        place = pdf.text.find(squeezed(text), place)
        assert place >= 0, text


@pytest.mark.parametrize("user", WORDS)
@pytest.mark.parametrize("is_draft", [True, False])
def test_each_page_carries_its_number_the_owner_and_the_environment(sqlite_app: Flask, user: str, is_draft: bool) -> None:
    key = draft_plan(sqlite_app) if is_draft else key_in_force(sqlite_app)
    _language, _title, number, draft, owner, environment = WORDS[user]
    pdf = opened(sqlite_app, key, user)
    assert len(pdf.pages) >= 2
    for place, page in enumerate(pdf.pages, start=1):
        assert f"{owner} {number.format(place, len(pdf.pages))}" in page and environment in page
        assert (draft in page) is is_draft


def test_the_training_environment_is_marked_and_production_is_not(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    key, settings = key_in_force(sqlite_app), sqlite_app.config["KOTO"]
    reader = Browser(sqlite_app).sign_in("aino")
    for environment, words in (("training", "Harjoitusympäristö"), ("production", "")):
        monkeypatch.setitem(sqlite_app.config, "KOTO", type(settings)(**{**vars(settings), "environment": environment}))
        for page in Pdf(reader.get(f"/plans/pdf/{key}").data).pages:
            assert words in page and "Esittely" not in page and (words or "ympäristö" not in page)


def test_long_texts_lose_nothing(sqlite_app: Flask) -> None:
    words = " ".join(f"sana{number:04}" for number in range(890))
    unbroken = "".join(f"{number:05}" for number in range(1600))
    assert len(words) > 8000 and len(unbroken) == 8000
    key = draft_plan(sqlite_app, goal=words, why=unbroken, follow_up="rivi\n" * 400 + "loppu")
    pdf = opened(sqlite_app, key)
    assert len(pdf.pages) > 5
    body = squeezed("".join(re.sub(r"\n(Kotoutumissuunnitelma )?Esittely-ympäristö.*", "", page, flags=re.S) for page in pdf.pages))
    # A line that ran off the paper would be in the file all the same.
    assert max(len(line) for page in pdf.pages for line in page.splitlines()) < 120
    assert squeezed(words) in body and unbroken in body
    assert body.count("rivi") == 400 and "loppu" in body


def test_the_identity_code_is_not_in_it(sqlite_app: Flask) -> None:
    key = draft_plan(sqlite_app)
    code, pdf = identity_code_of(sqlite_app, key), opened(sqlite_app, key)
    assert len(code) == 11 and code not in pdf.text and code[6:] not in pdf.text


def test_the_answer_is_shown_kept_nowhere_and_named_without_personal_data(app: Flask, aino: Browser) -> None:
    answer = aino.get(f"/plans/pdf/{key_in_force(app)}")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.data.startswith(b"%PDF-1.7")
    assert answer.headers["Content-Disposition"] == "inline; filename=kotoutumissuunnitelma.pdf"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"


def test_markup_that_a_worker_typed_is_printed_and_fetches_nothing(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(_self: Any, url: str, headers: Any = None) -> None:
        asked.append(url)
        raise ValueError

    def refuse(*arguments: Any, **_options: Any) -> None:
        raise AssertionError(f"a connection: {arguments}")

    goal = '<img src="http://example.org/a.png"><link rel=stylesheet href=file:///etc/passwd><style>@import "http://example.org/b.css";</style>'
    why = "</td></table><script>x</script> url(file:///etc/passwd) <object data='file:///etc/hosts'>"
    key = draft_plan(sqlite_app, goal=goal, why=why)
    browser = Browser(sqlite_app).sign_in("aino")
    monkeypatch.setattr("app.core.pdf_renderer.NoFetcher.fetch", note)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    pdf = Pdf(browser.get(f"/plans/pdf/{key}").data)
    assert squeezed(goal) in pdf.text and squeezed(why) in pdf.text
    assert asked == [] and "root:" not in pdf.text
