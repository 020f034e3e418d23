"""What of an event is sealed, byte by byte, and the keyed marks that only the application can make."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
# A new column gets a new form: what was sealed by an old one is still read by it.
EVENT_FORM, SEAL_FORM = "event-1", "seal-1"
SEALED_COLUMNS = (
    "id", "at", "name", "user_id", "role", "organisation_id", "purpose", "outcome", "row_id", "row_version", "fields", "criteria", "hits",
    "request_id",
)  # fmt: skip
START = "0" * 64


def moment(value: datetime) -> int:
    """Give a moment in microseconds since 1970, the same whatever zone a database answers in."""
    return (value - _EPOCH) // _MICROSECOND


def canonical(event: Mapping[Any, Any], client_ids: Sequence[str]) -> bytes:
    """Give the bytes of an event and the clients it touched, whose keys stand in order."""
    values = [moment(event["at"]) if name == "at" else event[name] for name in SEALED_COLUMNS]
    return json.dumps([EVENT_FORM, *values, client_ids], separators=(",", ":")).encode()


def root_of(digests: Sequence[bytes]) -> str:
    """Give the hash of the digests of a seal's events in their order."""
    return hashlib.sha256(b"".join(digests)).hexdigest()


def seal_hash(seal: Mapping[Any, Any]) -> str:
    """Give the hash of a seal: its own values, its events' root and the hash of the seal before."""
    values = [SEAL_FORM, seal["number"], moment(seal["made_at"]), moment(seal["covers_until"]), seal["first_place"], seal["events"],
              bool(seal["has_marks"]), seal["root"], seal["previous"]]  # fmt: skip
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()


class Keys:
    """Keys drawn from the key ring of encrypted fields; a mark names its key, so that a new key leaves old marks good."""

    def __init__(self, field_keys: Sequence[str]) -> None:
        drawn = [hashlib.sha256(b"audit log" + key.encode()).digest() for key in field_keys]
        self._by_name = {hashlib.sha256(b"name" + key).hexdigest()[:8]: key for key in drawn}
        self._newest = next(iter(self._by_name))

    def mark(self, content: bytes) -> str:
        """Give the mark of an event: the key's name and 128 bits of HMAC-SHA256."""
        return self._newest + hmac.digest(self._by_name[self._newest], content, "sha256")[:16].hex()

    def is_mark_of(self, mark: str, content: bytes) -> bool:
        key = self._by_name.get(mark[:8])
        return key is not None and hmac.compare_digest(mark[8:], hmac.digest(key, content, "sha256")[:16].hex())

    def mac(self, digest: str) -> str:
        """Give the mac of a seal: the key's name and HMAC-SHA256."""
        return self._newest + hmac.digest(self._by_name[self._newest], digest.encode(), "sha256").hex()

    def knows(self, mac: str) -> bool:
        """Tell whether the key that made a mac is still in the ring."""
        return mac[:8] in self._by_name

    def is_mac_of(self, mac: str, digest: str) -> bool:
        key = self._by_name.get(mac[:8])
        return key is not None and hmac.compare_digest(mac[8:], hmac.digest(key, digest.encode(), "sha256").hex())


def current_keys() -> Keys:
    """Give the keys of the application in force."""
    found: Keys | None = current_app.extensions.get("koto_audit_keys")
    if found is None:
        found = current_app.extensions["koto_audit_keys"] = Keys(current_app.config["KOTO"].field_keys)
    return found
