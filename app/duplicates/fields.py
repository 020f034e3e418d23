"""The two records field by field: what differs, whose value stands first, and what becomes of a value when a merge is undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.access.visibility import sight_of
from app.clients.actions import prepare_client
from app.clients.labels import CLIENT
from app.clients.models import Client
from app.duplicates.rules import newer
from app.organisations.relations import municipality_name
from app.web.display import shown

# A protection never goes away by a merge: it stays when either record has it.
EITHER = ("non_disclosure", "trafficking_victim")
# An identity code stands with the reason for having none, and is chosen with it.
WITH_CODE = ("identity_code", "no_identity_code_reason")
CHOSEN = (
    "identity_code", "family_name", "given_names", "call_name", "birth_date", "gender", "citizenship", "mother_tongue", "service_language", "interpreter_needed",
    "interpreter_language", "interpreter_mode", "phone", "email", "street_address", "postal_code", "post_office", "home_municipality_id", "arrival_date",
    "status", "employment_status", "responsible_worker_id", "relationship_started",
)  # fmt: skip
WRITTEN = (*CHOSEN, "no_identity_code_reason", *EITHER)


def differing(kept: Client, other: Client) -> list[dict[str, Any]]:
    """Give what differs in the shape of `koto/versions.html`, with the value that stands first chosen."""
    pairs = []
    for name in CHOSEN:
        one, two = getattr(kept, name), getattr(other, name)
        if one == two or sight_of(kept, name).is_absent:
            continue
        chosen = newer(one, two, kept.changed_at, other.changed_at)
        pairs.append({"name": name, "label": CLIENT[name], "saved": _text(kept, name), "typed": _text(other, name), "chosen": chosen})
    return pairs


def _text(item: Client, name: str) -> str:
    if name == "identity_code":
        return item.masked_identity_code
    if name == "responsible_worker_id":
        return shown(item, "responsible_worker")
    if name == "home_municipality_id" and sight_of(item, name).is_whole:
        return municipality_name(item.home_municipality_id) or ""
    return shown(item, name)


def picture(item: Client) -> dict[str, Any]:
    """Give the values of a record as JSON holds them."""
    values = {name: getattr(item, name) for name in WRITTEN}
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in values.items()}


def put(item: Client, values: Mapping[str, Any]) -> None:
    """Write values of a picture into a record."""
    for name, value in values.items():
        is_day = name in ("birth_date", "arrival_date", "relationship_started") and value
        setattr(item, name, date.fromisoformat(value) if is_day else value)
    prepare_client(item)


def merged_values(kept: Client, other: Client, taken: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of the kept record that the merge changes; `taken` is `typed` for each field of the other record that was chosen."""
    one, two = picture(kept), picture(other)
    names = [name for name in CHOSEN if taken.get(name) == "typed"]
    if "identity_code" in names:
        names.append("no_identity_code_reason")
    found = {name: two[name] for name in names} | {name: one[name] or two[name] for name in EITHER}
    return {name: value for name, value in found.items() if value != one[name]}
