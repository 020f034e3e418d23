"""Write `docs/access.md`: what each role may do, every address with what it asks for, and whose rows are seen."""

from __future__ import annotations

import tempfile
from typing import Any

from app import create_app
from app.access.membership import ClientScoped
from app.access.roles import ONLY_IN, ROLES
from app.codes.lists import label
from config import load_settings

_LEAD = """# Access

From `app/access/roles.py` and the addresses of the running application. What stands in no cell is refused; `tests/access` asks
every address for every role about every kind of row and finds no other answer.

Two questions decide each request. **May this role do this?** The tables below. **Is this row the reader's?** That depends on what the
view is about, the column "rows" of the second table:

- *clients*: of the reader's own organisation, and for reading those shared with it for a purpose and a period; of a county only what
  its profile needs (`app/access/profiles.py`). Anything else does not exist for the reader: 404.
- *own organisation*: what the organisation itself keeps, such as rights, roles, directories and findings of its log.
- *client by number*: a client of the reader's own organisation, known by its key to those who see no clients.
- *everybody's*: reference data.

Contact details of protected clients and restricted fields are masked until they are opened for a reason, by a permission and an event
of their own (`docs/adr/0018`, `docs/adr/0019`).
"""
# Views over what is no table, or is everybody's, or is known by number.
_ROWS = {"ExplanationView": "client by number", "LogView": "client by number", "HomeView": "clients", "OrganisationView": "everybody's", "RoleView": "everybody's",
         "OrganisationApi": "everybody's", "RightOpeningView": "rights that wait, of every organisation",
         "DirectoryStatusView": "own organisation; the national agency all"}  # fmt: skip


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _by_role() -> str:
    views = sorted({view for permissions in ROLES.values() for view in permissions})
    rows = [[view, *(", ".join(name.removeprefix("can_") for name in ROLES[role].get(view, ())) for role in ROLES)] for view in views]
    return _table(["view", *ROLES], rows)


def _rows_of(view: Any) -> str:
    pages = view.pages() if hasattr(view, "pages") else view
    name = type(view).__name__
    model = getattr(getattr(pages, "datamodel", None), "obj", None)
    return _ROWS.get(name) or ("clients" if model is not None and issubclass(model, ClientScoped) else "own organisation")


def _by_address() -> str:
    """Ask the application itself, made over an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings({"KOTO_INSTANCE_DIR": folder}))
        return _table(["address", "methods", "permission", "rows", "roles"], [row for rule in sorted(app.url_map.iter_rules(), key=str) if (row := _address(app, rule))])


def _address(app: Any, rule: Any) -> list[str] | None:
    """Give the line of a route; None for one that no role holds, which is refused to everybody."""
    function: Any = app.view_functions[rule.endpoint]
    name = getattr(getattr(function, "__func__", function), "_permission_name", None)
    methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    if name is None:
        return [f"`{rule.rule}`", methods, "", "", "no permission: open, or about the reader alone (`tests/house/test_routes.py`)"]
    view = next(view for view in app.appbuilder.baseviews if view.endpoint == rule.endpoint.split(".")[0])
    pages = view.pages() if hasattr(view, "pages") else view
    permission, held = f"can_{(view.method_permission_name or {}).get(name, name)}", type(pages).__name__
    roles = [role for role in ROLES if permission in ROLES[role].get(held, ())]
    only = f", {label('ORGANISATION_KIND', ONLY_IN[held], 'en')} only" if held in ONLY_IN else ""
    return [f"`{rule.rule}`", methods, f"{permission} {held}", _rows_of(view), ", ".join(roles) + only] if roles else None


def access() -> str:
    """Give the whole page."""
    names = "\n".join(f"- `{role}`: {label('ROLE', role, 'fi')}, {label('ROLE', role, 'sv')}" for role in ROLES)
    return f"{_LEAD}\n## Roles\n\n{names}\n\n{_by_role()}\n## Addresses\n\n{_by_address()}"
