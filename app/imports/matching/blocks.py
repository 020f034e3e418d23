"""Which rows are compared with each other: those with a digest in common, so that a file of any length is gone through once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db.types import blind_index
from app.imports.matching.models import ImportPerson
from app.imports.matching.names import consonants
from app.imports.matching.rules import Person, of_record
from app.imports.models import ImportBatch, ImportRow


def code_digest(record: Mapping[str, Any]) -> str | None:
    """Give the digest of a record's identity code, the same as the register's."""
    code = record.get("identity_code")
    return blind_index(str(code)) if code else None


def person_of(record: Mapping[str, Any]) -> Person:
    return of_record(record, code_digest(record))


def note_person(session: Session, batch: ImportBatch, row: ImportRow, record: Mapping[str, Any]) -> None:
    """Note a client row for the search of persons that stand twice, after the row itself is written; a row that is stopped is not brought and not noted."""
    if not row.is_stopped:
        session.execute(insert(ImportPerson), [noted(row, record)])


def noted(row: Any, record: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns of a row's person, for whoever writes many at once."""
    person = person_of(record)
    return {
        "id": row.id, "batch_id": row.batch_id, "org_id": row.org_id, "position": row.position, "key_digest": row.key_digest, "code_digest": person.code,
        **_digests(person),
    }  # fmt: skip


def _digests(person: Person) -> dict[str, str | None]:
    """Give the digests of a person; names go in as consonants, so that spellings meet, and in no order, so that swapped ones do."""
    family, given = ("".join(map(consonants, words)) or "".join(words) for words in (person.name.family[:1], person.name.given[:1]))
    both = " ".join(sorted((family, given))) if family and given else None
    born = person.birth_date.isoformat() if person.birth_date else None
    return {
        "who_digest": _digest("who", born, both), "kin_digest": _digest("kin", born, family or None), "name_digest": _digest("name", "", both),
    }  # fmt: skip


def _digest(kind: str, born: str | None, name: str | None) -> str | None:
    return None if born is None or name is None else blind_index(f"import person\n{kind}\n{born}\n{name}")
