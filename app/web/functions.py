"""Which part of the system a route belongs to: the package that its view is written in, so that no list of routes is kept by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, current_app


def package_of(view: Any) -> str:
    """Give the package of a view class: `reports` for what stands in `app.reports.out.views`."""
    parts = view.__module__.split(".")
    return parts[1] if parts[0] == "app" and len(parts) > 1 else ""


@lru_cache(maxsize=2048)
def _package(function: Any) -> str:
    # A generated view's routes are written in `app.web`; the view itself stands in its feature.
    owner = getattr(function, "__self__", None)
    return package_of(function if owner is None else type(owner))


def package_of_endpoint(endpoint: str | None, app: Flask | None = None) -> str:
    """Give the package of a route; nothing for an unknown address and for files."""
    function = (app or current_app).view_functions.get(endpoint or "")
    return _package(function) if function else ""
