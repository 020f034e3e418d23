"""Which rows are compared with each other: those with a digest in common, so that a file of any length is gone through once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db.types import blind_index
from app.imports.matching.models import ImportPerson
from app.imports.matching.names import consonants
from app.imports.matching.rules import Person, of_record


def code_digest(record: Mapping[str, Any]) -> str | None:
    """Give the digest of a record's identity code, the same as the register's."""
    code = record.get("identity_code")
    return blind_index(str(code)) if code else None


def person_of(record: Mapping[str, Any]) -> Person:
    return of_record(record, code_digest(record))


def note_persons(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Note the client rows among these, as they were written, for the search of persons that stand twice; a row that is stopped is not brought and not noted."""
    found = [_noted(row) for row in rows if row["entity"] == "client" and not row["is_stopped"]]
    if found:
        session.execute(insert(ImportPerson), found)


def _noted(row: Mapping[str, Any]) -> dict[str, Any]:
    person = person_of(json.loads(row["content"]))
    return {**{name: row[name] for name in ("id", "batch_id", "org_id", "position", "key_digest")}, "code_digest": person.code, **_digests(person)}


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
