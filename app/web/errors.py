"""Error pages in the reader's language; the text of an exception never reaches one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from flask import Flask, current_app, g, jsonify, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.access.wall import ForeignRowError
from app.core.states import NotNow
from app.db.base import db
from app.web.deeds import refusal

_TEXTS = {
    400: (_l("The request could not be understood"), _l("Go back, reload the page and try again.")),
    401: (_l("You have not signed in"), _l("Sign in and try again.")),
    403: (_l("You have no right to this page"), _l("Ask your organisation's access administrator if you need it in your work.")),
    404: (_l("The page was not found"), _l("It does not exist, or it is not among the clients of your organisation.")),
    409: (_l("The entry cannot be changed now"), _l("Somebody else has changed the entry, or it has been agreed and is locked. Go back, open the page again and see how it stands.")),
    413: (_l("What you sent is too large"), _l("Shorten the text and send it again.")),
    422: (_l("What you sent could not be used"), _l("A field is unknown or has a value of the wrong kind.")),
    429: (_l("Too many attempts"), _l("Wait one minute and try again.")),
    500: (_l("Something went wrong in the service"), _l("Nothing was saved. Try again; if it happens again, tell the support the number below.")),
    503: (_l("The service is not available just now"), _l("Nothing was saved. Try again in a moment.")),
}  # fmt: skip
_IN_DOUBT = _l("It is not certain whether your change was saved. Check it in another tab before you send it again.")

log = structlog.get_logger()


def _page(code: int, message: Any = None, *, kept: Sequence[tuple[str, str]] = ()) -> tuple[Any, int, dict[str, str]]:
    """Give the page of a refusal, or its JSON to a reader that is a program."""
    title, usual = _TEXTS[code]
    headers = ({"Retry-After": "60"} if code in (429, 503) else {}) | _challenge(code)
    if request.path.startswith("/api/"):
        return jsonify(code=code, message=f"{title}. {message or usual}"), code, headers
    values: dict[str, Any] = {"code": code, "title": title, "message": message or usual, "home_url": "/", "kept": kept}
    if kept:
        # The links that switch language would leave the typed text behind.
        values["languages"] = []
    try:
        return render_template("koto/error.html", **values), code, headers
    except SQLAlchemyError:
        # The frame of the page names the person, and that read failed: show the page without a person.
        _forget_session()
        return render_template("koto/error.html", **values), code, headers


def _challenge(code: int) -> dict[str, str]:
    """Give the header that tells a program what was wrong with its token, or that one is needed. Source: RFC 6750 § 3."""
    if not request.path.startswith("/api/") or code not in (401, 403):
        return {}
    error = {401: ', error="invalid_token"', 403: ', error="insufficient_scope"'}[code] if g.get("is_program") else ""
    return {"WWW-Authenticate": f'Bearer realm="Koto-digi"{error}'} if error or code == 401 else {}


def _typed() -> list[tuple[str, str]]:
    """Give the fields of the form that was sent, for sending it again; a password is never written into a page.

    Without an endpoint nothing checked the form's token, so a foreign page may have sent it.
    """
    if request.method != "POST" or request.endpoint is None or "password" in request.form:
        return []
    return [(name, text) for name, text in request.form.items(multi=True) if name not in ("csrf_token", "_language")]


def _is_in_doubt(error: DBAPIError) -> bool:
    """Tell whether the connection broke at COMMIT, which carries no statement: the database may have kept the change."""
    return request.method not in ("GET", "HEAD") and error.connection_invalidated and error.statement is None


def register_errors(app: Flask) -> None:
    """Answer every refusal and fault with a page of ours."""
    _register_row_errors(app)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        if code not in _TEXTS:
            code = 404 if code == 405 else 400 if code < 500 else 500
        return _page(code)

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> Any:
        return _page(400)

    @app.errorhandler(OperationalError)
    def database_down(error: OperationalError) -> Any:
        log.error("database_unavailable", kind=type(error.orig).__name__)
        _forget_session()
        return _page(503, _IN_DOUBT if _is_in_doubt(error) else None, kept=_typed())

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Any:
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno}" if frame else ""
        log.error("request_failed", kind=type(error).__name__, where=where, endpoint=request.endpoint)
        if app.testing and app.config.get("RAISE_ERRORS"):
            raise error
        _forget_session()
        return _page(500)


def _register_row_errors(app: Flask) -> None:
    @app.errorhandler(ForeignRowError)
    def foreign(error: ForeignRowError) -> Any:
        db.session.rollback()
        return _page(404)

    @app.errorhandler(NotNow)
    def not_now(error: NotNow) -> Any:
        db.session.rollback()
        return _page(409, refusal(error))

    @app.errorhandler(StaleDataError)
    def overtaken(error: StaleDataError) -> Any:
        db.session.rollback()
        return _page(409)


def _forget_session() -> None:
    """Close the broken transaction; the error page must not need the database."""
    try:
        db.session.remove()
    except Exception:
        log.error("session_not_closed")
    # What the frame of the page has not read by now it does without: the rights, and the person.
    g.setdefault("permissions", set())
    if "_login_user" not in g:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
