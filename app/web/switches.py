"""Functions of the system that are taken into use organisation by organisation; each is on unless a row says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.web.functions import package_of, package_of_endpoint
from app.web.language import current_language

# Answers which rows there are, as `Switch`.
SWITCHES = "koto_switches"


@dataclass(frozen=True)
class Function:
    """A function: its name, and the packages whose views belong to it."""

    name: Any
    packages: tuple[str, ...]


# Key → function. What everybody's work rests on (clients, users, rights, the log) has no switch.
FUNCTIONS: dict[str, Function] = {
    "contacts": Function(_l("Contacts and guidance"), ("contacts", "guidance")),
    "assessments": Function(_l("Assessments"), ("assessments",)),
    "plans": Function(_l("Plans"), ("plans", "reviews")),
    "services": Function(_l("Services"), ("services",)),
    "appointments": Function(_l("Appointments"), ("appointments",)),
    "obligations": Function(_l("Time limits"), ("obligations",)),
    "work_queue": Function(_l("Work queue"), ("work_queue",)),
    "participations": Function(_l("Participation of the wellbeing services county"), ("participations",)),
    "transfers": Function(_l("Transfers"), ("transfers",)),
    "duplicates": Function(_l("Records of the same person"), ("duplicates",)),
    "imports": Function(_l("Moving in from old systems"), ("imports",)),
    "reports": Function(_l("Reports"), ("reports",)),
    "training": Function(_l("Training"), ("training",)),
}  # fmt: skip
_FUNCTION_OF = {package: key for key, function in FUNCTIONS.items() for package in function.packages}


@dataclass(frozen=True)
class Switch:
    """A row as every process keeps it."""

    function: str
    environment: str | None
    organisation_id: str | None
    on_from: date | None
    notes: dict[str, str]


def deciding(switches: Iterable[Switch], key: str, environment: str, organisation_id: str | None) -> Switch | None:
    """Give the row that decides of a function: the organisation's own before one of all, and of those the environment's before one of all."""
    fitting = [row for row in switches if row.function == key and row.environment in (None, environment) and row.organisation_id in (None, organisation_id)]
    return max(fitting, key=lambda row: (row.organisation_id is not None, row.environment is not None), default=None)


def is_on_by(switch: Switch | None, today: date) -> bool:
    """Tell whether a function is on by the row that decides of it."""
    return switch is None or (switch.on_from is not None and switch.on_from <= today)


def _switches() -> tuple[Switch, ...]:
    found: tuple[Switch, ...] = current_app.extensions[SWITCHES]()
    return found


def _switch_of(key: str, organisation_id: str | None) -> Switch | None:
    switches = _switches()
    return deciding(switches, key, current_app.config["KOTO"].environment.upper(), organisation_id) if switches else None


def is_on(key: str, organisation_id: str | None = None) -> bool:
    """Tell whether a function is in use in an organisation, by default that of whoever acts. Raises KeyError for an unknown function."""
    if key not in FUNCTIONS:
        raise KeyError(key)
    actor = current_actor()
    return is_on_by(_switch_of(key, organisation_id or (actor.organisation_id if actor else None)), date.today())


def function_of_endpoint(endpoint: str | None, app: Flask | None = None) -> str | None:
    """Give the key of the function a route belongs to, None for what is always in use."""
    return _FUNCTION_OF.get(package_of_endpoint(endpoint, app))


def _functions_of_views() -> dict[str, str]:
    """Give the function of each view that has one, by the view's name; worked out once, when every view is registered."""
    known: dict[str, str] | None = current_app.extensions.get("koto_functions")
    if known is None:
        views = [type(view) for view in current_app.appbuilder.baseviews]  # type: ignore[attr-defined]
        found = {view.__name__: _FUNCTION_OF.get(package_of(view)) for view in views}
        known = current_app.extensions["koto_functions"] = {name: key for name, key in found.items() if key}
    return known


def _sentence(switch: Switch | None) -> str:
    if switch is None or switch.on_from is None:
        return _("Your organisation does not use this yet. The day has not been set.")
    return _("Your organisation does not use this yet. It is in use from %(day)s.", day=f"{switch.on_from:%-d.%-m.%Y}")


def _not_in_use(key: str) -> Any:
    """Give the page of a function that is off, or its JSON to a program."""
    actor = current_actor()
    switch, name = _switch_of(key, actor.organisation_id if actor else None), FUNCTIONS[key].name
    title, sentence = _("%(function)s: not in use yet", function=name), _sentence(switch)
    if request.path.startswith("/api/"):
        return jsonify(code=404, message=f"{title}. {sentence}"), 404
    note = switch.notes[current_language()] if switch else ""
    return render_template("koto/not_in_use.html", title=title, sentence=sentence, note=note), 404


def register_switches(app: Flask) -> None:
    """Answer every route of a function that is off with a page that says so."""

    @app.before_request
    def refuse_what_is_off() -> Any:
        key = function_of_endpoint(request.endpoint)
        # Whoever has not signed in is asked to first; what is open to all follows the rows for everybody.
        is_asked = key is not None and (current_actor() is not None or not hasattr(_function(), "_permission_name"))
        return _not_in_use(key) if is_asked and key is not None and not is_on(key) else None


def _function() -> Any:
    found = current_app.view_functions[request.endpoint or ""]
    return getattr(found, "__func__", found)


def without_what_is_off(permissions: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Leave out the permissions of views that are not in use, so that no link, button or tab leads there."""
    # Asked by function, of which there are a dozen: a role has hundreds of permissions, and this is done for every page.
    off = {key for key in FUNCTIONS if not is_on(key)} if _switches() else set()
    functions = _functions_of_views()
    return frozenset(pair for pair in permissions if functions.get(pair[1]) not in off) if off else permissions
