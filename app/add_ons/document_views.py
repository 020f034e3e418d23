"""`/api/v1/_openapi`: the description of the API, for whoever writes a program. It tells of nobody, so nobody signs in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify

from app.add_ons.document import document

described = Blueprint("described", __name__, url_prefix="/api/v1")


@described.get("/_openapi")
def openapi() -> Any:
    """Give the description as OpenAPI 3.1."""
    return jsonify(document())
