"""Requests larger than a form: a route that takes files says how much, and only who may use it can send as much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

_Route = TypeVar("_Route", bound=Callable[..., Any])
# What the boundaries and the other fields of a form with files take.
_BESIDE = 1024 * 1024


def takes(most_bytes: int, fields_bytes: int = 500_000) -> Callable[[_Route], _Route]:
    """Let a route take a request of so many bytes, of which its fields that are no files take at most `fields_bytes`."""

    def marked(route: _Route) -> _Route:
        route.takes_bytes = (most_bytes, fields_bytes)  # type: ignore[attr-defined]
        return route

    return marked


def register_large_requests(app: Flask) -> None:
    """Set the measure before anything reads the form, which the check of its token does first of all."""

    @app.before_request
    def measure() -> None:
        function: Any = app.view_functions.get(request.endpoint or "")
        route = getattr(function, "__func__", function)
        most = getattr(route, "takes_bytes", None)
        if most is None or request.method != "POST" or not _may(route):
            return
        request.max_content_length, request.max_form_memory_size = most[0] + _BESIDE, most[1]
        request.max_form_parts = None if most[1] > 500_000 else request.max_form_parts


def _may(route: Any) -> bool:
    builder: Any = current_app.appbuilder  # type: ignore[attr-defined]
    view = next((one for one in builder.baseviews if one.endpoint == (request.endpoint or "").split(".")[0]), None)
    if view is None or not current_user.is_authenticated:
        return False
    name = (view.method_permission_name or {}).get(route._permission_name, route._permission_name)
    return bool(builder.sm.has_access(f"can_{name}", view.class_permission_name))
