"""A page of HTML as a tagged PDF (PDF/UA-1) that is made without the network and without files."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _every_page() -> str:
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def tagged_pdf(html: str, css: str, *, second_language: str | None = None) -> bytes:
    """Make the document, with the running lines of every one before its own sheet; `<html lang>` and `<title>` become its own.

    What stands in `<blockquote>` is marked as `second_language`: the renderer keeps the language of the whole only.
    """
    # Loaded by the first document of a process: most commands and moves of data make none, and it takes 40 MB.
    from app.core.pdf_renderer import rendered

    return rendered(html, f"{_every_page()}\n{css}", second_language)
