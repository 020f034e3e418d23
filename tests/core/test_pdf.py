"""The renderer fetches nothing, also when the page asks for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from app.core.pdf import tagged_pdf
from app.core.pdf_renderer import NoFetcher
from tests.support.pdf import Pdf

PAGE = '<html lang="fi"><title>T</title><link rel="stylesheet" href="{address}"><p>Text <img alt="" src="{address}"></p></html>'


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "file:///etc/passwd", "data:text/css,p{color:red}", "{file}"])
def test_every_address_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    file = tmp_path / "a.css"
    file.write_text("p::after { content: 'leaked' }")
    asked: list[str] = []
    refuse = NoFetcher.fetch

    def note(self: NoFetcher, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return refuse(self, url, headers)

    monkeypatch.setattr(NoFetcher, "fetch", note)
    address = address.replace("{file}", file.as_uri())
    pdf = Pdf(tagged_pdf(PAGE.format(address=address), f'@import "{address}"; p {{ background: url("{address}") }}'))
    assert asked and set(asked) == {address}
    assert pdf.text == "Text"


def test_an_address_within_the_page_has_no_base() -> None:
    assert Pdf(tagged_pdf(PAGE.format(address="../../etc/passwd"), "")).text == "Text"


def test_quotations_are_spans_of_the_second_language() -> None:
    pdf = Pdf(tagged_pdf('<html lang="fi"><title>T</title><h1>Nimi <blockquote lang="ru">Имя</blockquote></h1></html>', "", second_language="ru"))
    found = [(element.kind, element.language) for element in pdf.elements()]
    assert ("/Span", "ru") in found and ("/H1", "fi") in found and "/BlockQuote" not in {kind for kind, _language in found}


def resident() -> float:
    """Give the memory of this process in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_documents_leave_no_memory_behind() -> None:
    for _ in range(10):
        tagged_pdf(PAGE.format(address=""), "")
    before = resident()
    for _ in range(50):
        tagged_pdf(PAGE.format(address=""), "")
    assert resident() - before < 5
