"""`/api/v1/open/{fi|sv}/`: levels, tables, what a table holds, and figures by a query or as a whole file. Nobody signs in and nothing is recorded."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from flask_babel import gettext as _
from flask_babel import refresh

from app.codes.lists import label
from app.db.base import db
from app.reports.areas import Level
from app.reports.open.answers import answered, open_periods_of, written
from app.reports.open.query import BadQueryError, read, within_limit
from app.reports.open.tables import FOLDERS, OpenTable, metadata, open_tables, sides_of
from app.reports.out.contents import Side
from app.web.language import LANGUAGES

open_figures = Blueprint("open_figures", __name__, url_prefix="/api/v1/open")
_MOST_BYTES = 100_000
_FILES = ("csv", "xlsx", "json", "json-stat")
# Closed figures never change; a new period should be seen the same day.
_KEPT_FOR = "public, max-age=3600"


@open_figures.before_request
def begin() -> None:
    """Speak the language of the address, whatever the reader's cookie says."""
    request.max_content_length = _MOST_BYTES
    asked = (request.view_args or {}).get("language")
    g.spoken = asked if asked in LANGUAGES else "fi"
    g.pop("translations", None)
    refresh()


@open_figures.after_request
def readable_from_anywhere(answer: Response) -> Response:
    """Let programs in other pages read the answers: they are everybody's, and no cookie is looked at (`docs/adr/0042`)."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        answer.headers |= {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "Content-Type", "Access-Control-Max-Age": "86400"}
    if request.method == "GET" and answer.status_code == 200:
        answer.headers["Cache-Control"] = _KEPT_FOR
        answer.add_etag()
        answer.make_conditional(request)
    return answer


@open_figures.errorhandler(BadQueryError)
def told(bad: BadQueryError) -> Any:
    return jsonify(code=bad.status, message=str(bad)), bad.status


@open_figures.get("/<language>/")
def folders(language: str) -> Any:
    """Give the levels of areas."""
    _known(language)
    return jsonify([{"id": name, "type": "l", "text": label("REPORT_LEVEL", level, language)} for name, level in FOLDERS.items()])


@open_figures.get("/<language>/<folder>/")
def tables(language: str, folder: str) -> Any:
    """Give the tables of a level."""
    _known(language, folder)
    return jsonify([{"id": one.id, "type": "t", "text": one.title(language)} for one in open_tables()])


@open_figures.get("/<language>/<folder>/<name>")
def table(language: str, folder: str, name: str) -> Any:
    """Give what a table holds; with the ending of a form after its name, the whole table as a file."""
    level = _known(language, folder)
    name, _dot, ending = name.partition(".")
    found, sides = _table(name, level)
    if not ending:
        return jsonify(metadata(found, sides, language))
    if ending not in _FILES:
        raise BadQueryError(_("There is no format %(name)s. The formats are: %(names)s.", name=ending[:20], names=", ".join(_FILES)), 404)
    within_limit(sides)
    return _answer(found, level, sides, ending, language)


@open_figures.post("/<language>/<folder>/<name>")
def query(language: str, folder: str, name: str) -> Any:
    """Give the figures that a query chooses."""
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise BadQueryError(_("Send a query as a JSON object.")) from None
    level = _known(language, folder)
    found, sides = _table(name, level)
    chosen, form = read(sent, sides)
    return _answer(found, level, chosen, form, language)


def _known(language: str, folder: str = "") -> Level:
    if language not in LANGUAGES:
        raise BadQueryError(_("The languages are: %(names)s.", names=", ".join(LANGUAGES)), 404)
    if folder and folder not in FOLDERS:
        raise BadQueryError(_("There is no level %(name)s. The levels are: %(levels)s.", name=folder[:20], levels=", ".join(FOLDERS)), 404)
    return FOLDERS.get(folder, Level.COUNTRY)


def _table(name: str, level: Level) -> tuple[OpenTable, list[Side]]:
    found = next((one for one in open_tables() if one.id == name), None)
    if found is None:
        raise BadQueryError(_("There is no table %(name)s.", name=name[:40]), 404)
    return found, sides_of(found, level, open_periods_of(db.session))


def _answer(found: OpenTable, level: Level, sides: list[Side], form: str, language: str) -> Response:
    data, media_type = written(answered(db.session, found, level, sides), form, language)
    return Response(data, mimetype=media_type)
