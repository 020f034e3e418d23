"""Writes bundles of rows as records of ours: the rehearsal and the commit both go through here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.types import new_id
from app.history.record import is_kept
from app.history.values import document
from app.imports.engine import records
from app.imports.engine.entities import CLIENT, by_key
from app.imports.engine.findings import LAW, of_row
from app.imports.engine.merging import fill, follow
from app.imports.engine.state import State, gather
from app.imports.engine.values import columns_of, worker_fields
from app.imports.laws.broken import broken_laws
from app.imports.laws.bundle import forget
from app.imports.laws.derive import derive
from app.imports.laws.row import Broken
from app.imports.laws.settle import settle
from app.imports.mapping.findings import Finding, tier_of
from app.imports.matching.actions import matches_of, note_parted
from app.imports.matching.weighing import Match
from app.imports.models import ImportBatch, ImportChange, ImportFinding, ImportLink, ImportRow
from app.imports.profiling.telling import in_both

Bundle = tuple[int, list[ImportRow]]
# The row of the source, what became of it, our record, its fields before, and the link before.
Made = tuple[ImportRow, str, Any, dict[str, Any], dict[str, Any] | None]


@dataclass
class Written:
    """What became of the rows: outcome and our row's key by the key of the source's row, with findings and changes in order."""

    outcomes: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    findings: list[ImportFinding] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)


def write(session: Session, batch: ImportBatch, bundles: Sequence[Bundle], today: date) -> Written:
    """Write the bundles and flush, without commit. Raises what the database raises; then nothing of them may be kept."""
    rows = [row for _number, found in bundles for row in found]
    forget(session)
    with session.no_autoflush:
        writer = _Writer(session, batch, today, gather(session, batch, rows))
        writer.meet([row for row in rows if row.entity == CLIENT])
        for entity in by_key():
            writer.write_all(entity, [row for row in rows if row.entity == entity])
        writer.settle_all(bundles)
        writer.tell_events(bundles)
    forget(session)
    return writer.written


@dataclass
class _Writer:
    session: Session
    batch: ImportBatch
    today: date
    state: State
    written: Written = field(default_factory=Written)
    matches: dict[str, Match] = field(default_factory=dict)
    clients: dict[int, set[str]] = field(default_factory=dict)

    def meet(self, rows: Sequence[ImportRow]) -> None:
        """Ask who of the clients that are not linked yet is here already."""
        new = [row for row in rows if (CLIENT, row.key_digest) not in self.state.links and not row.is_stopped]
        self.matches = matches_of(self.session, self.batch, new, {row.id: self.state.records[row.id] for row in new}) if new else {}

    def write_all(self, entity: str, rows: Sequence[ImportRow]) -> None:
        """Write the rows of an entity over all bundles, so that what hangs on them finds them in the database."""
        made = [found for row in sorted(rows, key=self._order) if (found := self._row(row)) is not None]
        if not made:
            return
        self.session.flush()
        for row, kind, item, before, link in made:
            self._note(row, kind, item, before, link)

    def _order(self, row: ImportRow) -> tuple[Any, ...]:
        # Plans are numbered in the order they were drawn up.
        return row.bundle, self.state.records[row.id].get("drawn_up_date") or date.min, row.position

    def _row(self, row: ImportRow) -> Made | None:
        place = (row.entity, row.key_digest)
        parents = None if row.is_stopped else self._parents(row)
        if row.is_stopped or parents is None:
            return self._leave(row, "STOPPED")
        link = self.state.links.get(place)
        if link is not None:
            return self._again(row, link, parents)
        if row.entity == CLIENT and (match := self.matches.get(row.key_digest)) is not None:
            self.written.findings += [of_row("MATCH", row, finding, self.batch.rehearsals) for finding in match.findings]
            if match.kind == "UNDECIDED":
                return self._leave(row, "STOPPED")
            if match.kind == "JOIN":
                return self._join(row, match)
        return self._create(row, parents)

    def _leave(self, row: ImportRow, outcome: str, item: Any = None) -> Made | None:
        self.written.outcomes[row.id] = (outcome, item.id if item is not None else None)
        if outcome != "UNCHANGED":
            self.state.lost.add((row.entity, row.key_digest))
        return None

    def _find(self, row: ImportRow, rule: str, name: str, value: object = "") -> Finding:
        finding = Finding(tier_of(rule, self.today), rule, name, "", str(value))
        self.written.findings.append(of_row("WRITE", row, finding, self.batch.rehearsals))
        return finding

    def _parents(self, row: ImportRow) -> dict[str, str | None] | None:
        """Give field → key of our row for each reference, None when one that is needed was not found."""
        entity, found = by_key()[row.entity], dict[str, str | None]()
        for name, place in records.references(entity, self.state.records[row.id]).items():
            item = self.state.items.get(place)
            if item is None:
                self._find(row, "PARENT_STOPPED" if place in self.state.lost else "UNKNOWN_PARENT", name)
                return None
            found[name] = item.id
        return found

    def _columns(self, row: ImportRow, record: Mapping[str, Any], parents: Mapping[str, str | None]) -> dict[str, Any]:
        model = by_key()[row.entity].model
        for name in worker_fields(model) & record.keys():
            if str(record[name]).casefold() not in self.state.workers:
                self._find(row, "UNKNOWN_WORKER", name, record[name])
        return columns_of(by_key()[row.entity], record, parents, self.state.workers)

    def _create(self, row: ImportRow, parents: Mapping[str, str | None]) -> Made | None:
        record, model, actor = self.state.records[row.id], by_key()[row.entity].model, current_actor()
        by = actor.user_id if actor else None
        item = model(id=new_id(), org_id=self.batch.org_id, created_by=by, changed_by=by, **self._columns(row, record, parents))
        extra = derive(self.session, row.entity, item, today=self.today)
        if not self._is_lawful(row, item):
            return self._leave(row, "STOPPED")
        self.session.add_all([item, *extra])
        self.state.items[row.entity, row.key_digest] = item
        self.written.changes += [self._change(row, "MADE", one, {}, None) for one in extra if is_kept(type(one))]
        return row, "CREATED", item, {}, None

    def _is_lawful(self, row: ImportRow, item: Any) -> bool:
        broken = broken_laws(self.session, row.entity, item, today=self.today)
        for one in broken:
            self._tell_broken(row, item, one)
        return not any(one.stops for one in broken)

    def _tell_broken(self, row: ImportRow, item: Any, one: Broken) -> None:
        found = Finding("stop-row" if one.stops else "warning", f"{LAW}{one.rule}"[:60], one.field or "", "", str(getattr(item, one.field) or "") if one.field else "")
        told = of_row("WRITE", row, found, self.batch.rehearsals)
        told.words = json.dumps(in_both(one.text), ensure_ascii=False)
        self.written.findings.append(told)

    def _join(self, row: ImportRow, match: Match) -> Made | None:
        model = by_key()[CLIENT].model
        item = self.state.items.get((CLIENT, match.with_key)) if match.with_key else self.session.get_one(model, match.client_id)
        if item is None:
            # The row of the same person that stands first waits itself.
            self._find(row, "PARENT_STOPPED", "")
            return self._leave(row, "STOPPED")
        before, differing = fill(item, self._columns(row, self.state.records[row.id], {}))
        for name in differing:
            self._find(row, "REGISTER_DIFFERS", name)
        self._derived_anew(row, item, before)
        self.state.items[CLIENT, row.key_digest] = item
        return row, "JOINED", item, before, None

    def _again(self, row: ImportRow, link: ImportLink, parents: Mapping[str, str | None]) -> Made | None:
        """Bring a row that was brought before: only what the source says differently from then is changed, and only where nobody changed it here."""
        item = self.state.items.get((row.entity, row.key_digest))
        if item is None:
            self._find(row, "GONE_SINCE", "")
            return self._leave(row, "SKIPPED")
        if link.content_digest == row.content_digest:
            return self._leave(row, "UNCHANGED", item)
        entity, record = by_key()[row.entity], self.state.records[row.id]
        then = columns_of(entity, records.read(entity, link.content), parents, self.state.workers)
        before, kept = follow(item, then, self._columns(row, record, parents))
        for name in kept:
            self._find(row, "CHANGED_SINCE", name)
        if before and not self._is_lawful(row, item):
            for name, value in before.items():
                setattr(item, name, value)
            return self._leave(row, "STOPPED", item)
        self._derived_anew(row, item, before)
        earlier = {"content": link.content, "digest": link.content_digest, "batch": link.batch_id}
        return row, "UPDATED" if before else "UNCHANGED", item, before, earlier

    def _derived_anew(self, row: ImportRow, item: Any, before: dict[str, Any]) -> None:
        if not before:
            return
        actor = current_actor()
        item.changed_by = actor.user_id if actor else item.changed_by
        derive(self.session, row.entity, item, today=self.today)

    def _note(self, row: ImportRow, kind: str, item: Any, before: dict[str, Any], earlier: dict[str, Any] | None) -> None:
        """Write down what became of a row: its outcome, what it takes to take it back, and the link by which it is known again."""
        self.written.outcomes[row.id] = (kind, item.id)
        client_id = str(getattr(item, type(item).scope_key().key))
        self.clients.setdefault(int(row.bundle or 0), set()).add(client_id)
        if kind == "CREATED" and row.entity == CLIENT and row.key_digest in self.matches:
            note_parted(self.session, self.batch, client_id, self.matches[row.key_digest].parted)
        self.written.changes.append(self._change(row, kind, item, before, earlier))
        link = self.state.links.get((row.entity, row.key_digest))
        if link is None:
            link = ImportLink(org_id=self.batch.org_id, product=self.batch.product, entity=row.entity, key_digest=row.key_digest, row_id=item.id, client_id=client_id)
            self.session.add(link)
            self.state.links[row.entity, row.key_digest] = link
        link.content, link.content_digest, link.batch_id = row.content, row.content_digest, self.batch.id

    def _change(self, row: ImportRow, kind: str, item: Any, before: dict[str, Any], earlier: dict[str, Any] | None) -> dict[str, Any]:
        return {"row": row, "kind": kind, "item": item, "before": before, "link": earlier}

    def settle_all(self, bundles: Sequence[Bundle]) -> None:
        """Let what follows from all rows of a client follow, and note each record it changes or makes, so that an undo knows of it."""
        rows = {str(self.written.outcomes[row.id][1]): row for _number, found in bundles for row in found if self.written.outcomes[row.id][1]}
        first = {number: found[0] for number, found in bundles}
        of_client = {client: first[number] for number, clients in self.clients.items() for client in clients}
        for client in sorted(of_client):
            for item, broken in settle(self.session, client, today=self.today).broken:
                self._tell_broken(rows.get(item.id, of_client[client]), item, broken)
        known = {change["item"].id: change for change in self.written.changes}
        for item in [item for item in self.session.dirty if is_kept(type(item)) and self.session.is_modified(item)]:
            self._note_settled(item, known, of_client)
        for item in [item for item in self.session.new if is_kept(type(item))]:
            self.written.changes.append(self._change(of_client[item.client_id], "MADE", item, {}, None))
        self.session.flush()

    def _note_settled(self, item: Any, known: Mapping[str, dict[str, Any]], of_client: Mapping[str, ImportRow]) -> None:
        before = {attribute.key: attribute.history.deleted[0] for attribute in inspect(item).attrs if attribute.history.has_changes() and attribute.history.deleted}
        change = known.get(item.id)
        if change is None:
            client = str(getattr(item, type(item).scope_key().key))
            self.written.changes.append({**self._change(of_client[client], "UPDATED", item, before, None), "is_settled": True})
        elif change["kind"] in ("UPDATED", "JOINED"):
            change["before"] = {**before, **change["before"]}

    def tell_events(self, bundles: Sequence[Bundle]) -> None:
        """Write one event for each client, in the transaction that changes it."""
        for number, rows in bundles:
            if keys := self.clients.get(number):
                record_event(self.session, "import:committed", client_ids=keys, row_id=self.batch.id, hits=len(rows))


def change_rows(written: Written, batch: ImportBatch, first: int) -> Iterator[ImportChange]:
    """Give the changes as rows, numbered from `first`, when everything was flushed."""
    for position, one in enumerate(written.changes, start=first):
        row, item = one["row"], one["item"]
        after = {name: getattr(item, name) for name in one["before"]}
        if one["kind"] in ("CREATED", "MADE"):
            after = {}
        content = document(after, one["before"])
        yield ImportChange(
            batch_id=batch.id, org_id=batch.org_id, position=position, bundle=row.bundle, kind=one["kind"], entity=inspect(item).mapper.local_table.name, row_id=item.id,
            client_id=str(getattr(item, type(item).scope_key().key)), import_row_id=None if one.get("is_settled") else row.id, row_version=item.version,
            content=with_link(content, one["link"]),
        )  # fmt: skip


def with_link(content: str, link: dict[str, Any] | None) -> str:
    """Put what the link said before beside the fields."""
    return content if link is None else content[:-1] + ', "link": ' + records.document(link) + "}"
