"""The file that goes back to the municipality: a workbook, or a zip of text files where no workbook would hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from flask_babel import force_locale

from app.imports.reading.choices import Choices
from app.imports.reading.limits import Limits, is_a_bomb
from app.imports.reading.messages import End
from app.imports.reading.reader import read
from app.imports.returning.archive import Archive
from app.imports.returning.book import Book
from app.imports.returning.cells import UnfitError
from app.imports.returning.following import CutError, follow
from app.imports.returning.ledger import Ledger
from app.imports.returning.marks import Mark


@dataclass(frozen=True)
class Returned:
    """What was written: `ending` is "xlsx" or "zip"; an incomplete one holds the list alone, for the source could not be read to its end."""

    ending: str
    is_complete: bool
    findings: int


def marked_workbook(source: Path, name: str, choices: Choices, limits: Limits, marks: Iterable[Mark], language: str, out: Path) -> Returned:
    """Write to `out` the whole source with its marks, whose sentences are in `language`. `name` is what the user calls the source.

    Rows on the way stand in a folder beside `out`, so that they are where such data may be.
    """
    ledger = Ledger(marks)
    with force_locale(language):
        try:
            return _whole(source, name, choices, limits, ledger, out)
        except CutError as cut:
            ledger.add(cut.marks)
            return _list_alone(limits, ledger, out)


def _whole(source: Path, name: str, choices: Choices, limits: Limits, ledger: Ledger, out: Path) -> Returned:
    try:
        return _book(source, name, choices, limits, ledger, out)
    except UnfitError:
        return _archive(source, name, choices, limits, ledger, out)


def _book(source: Path, name: str, choices: Choices, limits: Limits, ledger: Ledger, out: Path) -> Returned:
    with TemporaryDirectory(dir=out.parent) as folder:
        book = Book(out, folder, limits, is_complete=True)
        try:
            follow(read(source, name, choices, limits, whole=True), ledger, book)
        except BaseException:
            book.give_up()
            raise
        book.close()
    _check_readable(out, limits)
    return Returned("xlsx", True, book.list.told)


def _archive(source: Path, name: str, choices: Choices, limits: Limits, ledger: Ledger, out: Path) -> Returned:
    with TemporaryDirectory(dir=out.parent) as folder:
        archive = Archive(out, folder, limits)
        try:
            follow(read(source, name, choices, limits, whole=True), ledger, archive)
        finally:
            archive.give_up()
        archive.close()
    return Returned("zip", True, archive.told)


def _list_alone(limits: Limits, ledger: Ledger, out: Path) -> Returned:
    with TemporaryDirectory(dir=out.parent) as folder:
        book = Book(out, folder, limits, is_complete=False)
        follow([End(complete=True)], ledger, book)
        book.close()
    return Returned("xlsx", False, book.list.told)


def _check_readable(out: Path, limits: Limits) -> None:
    """Raise `UnfitError` for a workbook that the reader would refuse when it is sent again."""
    with ZipFile(out) as archive:
        parts = archive.infolist()
    if sum(one.file_size for one in parts) > limits.workbook_bytes or any(is_a_bomb(one.file_size, one.compress_size, limits.ratio) for one in parts):
        raise UnfitError("a large workbook")
