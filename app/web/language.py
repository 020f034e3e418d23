"""Which language a page speaks: the user's own, else the browser's preference, else Finnish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, has_request_context, request, session
from flask_babel import force_locale, refresh

LANGUAGES = {"fi": "Suomi", "sv": "Svenska"}
# As days are written in both languages in Finland; Babel has Sweden's way for Swedish.
DATE_FORMATS = {"date.medium": "d.M.yyyy", "datetime.short": "d.M.yyyy H.mm", "time.short": "H.mm"}


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


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language meanwhile, for a text that is made in both at once."""
    own = "spoken" if has_request_context() else "language"
    kept = {name: g.pop(name) for name in (own, "translations") if name in g}
    setattr(g, own, language)
    try:
        with force_locale(language):
            yield
    finally:
        for name in (own, "translations"):
            g.pop(name, None)
        for name, value in kept.items():
            setattr(g, name, value)
