"""Which language a page speaks: the user's own, else the browser's preference, else Finnish."""

from __future__ import annotations

from flask import g, has_request_context, request, session
from flask_babel import refresh

LANGUAGES = {"fi": "Suomi", "sv": "Svenska"}


def current_language() -> str:
    """Give `fi` or `sv`; worked out once a request, as a page asks a hundred times."""
    if not has_request_context():
        return getattr(g, "language", "fi") if g else "fi"
    spoken: str | None = g.get("spoken")
    if spoken is None:
        chosen = session.get("locale")
        spoken = g.spoken = chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES), default="fi") or "fi"
    return spoken


def speak(language: str) -> None:
    """Speak `language` from here on, in this request and in those that follow."""
    session["locale"] = language
    g.pop("spoken", None)
    g.pop("translations", None)
    refresh()
