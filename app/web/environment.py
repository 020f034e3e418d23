"""What tells the environment on every page, paper, file and letter: here alone it is decided where and with which words."""

from __future__ import annotations

from flask import Flask, Response, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.http import parse_options_header

_MARKS = {"demo": _l("Demonstration: made-up people only"), "training": _l("Training environment – made-up people")}


def environment_mark() -> str:
    """Give the words that every page and paper of this environment bears, in the language in force; none in production."""
    return str(_MARKS.get(current_app.config["KOTO"].environment, ""))


def register_environment(app: Flask) -> None:
    """Let every template mark itself, whether it is drawn for a request or by a command; and mark the names of files of training."""
    app.jinja_env.globals["environment_mark"] = environment_mark
    if app.config["KOTO"].is_training:
        app.after_request(_name_marked)


def _name_marked(response: Response) -> Response:
    """Say in the name of a file where it is from: it outlives the page it was fetched from."""
    kind, options = parse_options_header(response.headers.get("Content-Disposition"))
    name = options.get("filename")
    if name:
        response.headers.set("Content-Disposition", kind, filename=_("training-%(name)s", name=name))
    return response
