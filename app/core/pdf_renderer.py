"""WeasyPrint, which fetches nothing; loaded by `app.core.pdf` when a document is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from app.core.pdf_tags import artifacts_outside_the_tree, language_of_quotes

# Each configuration of fonts leaves 0.2 MB behind for good, so a process has one; it serves a document at a time.
_one_at_a_time = Lock()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


class NoFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses every address, so that a text that slipped in as markup cannot reach the network or a file."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        raise ValueError("a document fetches nothing")


@dataclass(frozen=True)
class _Finish:
    """What is put right in the file before it is written."""

    second_language: str | None

    def __call__(self, document: Any, pdf: Any) -> None:
        artifacts_outside_the_tree(pdf)
        if self.second_language:
            language_of_quotes(pdf, self.second_language)


def rendered(html: str, css: str, second_language: str | None) -> bytes:
    """Make the document, one at a time."""
    fetcher = NoFetcher()
    with _one_at_a_time:
        sheet = CSS(string=css, font_config=_fonts(), url_fetcher=fetcher)
        page = HTML(string=html, url_fetcher=fetcher)
        made: bytes = page.write_pdf(stylesheets=[sheet], font_config=_fonts(), pdf_variant="pdf/ua-1", finisher=_Finish(second_language))
    return made
