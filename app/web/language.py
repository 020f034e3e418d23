"""Which language a page speaks: the user's own, else the browser's preference, else Finnish."""

from __future__ import annotations

from flask import g, has_request_context, request, session

LANGUAGES = {"fi": "Suomi", "sv": "Svenska"}


def current_language() -> str:
    """Give `fi` or `sv`."""
    if not has_request_context():
        return getattr(g, "language", "fi") if g else "fi"
    chosen = session.get("locale")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), default="fi") or "fi"
