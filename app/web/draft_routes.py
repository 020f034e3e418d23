"""Where a form sends what is being typed, and where a draft is thrown away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from app.access.actor import Actor, current_actor
from app.db.base import db
from app.db.types import is_id
from app.web.drafts import drop_draft, keep_draft
from app.web.receipts import FormReceipt

drafts = Blueprint("drafts", __name__, url_prefix="/drafts")


def _actor_with_form(place: Any) -> Actor:
    """Give the actor when `place` is the address of a form they may send; 401, 400 or 403 otherwise."""
    actor = current_actor() or abort(401)
    if not isinstance(place, str) or not place.startswith("/"):
        abort(400)
    try:
        endpoint, _values = current_app.url_map.bind_to_environ(request.environ).match(urlsplit(place).path, method="POST")
    except HTTPException:
        abort(400)
    function = current_app.view_functions[endpoint]
    permission = getattr(getattr(function, "__func__", function), "_permission_name", None) or abort(400)
    security = current_app.appbuilder.sm  # type: ignore[attr-defined]
    return actor if security.has_access(f"can_{permission}", endpoint.split(".")[0]) else abort(403)


@drafts.post("/keep")
def keep() -> Any:
    """Keep the fields of a form as they stand now; a form that was saved meanwhile leaves no draft."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    actor, fields, token = _actor_with_form(sent.get("place")), sent.get("fields"), sent.get("form")
    if not isinstance(fields, list) or not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair) for pair in fields):
        abort(400)
    if is_id(token) and db.session.get(FormReceipt, token):
        return "", 204
    if not keep_draft(db.session, actor, sent["place"], [(name, value) for name, value in fields]):
        abort(413)
    db.session.commit()
    return "", 204


@drafts.post("/drop")
def drop() -> Any:
    """Throw a draft away and show the form without it."""
    place = request.form.get("place")
    actor = _actor_with_form(place)
    drop_draft(db.session, actor, str(place))
    db.session.commit()
    flash(_("The draft was thrown away."), "success")
    return redirect(str(place), 303)
