"""The access matrix: what every route must answer every reader about every kind of row, worked out from the declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from app.access.profiles import PROFILES
from app.access.roles import ONLY_IN, ROLES
from app.db.types import new_id
from app.demo.accounts import CAST
from app.demo.sharing import PROVIDER_KEY
from app.organisations.models import organisation_key
from tests.support.specimens import COUNTY, KINDS, PORVOO, PROFILE, SETS, VANTAA, Specimen

# What a reader who may gets: the page, the way on, or why the form, the state or the argument does not fit.
SERVED = frozenset({200, 201, 204, 302, 303, 400, 409, 422})
REFUSED, UNKNOWN = frozenset({403}), frozenset({404})
# The national agency opens rights of every organisation (681/2023 § 80.4); reference data are everybody's.
_OF_ALL = {"RightOpeningView", "OrganisationView", "OrganisationCareView"}
_HOMES = {"MUNICIPALITY": {"092": VANTAA, "638": PORVOO}, "WELLBEING_COUNTY": {"04": COUNTY}, "SERVICE_PROVIDER": {"ESIM": PROVIDER_KEY}}


@dataclass(frozen=True)
class Reader:
    """A person of the matrix: the account, the role and the organisation, both None for who has no right or has not signed in."""

    username: str | None
    role: str | None = None
    kind: str | None = None
    home: str | None = None

    def may(self, permission: str, view: str) -> bool:
        is_there = view not in ONLY_IN or ONLY_IN[view] == self.kind
        return is_there and self.role is not None and permission in ROLES[self.role].get(view, ())

    def relation(self, name: str) -> str:
        """Tell what the specimens of a set are to the reader."""
        owner, share = SETS[name]
        if self.home == owner:
            return "own"
        return "granted" if share == "in force" and self.home in (COUNTY, PROVIDER_KEY) else "other"


READERS = (
    *(Reader(row[0], row[3], row[4], _HOMES.get(row[4], {}).get(row[5], organisation_key(row[4], row[5]))) for row in CAST),
    Reader("nelli"), Reader(None),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One request of the matrix and the statuses that its declaration allows; what `deletes` must be put back."""

    method: str
    path: str
    expected: frozenset[int]
    relation: str
    kind: str
    endpoint: str
    deletes: bool = False


# Routes whose key is that of a client, though their view is about something else.
_OF_CLIENTS = {"ClientMergeView.candidates", "ClientMergeView.propose"}
# Views of no table of their own whose key is that of a move, and the route whose key is that of a move's file.
_OF_MOVES = {"ImportWorkView", "ImportMatchView", "ImportCertificateView", "ImportApi"}
_OF_FILES = {"ImportFindingView.returned"}


def declared(app: Flask, rule: Rule) -> tuple[Any, str] | None:
    """Give the view of a route and the permission it asks for, None for a route that asks for none."""
    function: Any = app.view_functions[rule.endpoint]
    name = getattr(getattr(function, "__func__", function), "_permission_name", None)
    if name is None:
        return None
    endpoint = rule.endpoint.split(".")[0]
    view = next(view for view in app.appbuilder.baseviews if view.endpoint == endpoint)  # type: ignore[attr-defined]
    return view, f"can_{(view.method_permission_name or {}).get(name, name)}"


def cells(app: Flask, reader: Reader, specimens: dict[tuple[str, str], Specimen]) -> Iterator[Cell]:
    """Give every request of a reader: each route and method, with a row of each relation and kind where a row is named."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda found: found.rule):
        found = declared(app, rule)
        if found is None:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield from _of_route(reader, rule, method, found[0], found[1], specimens)


def _of_route(reader: Reader, rule: Rule, method: str, view: Any, permission: str, specimens: Any) -> Iterator[Cell]:
    pages = view.pages() if hasattr(view, "pages") else view
    table = getattr(getattr(getattr(pages, "datamodel", None), "obj", None), "__tablename__", "client")
    path = _filled_in(rule.rule, pages)
    may = reader.may(permission, getattr(pages, "class_permission_name", None) or type(pages).__name__)
    parent = getattr(pages, "parent", None)
    if "<pk>" in path:
        is_of_move = type(pages).__name__ in _OF_MOVES
        asked, argument = "client" if rule.endpoint in _OF_CLIENTS else "import_file" if rule.endpoint in _OF_FILES else "import_batch" if is_of_move else table, None
    elif rule.endpoint.endswith((".add", ".post", "ParticipationView.invite")) and parent is not None:
        asked, argument = parent.model.__tablename__, parent.argument
    elif rule.endpoint == "TransferView.send":
        asked, argument = "client", "client"
    else:
        # A limit that the view does not have, a report that nobody made and a figure for other readers are unknown addresses to those who may see the list.
        is_unknown = path == "/reports/view/x" or ("/limit/" in path and "/limit/x" in path) or (reader.role == "LOG_AUDITOR" and path == "/reports/show/I01")
        relation = "nobody's" if is_unknown else "none"
        yield Cell(method, path, _served(reader, rule, may, relation), relation, "none", rule.endpoint)
        return
    keys = list(_keys(reader, asked, specimens, only_plain=not may))
    # What the role may not do is refused before a row is looked for: of two readers after one another one asks with a row, the other with none.
    number = READERS.index(reader) + len(rule.rule) + (method == "GET")
    for relation, kind, key in keys if may or reader.role is None else [keys[0 if number % 2 else -1]]:
        if relation == "granted" and reader.home == COUNTY and asked not in PROFILES[PROFILE]:
            # The county's profile has no such section.
            relation = "other"
        address = path.replace("<pk>", key) if argument is None else f"{path}?{argument}={key}"
        is_of_all = type(pages).__name__ in _OF_ALL and relation == "other"
        expected = _served(reader, rule, may, "own" if is_of_all else relation)
        is_restricted = rule.endpoint.endswith(".open_restricted") or rule.endpoint == "RestrictedSectionView.edit"
        if is_restricted and relation == "own" and reader.role == "CASEWORKER":
            # Opened for the clients one is responsible for; of the specimens nobody is.
            expected = REFUSED
        deletes = rule.endpoint.endswith(".delete") and expected is SERVED
        yield Cell(method, address, expected, relation, kind, rule.endpoint, deletes)


def _served(reader: Reader, rule: Rule, may: bool, relation: str) -> frozenset[int]:
    if reader.role is None:
        is_api = rule.rule.startswith("/api/")
        return frozenset({401} if is_api else {302, 303} if reader.username is None else REFUSED | {302, 303})
    if not may:
        return REFUSED
    return UNKNOWN if relation in ("other", "nobody's") else SERVED


def _keys(reader: Reader, table: str, specimens: dict[tuple[str, str], Specimen], *, only_plain: bool) -> Iterator[tuple[str, str, str]]:
    """Give (relation, kind, key): the first set of each relation, and a key that no row has."""
    seen: set[tuple[str, str]] = set()
    for (name, kind), specimen in specimens.items():
        relation, key = reader.relation(name), specimen.keys.get(table)
        if key is None or (only_plain and kind != KINDS[0]):
            continue
        # A share that is over is tried beside the client that was never shared.
        mark = (f"{relation}-{name}" if relation == "other" and name == "ended" else relation, kind)
        if mark not in seen:
            seen.add(mark)
            yield relation, kind, key
    yield "nobody's", "none", new_id()


def _filled_in(rule: str, view: Any) -> str:
    """Fill in what is no key of a row: the first name that the view knows."""
    if "/action/" in rule:
        name = next(iter(getattr(view, "actions", {})), "x")
    elif "/limit/" in rule or "/suggest/" in rule:
        limits = [name for name in view.relations if "/suggest/" in rule or name in view.search_columns]
        name = next(iter(limits), "x")
    else:
        name = "x"
    # A record beside itself is no pair, which is told to its own organisation only.
    rule = rule.replace("<role>", "CASEWORKER").replace("<form>", "json").replace("<other>", "<pk>").replace("<work>", "rehearse").replace("<indicator>", "I01").replace("<period>", "2026Q3").replace("<organisation>", VANTAA)
    rule = rule.replace("<list_name>", "HOUSING").replace("<code>", "OTHER")
    return re.sub(r"<(?!pk>)[^>]*>", name, rule)


def foreign_words(reader: Reader, specimens: dict[tuple[str, str], Specimen]) -> list[str]:
    """Give the words that no answer to this reader may hold."""
    found = []
    for (name, kind), specimen in specimens.items():
        sees = reader.role is not None and reader.relation(name) != "other" and ROLES[reader.role].get("ClientView")
        if not sees:
            found.append(specimen.word)
        if kind == "protected" or not sees:
            found.append(specimen.secret)
        # Whose rights they are is told in their own organisation, and to the agency that opens them.
        if reader.home != specimen.home and reader.kind != "NATIONAL_AGENCY":
            found.append(specimen.staff)
    return found

