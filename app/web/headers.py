"""Security headers, request identity, and one log line a request without personal data."""

from __future__ import annotations

import logging
import sys
import time
import uuid
from contextlib import suppress
from typing import TextIO, cast

import structlog
from flask import Flask, Response, g, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _LenientStream:
    """A stream that a full disk or a closed pipe does not make fail: no page is refused for its line in the log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def configure_logging() -> None:
    """Write JSON lines to standard error; stock loggers of the framework stay at warnings."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    # FAB logs user names at info and error; what it refuses we log ourselves.
    logging.getLogger("flask_appbuilder").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"),
                    structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _LenientStream(sys.stderr))),
    )  # fmt: skip


def says_itself(endpoint: str | None) -> bool:
    """Tell whether answers of an endpoint are the same for every reader and may be kept by them; where a header is set they are."""
    return endpoint == "static" or (endpoint or "").startswith("open_figures.")


def register_headers(app: Flask) -> None:
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        g.request_id, g.started = str(uuid.uuid4()), time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        # Static files and open data say for themselves how long they keep; that runs before this. So does a page that is everybody's.
        if "kept_for" in g and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={g.kept_for}"
        elif not says_itself(request.endpoint) or response.status_code >= 400 or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint not in ("static", "health.healthz"):
            log.info("request", id=g.get("request_id"), endpoint=request.endpoint, method=request.method,
                     status=response.status_code, ms=round((time.perf_counter() - g.get("started", 0)) * 1000))  # fmt: skip
        return response
