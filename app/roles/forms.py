"""The form of an organisation's own role: a box for each thing its base role may do."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, validators

from app.access.roles import ROLES
from app.roles.labels import LOCAL_ROLE
from app.roles.rules import Pair
from app.roles.sentences import by_subject, pairs_of_role, view_named, words_of
from app.users.models import LocalRole
from app.users.queries import pairs_of
from app.web.forms import Form, stripped


def field_name(pair: Pair) -> str:
    """Name the box of a deed, as `clients.edit`."""
    view, permission = pair
    return f"{view_named(view).route_base.strip('/') or 'home'}.{permission.removeprefix('can_')}"


def _text(name: str, length: int, *, is_required: bool, help_text: Any = "") -> StringField:
    checks = [validators.InputRequired(_l("Fill in this field.")) if is_required else validators.Optional()]
    return StringField(LOCAL_ROLE[name], [*checks, validators.Length(max=length, message=_l("Write at most %(max)d characters."))],
                       filters=[stripped], description=help_text)  # fmt: skip


@cache
def role_form(base: str) -> type[Form]:
    """Make the form of roles narrowed from `base`. Raises KeyError for a role that does not exist."""
    fields: dict[str, Any] = {
        "version_seen": HiddenField(name="_version"),
        "name_fi": _text("name_fi", 60, is_required=True),
        "name_sv": _text("name_sv", 60, is_required=True),
        "reason": _text("reason", 300, is_required=False, help_text=_l("For example: substitutes who only read and write entries.")),
    }
    for view, permissions in ROLES[base].items():
        fields |= {field_name((view, name)): BooleanField(text, default=True) for name, text in words_of(view).items() if name in permissions}
    return type("LocalRoleForm", (Form,), fields)


def groups_of(base: str) -> list[dict[str, Any]]:
    """Give the form's groups: the names, then each kind of entry with its boxes."""
    boxes = [
        {"title": title, "boxes": True, "fields": [field_name((view, name)) for name in permissions]}
        for view, title, permissions in by_subject(pairs_of_role(base))
    ]  # fmt: skip
    return [{"title": None, "fields": ["name_fi", "name_sv", "reason"]}, *boxes]


def _worded(base: str) -> list[Pair]:
    """Give the pairs of a role that have a box of their own."""
    return [(view, name) for view, _title, names in by_subject(pairs_of_role(base)) for name in names]


def allowed_by(form: Any, base: str) -> set[Pair]:
    """Give the deeds that are ticked."""
    return {pair for pair in _worded(base) if form[field_name(pair)].data}


def as_lines(pairs: frozenset[Pair]) -> str:
    """Write what is withheld as the column holds it."""
    return "\n".join(sorted(f"{permission} {view}" for view, permission in pairs))


def held_by(role: LocalRole) -> frozenset[Pair]:
    """Give what an organisation's own role may do: its base less what is withheld."""
    return pairs_of_role(role.base) - {(view, permission) for permission, view in pairs_of(role.withheld)}


def filled(role: LocalRole) -> SimpleNamespace:
    """Give the role as its form reads it: texts, and a truth for each box."""
    held = held_by(role)
    boxes = {field_name(pair): pair in held for pair in _worded(role.base)}
    return SimpleNamespace(name_fi=role.name_fi, name_sv=role.name_sv, reason=role.reason, **boxes)
