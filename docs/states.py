"""Pictures of the lives of records, drawn from their declarations."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import app
from app.access.roles import ROLES
from app.codes.lists import label
from app.core.states import Life

_LEAD = """# States

From the `states.py` of each feature. A deed that the state does not allow is refused with a sentence; who may do it stands under the picture.
Deeds without a role follow from another change.
"""


def lives() -> list[type[Life]]:
    """Give every life, in the order of the features' names."""
    for feature in iter_modules(app.__path__):
        if feature.ispkg and any(module.name == "states" for module in iter_modules([f"{app.__path__[0]}/{feature.name}"])):
            import_module(f"app.{feature.name}.states")
    return sorted((one for one in Life.__subclasses__() if one.__module__.startswith("app.")), key=lambda one: one.__module__)


def _picture(life: type[Life]) -> str:
    lines = ["```mermaid", "stateDiagram-v2", *(f'    state "{label(life.codes, str(one.value), "fi")} / {label(life.codes, str(one.value), "sv")}" as {one.value}' for one in life.states)]
    lines.append(f"    [*] --> {life.initial_state.value}")
    lines += [f"    {state} --> {target} : {deed}" for state, deed, target in life.steps()]
    return "\n".join([*lines, "```"])


def roles_of(life: type[Life], deed: str) -> list[str]:
    """Give the roles that may do a deed, none for one that follows from another change."""
    if deed in life.by_itself:
        return []
    return sorted(role for role, views in ROLES.items() if f"can_{deed}" in views.get(life.view, ()))


def states() -> str:
    """Give the page."""
    parts = [_LEAD]
    for life in lives():
        rows = [f"| `{deed}` | {', '.join(roles_of(life, deed)) or '–'} |" for deed in life.deeds()]
        parts.append("\n".join([f"## {life.__name__}\n", (life.__doc__ or "").split("\n")[0], "", _picture(life), "", "| deed | roles |", "| --- | --- |", *rows, ""]))
    return "\n".join(parts)
