"""What every template knows: language, person, navigation; and the language switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from flask_babel import format_time, get_translations, gettext
from flask_babel import lazy_gettext as _l

from app.access.actor import Actor, current_actor
from app.codes.lists import label
from app.web.language import LANGUAGES, current_language, speak
from app.web.table import is_breaking

# Endpoint of a list, the view whose can_list shows it, and its label.
_NAVIGATION = (
    ("HomeView.index", "can_index", "HomeView", _l("My work")),
    ("WorkQueueView.list", "can_list", "WorkQueueView", _l("Work queue")),
    ("ClientView.list", "can_list", "ClientView", _l("Clients")),
    ("AssessmentView.list", "can_list", "AssessmentView", _l("Assessments")),
    ("PlanView.list", "can_list", "PlanView", _l("Plans")),
    ("AbsenceView.list", "can_list", "AbsenceView", _l("Absences")),
    ("OrganisationView.list", "can_list", "OrganisationView", _l("Organisations")),
    ("RightApplicationView.list", "can_list", "RightApplicationView", _l("Applications")),
    ("RightOpeningView.list", "can_list", "RightOpeningView", _l("Rights to open")),
    ("AccessGrantView.list", "can_list", "AccessGrantView", _l("Access rights")),
    ("RoleView.list", "can_list", "RoleView", _l("Roles")),
    ("LocalRoleView.list", "can_list", "LocalRoleView", _l("Own roles")),
    ("DirectoryView.list", "can_list", "DirectoryView", _l("Directories")),
    ("DirectoryStatusView.list", "can_list", "DirectoryStatusView", _l("State of directories")),
    ("LogView.list", "can_list", "LogView", _l("Log")),
    ("LogFindingView.list", "can_list", "LogFindingView", _l("Findings")),
    ("LogRuleView.list", "can_list", "LogRuleView", _l("Rules for the log")),
)


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


def _address(endpoint: str) -> str:
    """Give the address of a list, made once: every page leads to each of them."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("koto_addresses", {})
    key = (request.script_root, endpoint)
    if key not in known:
        known[key] = url_for(endpoint)
    return known[key]


def _navigation() -> list[dict[str, Any]]:
    if current_actor() is None:
        return []
    builder: Any = current_app.appbuilder  # type: ignore[attr-defined]
    has_access = builder.sm.has_access
    declared = [view for view in builder.baseviews if getattr(view, "is_in_navigation", False)]
    more = [(f"{view.endpoint}.list", "can_list", view.class_permission_name, view.list_title) for view in declared]
    here = (request.endpoint or "").split(".")[0]
    return [
        {"label": text, "url": _address(endpoint), "is_current": endpoint.split(".")[0] == here}
        for endpoint, permission, view, text in (*_NAVIGATION, *more)
        if has_access(permission, view)
    ]


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
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().ugettext(text),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.tests["breaking"] = is_breaking
    app.jinja_env.filters["clock"] = lambda moment: format_time(moment, "short")

    @app.context_processor
    def shared() -> dict[str, Any]:
        actor, language = current_actor(), current_language()
        shown = _person_shown(actor, language)
        links = [LanguageLink(code, name, code == language, f"/lang/{code}") for code, name in LANGUAGES.items()]
        return {
            "language": language, "languages": links, "actor": shown, "navigation": _navigation(),
            "session_ends": g.get("session_ends"), "session_is_last": "session_ends" in g and g.session_ends >= g.session_lasts_to,
            "single_keys": g.get("single_keys", False),
            "may_search": actor is not None and app.appbuilder.sm.has_access("can_search", "ClientView"),  # type: ignore[attr-defined]
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
