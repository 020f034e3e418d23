"""Which language a page speaks: the user's own, else the browser's preference, else Finnish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, has_request_context, request, session
from flask_babel import force_locale

LANGUAGES = {"fi": "Suomi", "sv": "Svenska"}


def current_language() -> str:
    """Give `fi` or `sv`."""
    if g and "spoken_language" in g:
        return str(g.spoken_language)
    if not has_request_context():
        return getattr(g, "language", "fi") if g else "fi"
    chosen = session.get("locale")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), default="fi") or "fi"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language meanwhile, for a text that is made in both at once."""
    before = g.pop("spoken_language", None)
    g.spoken_language = language
    try:
        with force_locale(language):
            yield
    finally:
        g.pop("spoken_language")
        if before:
            g.spoken_language = before
