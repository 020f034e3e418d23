"""Zip archives, workbooks too, are looked at before anything opens them: what they say of themselves, and then how much really comes out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.imports.reading.limits import is_a_bomb
from app.imports.reading.opening import Source
from app.imports.reading.teller import Stopped, Teller

_CHUNK = 1024 * 1024
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
FAULTS = (BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)


@contextmanager
def opened(source: Source, teller: Teller, most: int) -> Iterator[ZipFile]:
    """Open an archive whose list of contents is sound and within the limits; `most` bytes may come out."""
    try:
        with source.open() as file, ZipFile(file) as archive:
            _check_list(source, archive.infolist(), teller, most)
            yield archive
    except FAULTS as error:
        raise Stopped("DAMAGED", sheet=source.name, value=type(error).__name__) from error


def _check_list(source: Source, entries: list[ZipInfo], teller: Teller, most: int) -> None:
    if len(entries) > teller.limits.entries:
        raise Stopped("TOO_MANY_ENTRIES", sheet=source.name, value=len(entries))
    names = [entry.filename for entry in entries]
    again = next((name for at, name in enumerate(names) if name in names[:at]), None) if len(set(names)) < len(names) else None
    if again is not None:
        raise Stopped("DUPLICATE_ENTRY", sheet=source.name, value=again)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Stopped("PASSWORD", sheet=source.name)
    if sum(entry.file_size for entry in entries) > most:
        raise Stopped("TOO_LARGE_UNPACKED", sheet=source.name, value=sum(entry.file_size for entry in entries))
    for entry in entries:
        if is_a_bomb(entry.file_size, entry.compress_size, teller.limits.ratio):
            raise Stopped("ZIP_BOMB", sheet=source.name, value=entry.filename)


class Unpacked:
    """Counts what really comes out of an archive over all of its parts."""

    def __init__(self, source: Source, teller: Teller, most: int) -> None:
        self.source, self.teller, self.most = source, teller, most
        self.bytes = 0

    def chunks(self, archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
        """Give the content of a part; its checksum is compared at the end."""
        before = self.bytes
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                self.bytes += len(chunk)
                if self.bytes > self.most:
                    raise Stopped("TOO_LARGE_UNPACKED", sheet=self.source.name, value=entry.filename)
                if is_a_bomb(self.bytes - before, entry.compress_size, self.teller.limits.ratio):
                    raise Stopped("ZIP_BOMB", sheet=self.source.name, value=entry.filename)
                yield chunk


def tables_in(source: Source, teller: Teller) -> list[Source]:
    """Give the files of an archive, each unpacked once to see that it can be. Nothing is written to a disk, so their paths mean nothing."""
    found = []
    with opened(source, teller, teller.limits.unpacked_bytes) as archive:
        unpacked = Unpacked(source, teller, teller.limits.unpacked_bytes)
        for entry in archive.infolist():
            base = entry.filename.replace("\\", "/").rsplit("/", 1)[-1]
            if entry.is_dir() or entry.filename.startswith(_IGNORED) or base in _IGNORED or base.startswith("._"):
                continue
            for _chunk in unpacked.chunks(archive, entry):
                pass
            found.append(Source(base, _opener(source, entry.filename)))
    return found


class _Part:
    """Keeps the archive open as long as its part is."""

    def __init__(self, source: Source, name: str) -> None:
        self._file = source.open()
        self._archive = ZipFile(self._file)
        self._part = self._archive.open(name)

    def __getattr__(self, name: str) -> object:
        return getattr(self._part, name)

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._part.close()
        self._archive.close()
        self._file.close()


def _opener(source: Source, name: str):  # type: ignore[no-untyped-def]
    return lambda: cast(BinaryIO, _Part(source, name))
