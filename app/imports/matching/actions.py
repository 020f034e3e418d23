"""Who the client rows of a page are, and what a person decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.models import Client
from app.db.types import new_id
from app.duplicates.actions import pair
from app.imports.matching import register
from app.imports.matching.blocks import person_of
from app.imports.matching.file_pairs import earlier_of
from app.imports.matching.names import initials
from app.imports.matching.register import FILE, OWN, Known
from app.imports.matching.rules import DIFFERENT, SURE, Likeness, Person, judge
from app.imports.matching.weighing import Earlier, Match, Option, weigh
from app.imports.models import ImportBatch, ImportDecision, ImportRow
from app.web.transaction import stamp

AT_MOST = 500


@dataclass(frozen=True)
class _Decided:
    """What was decided of the rows of a page, by key of the old system and what stands on the other side."""

    of_own: Mapping[tuple[str, str], bool]
    of_file: Mapping[frozenset[str], bool]
    kept: Mapping[str, Known]
    keys_of: Mapping[str, frozenset[str]]

    def own(self, key: str, client_id: str) -> bool | None:
        """Tell what was decided of a key and a client: by itself, or by a key that has become that client."""
        if (key, client_id) in self.of_own:
            return self.of_own[key, client_id]
        found = [self.of_file[pair] for other in sorted(self.keys_of.get(client_id, ())) if (pair := frozenset({key, other})) in self.of_file]
        return found[0] if found else None

    def file(self, key: str, other: str) -> bool | None:
        return self.of_file.get(frozenset({key, other}))


def matches_of(session: Session, batch: ImportBatch, rows: Sequence[ImportRow], records: Mapping[str, Mapping[str, Any]], today: date | None = None) -> dict[str, Match]:
    """Tell who the client rows of a page are, by the digest of their key: five statements, however many rows.

    `records` is row id → record. A row with a link is known already and is not to be asked about. The answer is the same in
    the rehearsal and in the commit: what this very batch has written already is compared as rows of the source only.
    """
    if len(rows) > AT_MOST:
        raise ValueError("a page is too long")
    keys = {row.key_digest for row in rows}
    persons = {row.id: person_of(records[row.id]) for row in rows}
    decisions = register.decisions_of(session, batch, keys)
    found, joined = register.alike(session, batch, list(persons.values()), [register.searched(records[row.id]) for row in rows])
    known = _likely(found, persons.values())
    joined = {one.id: joined[one.id] for one in known if one.id in joined}
    kept = register.kept_of(session, batch, {*joined, *(one.other for one in decisions if one.where == OWN)})
    earlier = earlier_of(session, batch, keys)
    ours = {one.id: one for one in (*(one for one in known if one.id not in joined), *kept.values())}
    links = register.links_of(session, batch, ours.keys(), {one.key_digest for found in earlier.values() for one in found})
    own = {key: one for key, one in ours.items() if not any(link.client_id == key and link.is_made_now for link in links)}
    # A joined record's own name and day count for the one that is kept.
    former = [Known(kept[one.id].id, one.person) for one in known if one.id in joined and one.id in kept and kept[one.id].id in own]
    near = _Near([*own.values(), *former])
    # What the commit has joined so far is left out as well: the rehearsal could not know of it.
    before = [link for link in links if link.is_from_before]
    decided = _decided(decisions, kept, before)
    linked = {link.key_digest: link.client_id for link in before}
    day = today or date.today()
    return {row.key_digest: weigh(_options(row.key_digest, persons[row.id], near, own, earlier.get(row.key_digest, []), linked, decided), day) for row in rows}


def _likely(found: Sequence[Known], persons: Iterable[Person]) -> list[Known]:
    """Keep those who are like one of the persons: of a large register most share no more than a birth date."""
    near = _Near(found)
    likely = {client_id for person in persons for client_id, _likeness in near.of(person)}
    return [one for one in found if one.id in likely]


def _order(likeness: Likeness) -> tuple[bool, tuple[str, ...]]:
    return likeness.kind != SURE, likeness.reasons


class _Near:
    """Clients by what makes them candidates, so that each row meets few of them."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by: dict[Any, list[Known]] = {}
        for one in known:
            for key in {one.person.code, one.person.birth_date, one.person.name[:2]} - {None}:
                self._by.setdefault(key, []).append(one)

    def of(self, person: Person) -> Iterable[tuple[str, Likeness]]:
        """Give the likely clients, the sure one first, each with its strongest judgement."""
        found: dict[str, Likeness] = {}
        met = {one for key in (person.code, person.birth_date, person.name[:2]) if key is not None for one in self._by.get(key, ())}
        for one in met:
            has_code = person.code is not None and person.code == one.person.code
            if not has_code and initials(person.name).isdisjoint(initials(one.person.name)):
                continue
            likeness = judge(person, one.person)
            if likeness.kind != DIFFERENT and (one.id not in found or _order(likeness) < _order(found[one.id])):
                found[one.id] = likeness
        return sorted(found.items(), key=lambda item: (item[1].kind != SURE, item[0]))


def _decided(decisions: Iterable[ImportDecision], kept: Mapping[str, Known], links: Iterable[register.Linked]) -> _Decided:
    """Put decisions so that the newest holds, each on the record that is kept now."""
    of_own: dict[tuple[str, str], bool] = {}
    of_file: dict[frozenset[str], bool] = {}
    keys_of: dict[str, set[str]] = {}
    for one in decisions:
        if one.where == FILE:
            of_file[frozenset({one.key_digest, one.other})] = one.is_same
        elif one.other in kept:
            of_own[one.key_digest, kept[one.other].id] = one.is_same
    for link in links:
        keys_of.setdefault(link.client_id, set()).add(link.key_digest)
    return _Decided(of_own, of_file, kept, {key: frozenset(found) for key, found in keys_of.items()})


def _options(key: str, person: Person, near: _Near, own: Mapping[str, Known], earlier: Iterable[Earlier], linked: Mapping[str, str], decided: _Decided) -> list[Option]:
    """Give whom a row may be, clients first, with what was decided."""
    found = [Option(likeness, client_id=client, is_same=decided.own(key, client)) for client, likeness in near.of(person)]
    seen = {option.client_id for option in found}
    for (of_key, client), is_same in decided.of_own.items():
        # A decision holds also when a name or a date has been corrected since, so that the two are no longer alike.
        if of_key == key and is_same and client in own and client not in seen:
            found.append(Option(judge(person, own[client].person), client_id=client, is_same=True))
            seen.add(client)
    for one in earlier:
        likeness = judge(person, person_of(one.record))
        # An earlier row that is a client of ours already is asked about as that client.
        if likeness.kind != DIFFERENT and (one.key_digest not in linked or linked[one.key_digest] not in seen):
            found.append(Option(likeness, earlier=one, is_same=decided.file(key, one.key_digest)))
    return found


def note_parted(session: Session, batch: ImportBatch, client_id: str, parted: Iterable[str]) -> None:
    """Keep with a client that was made whom a person judged to be others, so that the register does not ask again; the caller commits."""
    for other in parted:
        pair(session, client_id, other, status="DIFFERENT", org_id=batch.org_id)


def decide(session: Session, batch: ImportBatch, key_digest: str, other: str, is_same: bool) -> ImportDecision:
    """Write a person's word on a row and another row or own client; a later word takes the place of an earlier one. The caller commits.

    Raises LookupError when either of the two is not there for the writer.
    """
    rows = set(session.scalars(select(ImportRow.key_digest).where(
        ImportRow.batch_id == batch.id, ImportRow.org_id == batch.org_id, ImportRow.entity == "client", ImportRow.key_digest.in_((key_digest, other)))))  # fmt: skip
    client = session.scalar(select(Client.id).where(Client.id == other, Client.org_id == batch.org_id))
    if key_digest not in rows or key_digest == other or (client is None and other not in rows):
        raise LookupError("not a row of the batch, or nobody to compare it with")
    either = or_(and_(ImportDecision.key_digest == key_digest, ImportDecision.other == other), and_(ImportDecision.key_digest == other, ImportDecision.other == key_digest))
    row = session.scalar(select(ImportDecision).where(ImportDecision.org_id == batch.org_id, ImportDecision.product == batch.product, either))
    is_new = row is None
    if row is None:
        row = ImportDecision(id=new_id(), org_id=batch.org_id, product=batch.product, key_digest=key_digest, other=other, where=OWN if client else FILE)
        session.add(row)
    row.is_same = is_same
    stamp(row, is_new=is_new)
    session.flush()
    record_event(session, "import:decided", client_ids=[client] if client else [], row_id=row.id, version=row.version, fields=["is_same"])
    return row
