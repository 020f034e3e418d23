"""The code of a certificate of training: signed where the training was done, verified anywhere without asking there (Ed25519)."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.core.folding import folded

# Format, path, version of the path, person, day: what stands before the signature.
_CONTENT = struct.Struct(">B12s8s8sI")
_FORMAT, _SIGNATURE = 1, 64
_MOST = 400


class BadCodeError(ValueError):
    """The code was not given by the training environment, or was changed on the way."""


@dataclass(frozen=True)
class Training:
    """What a certificate says; `version` and `person` are digests of 16 hexadecimal characters."""

    path: str
    version: str
    person: str
    given_on: date


def person_mark(given_name: str, family_name: str) -> str:
    """Give the digest of a name, so that a certificate serves its own holder; other given names than the first are left out."""
    first = given_name.split()[:1]
    return sha256(folded(*first, family_name).encode()).hexdigest()[:16]


def write_code(training: Training, private_key: str) -> str:
    """Give the code in groups of eight characters. `private_key` is of 64 hexadecimal characters."""
    content = _CONTENT.pack(
        _FORMAT, training.path.encode(), bytes.fromhex(training.version), bytes.fromhex(training.person), training.given_on.toordinal()
    )
    signed = content + Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key)).sign(content)
    text = base64.b32encode(signed).decode().rstrip("=")
    return "-".join(text[at : at + 8] for at in range(0, len(text), 8))


def read_code(code: str, public_key: str) -> Training:
    """Give what a code says, however it is spaced or cased. Raises BadCodeError."""
    plain = "".join(code.split()).replace("-", "").upper()
    try:
        if len(plain) > _MOST:
            raise BadCodeError
        signed = base64.b32decode(plain + "=" * (-len(plain) % 8))
        content, signature = signed[:-_SIGNATURE], signed[-_SIGNATURE:]
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, content)
        form, path, version, person, day = _CONTENT.unpack(content)
    except (binascii.Error, InvalidSignature, struct.error, ValueError) as error:
        raise BadCodeError from error
    if form != _FORMAT:
        raise BadCodeError
    return Training(path.rstrip(b"\0").decode(), version.hex(), person.hex(), date.fromordinal(day))


def public_key_of(private_key: str) -> str:
    """Give the key by which what `private_key` signs is verified, in hexadecimal characters."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key)).public_key().public_bytes_raw().hex()
