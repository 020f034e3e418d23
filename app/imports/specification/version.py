"""The version of the specification: declared by hand when its meaning changes, with a digest that follows from its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from app.imports.specification.catalogue import Entity, Field, catalogue
from app.imports.specification.codes import values_of
from app.imports.specification.rules import rules

DECLARED = "1.0"


def _field(field: Field) -> list[Any]:
    codes = [value.code for value in values_of(field.code_list)] if field.code_list else None
    return [field.key, field.kind, field.required, field.default, field.max_length, field.places, codes, field.refers_to, field.essential]


def digest(entities: Sequence[Entity]) -> str:
    """Give eight characters that change with any entity, field, code or rule, and with no label."""
    content = [[entity.key, [_field(field) for field in entity.fields], entity.one_of] for entity in entities]
    dated = [[rule.id, rule.severity, str(rule.valid_from), str(rule.shadow_until)] for rule in rules()]
    return hashlib.sha256(json.dumps([content, dated]).encode()).hexdigest()[:8]


def version(entities: Sequence[Entity] | None = None) -> str:
    """Give the version as it is written into every form of the specification."""
    return f"{DECLARED}+{digest(entities or catalogue())}"
