"""Static files: cached for ever under the hash of their content, compressed, and the same for every reader.

Pages are never compressed here: docs/adr/0010-pages-are-not-compressed.md says why.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for
from flask.sessions import SecureCookieSessionInterface

from app.web.headers import says_itself

FOR_EVER = "public, max-age=31536000, immutable"
_TEXTS = {".css", ".js", ".svg"}


_MOST_TOLD = 8


class SessionInterface(SecureCookieSessionInterface):
    """Keeps the session out of static files and open data: with its cookie in `Vary`, each signing-in would load them all again.

    Messages that wait for a page are told once and the latest few: whoever asks for many addresses before seeing a page
    would else get a cookie of more than the 4 kB that browsers keep, and so lose the session.
    """

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        if says_itself(request.endpoint):
            return
        waiting = session.get("_flashes", [])
        told = list(dict.fromkeys(map(tuple, waiting)))[-_MOST_TOLD:]
        if len(told) < len(waiting):
            session["_flashes"] = told
        super().save_session(app, session, response)


@lru_cache(maxsize=64)
def _compressed(path: Path, changed_at: int) -> bytes:
    """Compress a file once for each version of it."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)


def _compress(response: Response, path: Path) -> None:
    """Give the compressed file to a reader that takes it; a part of a file and an answer without one stay as they are."""
    if path.suffix not in _TEXTS:
        return
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or request.method != "GET" or not request.accept_encodings["gzip"]:
        return
    etag, _is_weak = response.get_etag()
    response.close()
    response.direct_passthrough = False
    response.set_data(_compressed(path, path.stat().st_mtime_ns))
    response.content_encoding = "gzip"
    response.headers.pop("Accept-Ranges", None)
    # Not byte for byte the file that the strong tag names.
    response.set_etag(etag or "", weak=True)


def register_static_files(app: Flask) -> None:
    """Make `asset(name)` for templates, and the headers and compression of what it points at."""
    addresses: dict[tuple[str, str], str] = {}
    folder = Path(str(app.static_folder))
    app.session_interface = SessionInterface()

    @app.template_global()
    def asset(filename: str) -> str:
        key = (request.script_root, filename)
        if key not in addresses or app.debug:
            mark = hashlib.sha256((folder / filename).read_bytes()).hexdigest()[:12]
            addresses[key] = url_for("static", filename=filename, v=mark)
        return addresses[key]

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code < 400:
            response.headers["Cache-Control"] = FOR_EVER
            _compress(response, folder / (request.view_args or {})["filename"])
        return response
