"""What every template knows: language, person, navigation; and the language switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request
from flask_babel import format_time, get_translations, gettext

from app.access.actor import Actor, current_actor
from app.codes.lists import label
from app.web.environment import register_environment
from app.web.language import LANGUAGES, current_language, speak
from app.web.navigation import navigation
from app.web.option_list import option_list
from app.web.table_body import table_body

# Answers which banners stand on the page of this request, and where the chapter of the guide about it is.
BANNERS, HELP_ADDRESS = "koto_banners", "koto_help_address"
# Answers how many entries of what is new the reader has not seen.
UNREAD = "koto_unread"


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    is_current: bool
    url: str


@dataclass(frozen=True)
class ShownActor:
    name: str
    organisation_name: str
    role_label: str


def _person_shown(actor: Actor | None, language: str) -> ShownActor | None:
    """Give what the head of each page says of the reader; whoever has no right must be able to sign out too."""
    if actor is not None:
        return ShownActor(actor.name, actor.organisation_name, _role_name(actor, language))
    # Asking Flask-Login instead would go to the database, which an error page must not.
    name = g.get("person_name")
    return ShownActor(name, "", gettext("no right in force")) if name else None


def _role_name(actor: Actor, language: str) -> str:
    if actor.local_role:
        return actor.local_role[language == "sv"]
    return label("ROLE", actor.role, language)


def _translations() -> Any:
    """Give the catalogue of the reader's language, looked up once a request: a page has hundreds of texts."""
    found = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


def register_layout(app: Flask) -> None:
    register_environment(app)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().ugettext(text),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals |= {"table_body": table_body, "option_list": option_list}
    app.jinja_env.filters["clock"] = lambda moment: format_time(moment, "short")

    @app.context_processor
    def shared() -> dict[str, Any]:
        actor, language = current_actor(), current_language()
        shown = _person_shown(actor, language)
        links = [LanguageLink(code, name, code == language, f"/lang/{code}") for code, name in LANGUAGES.items()]
        return {
            "language": language, "languages": links, "actor": shown, "navigation": navigation(),
            "session_ends": g.get("session_ends"), "session_is_last": "session_ends" in g and g.session_ends >= g.session_lasts_to,
            "single_keys": g.get("single_keys", False),
            "may_search": actor is not None and app.appbuilder.sm.has_access("can_search", "ClientView"),  # type: ignore[attr-defined]
            "banners": app.extensions[BANNERS](), "help_url": app.extensions[HELP_ADDRESS](),
            "unread": app.extensions[UNREAD]() if actor else 0,
            "has_styleguide": "styleguide" in app.blueprints, "environment": app.config["KOTO"].environment,
        }  # fmt: skip

    @app.get("/lang/<language>")
    def switch_language(language: str) -> Any:
        """Switch and return to the page the reader came from; a foreign address returns to the front page."""
        if language in LANGUAGES:
            speak(language)
            app.extensions["koto_remember_language"](language)
        came_from = urlsplit(request.referrer or "")
        is_ours = came_from.netloc == request.host and not came_from.path.startswith("/lang/")
        query = f"?{came_from.query}" if came_from.query else ""
        return redirect((came_from.path + query) if is_ours else "/", 303)
