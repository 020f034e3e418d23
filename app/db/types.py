"""Column types and the mark that classifies each personal field."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app
from sqlalchemy import DateTime, LargeBinary, String, TypeDecorator
from sqlalchemy.engine import Dialect


class Sensitivity(StrEnum):
    """How far a field may travel; RESTRICTED needs a right of its own."""

    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"
    PERSONAL = "PERSONAL"
    SECRET = "SECRET"  # noqa: S105
    RESTRICTED = "RESTRICTED"


def classified(category: str, sensitivity: Sensitivity) -> dict[str, Any]:
    """Give the `info` of a column: its data category and sensitivity.

    `category` is `K73-1` … `K73-10` (681/2023 § 73.1) or `own` for a technical need.
    """
    return {"category": category, "sensitivity": sensitivity}


OWN = classified("own", Sensitivity.INTERNAL)
OPEN = classified("own", Sensitivity.PUBLIC)


def new_id() -> str:
    """Make a random key (UUID version 4) as text."""
    return str(uuid.uuid4())


def is_id(value: object) -> bool:
    """Tell whether `value` is a key in the one spelling this system writes."""
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


def now() -> datetime:
    """Give the present moment in UTC, with its zone."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with zone, in UTC also on SQLite; refuses naive values."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise TypeError("a moment needs its zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def keyring() -> MultiFernet:
    return current_app.extensions.setdefault(
        "koto_keyring", MultiFernet([Fernet(key) for key in current_app.config["KOTO"].field_keys])
    )


class EncryptedText(TypeDecorator[str]):
    """Text encrypted at rest with the newest key of the keyring; older keys still open it."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().encrypt(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().decrypt(value).decode()


def blind_index(value: str) -> str:
    """Give the keyed digest (HMAC-SHA256, hexadecimal) by which an encrypted value is found.

    The key is drawn from the oldest field key, so that adding a newer one keeps every digest.
    """
    key = hashlib.sha256(b"blind index" + current_app.config["KOTO"].field_keys[-1].encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


IdType = String(36)
