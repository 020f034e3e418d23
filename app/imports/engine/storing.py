"""The bytes that were handed in, encrypted in pieces in the instance folder: a file may be larger than the memory."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.fernet import InvalidToken
from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.types import keyring, new_id
from app.imports.models import ImportBatch, ImportFile

_PIECE = 1 << 20
_WIDTH = 4


class StoredFileError(RuntimeError):
    """The kept bytes are gone, cut, in another order, or sealed by a key that is not there."""


def _folder() -> Path:
    folder: Path = current_app.config["KOTO"].instance_dir / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep_file(session: Session, batch: ImportBatch, name: str, stream: BinaryIO) -> ImportFile:
    """Keep what `stream` gives as the batch's next file, without commit; the bytes are on the disk when this returns.

    Raises OSError when the disk is full; then nothing of the file stays.
    """
    key = new_id()
    path, digest, size = _folder() / key, hashlib.sha256(), 0
    try:
        with path.open("xb") as out:
            os.chmod(path, 0o600)
            number = 0
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                _write(out, number, piece)
                number += 1
            # The end is a piece of its own, so that a file that was cut is known.
            _write(out, number, b"")
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    position = (session.scalar(select(func.max(ImportFile.position)).where(ImportFile.batch_id == batch.id)) or 0) + 1
    file = ImportFile(id=key, batch_id=batch.id, org_id=batch.org_id, name=name[:200], position=position, digest=digest.hexdigest(), size=size)
    session.add(file)
    session.flush()
    return file


def _write(out: BinaryIO, number: int, piece: bytes) -> None:
    token = keyring().encrypt(number.to_bytes(8, "big") + piece)
    out.write(len(token).to_bytes(_WIDTH, "big") + token)


def _pieces(path: Path) -> Iterator[bytes]:
    number = 0
    try:
        with path.open("rb") as stored:
            while width := stored.read(_WIDTH):
                piece = keyring().decrypt(stored.read(int.from_bytes(width, "big")))
                if int.from_bytes(piece[:8], "big") != number:
                    raise StoredFileError(path.name)
                if len(piece) == 8:
                    return
                number += 1
                yield piece[8:]
    except (OSError, InvalidToken) as error:
        raise StoredFileError(path.name) from error
    raise StoredFileError(path.name)


@contextmanager
def opened(file: ImportFile) -> Iterator[Path]:
    """Give a readable copy for the length of the block. Raises `StoredFileError`."""
    with tempfile.TemporaryDirectory(dir=_folder(), prefix="open-") as folder:
        path = Path(folder) / "source"
        with path.open("xb") as out:
            for piece in _pieces(_folder() / file.id):
                out.write(piece)
        yield path


def remove_file(session: Session, file: ImportFile, at: datetime) -> None:
    """Take the bytes away, and what of them was kept unmasked; what the file was, its digest and size, stays told."""
    (_folder() / file.id).unlink(missing_ok=True)
    if file.profile:
        file.profile = json.dumps({name: part for name, part in json.loads(file.profile).items() if name not in ("values", "first_rows")}, ensure_ascii=False)
    file.removed_at = at
