"""A municipality's move into the system: the batch, its files and sheets, their rows and findings, and what became of them.

No table here follows a client by a foreign key: an undone batch takes its clients away and must still be able to tell so.
On PostgreSQL each is read and written by its own organisation alone.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.db.base import Model
from app.db.columns import Recorded, code_column, key_column, text_column
from app.db.types import OWN, EncryptedText, IdType, Sensitivity, UtcDateTime, classified, now

_INTERNAL, _SECRET = Sensitivity.INTERNAL, classified("own", Sensitivity.SECRET)
OPEN, REHEARSED, COMMITTED, SIGNED, UNDONE = "OPEN", "REHEARSED", "COMMITTED", "SIGNED", "UNDONE"


class ImportBatch(Recorded, Model):
    """A move of one old system's records (siirtoerä, överföringsparti); `status` goes on by the acts of `engine/`.

    `product` is the name of the old system, within which its keys are unique. `place` is the last place of the work in
    hand, and `work` names that work, so that a killed job goes on where it was.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_org_created", "org_id", "created_at"),)

    id: Mapped[str] = key_column()
    name: Mapped[str] = text_column(120, "own", _INTERNAL, nullable=False)
    product: Mapped[str] = text_column(80, "own", _INTERNAL, nullable=False)
    status: Mapped[str] = code_column("IMPORT_STATUS", "own", _INTERNAL, default=OPEN)
    # The specification and the day by whose rules the rows were read.
    specification: Mapped[str | None] = mapped_column(String(40), info=OWN)
    # When more than this share of the rows would stop or change what is here, the commit waits for a person.
    most_percent: Mapped[int] = mapped_column(Integer, nullable=False, default=10, info=OWN)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)
    work: Mapped[str | None] = mapped_column(String(20), info=OWN)
    place: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    places: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    rehearsals: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    staged_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    rehearsed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    committed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    # The national administrator's leave to undo what was signed.
    undo_allowed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    undo_allowed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)

    def __str__(self) -> str:
        return self.name


class _OfBatch:
    """Mixin of what belongs to a batch and goes with it."""

    id: Mapped[str] = key_column()

    @declared_attr
    def batch_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), nullable=False, info=OWN)

    @declared_attr
    def org_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)


class ImportFile(_OfBatch, Model):
    """A source that was handed in; its bytes are kept encrypted in the instance folder until a day after the certificate is signed."""

    __tablename__ = "import_file"
    __table_args__ = (Index("ix_import_file_batch_id", "batch_id", "position"),)

    name: Mapped[str] = text_column(200, "own", _INTERNAL, nullable=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)
    # SHA-256 of the bytes as handed in, hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    size: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    choices: Mapped[str] = mapped_column(Text, nullable=False, default="{}", info=OWN)
    # What the file was found to hold, with masked samples: a JSON document of `profiling.profile`.
    profile: Mapped[str | None] = mapped_column(EncryptedText, info=_SECRET)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)


class ImportSheet(_OfBatch, Model):
    """A table of a file, and what becomes of it: the entity and mapping, or the reason why it is not brought."""

    __tablename__ = "import_sheet"
    __table_args__ = (Index("ix_import_sheet_batch_id", "batch_id", "position"),)

    file_id: Mapped[str] = mapped_column(ForeignKey("import_file.id", ondelete="CASCADE"), nullable=False, info=OWN)
    position: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    name: Mapped[str] = text_column(200, "own", _INTERNAL, nullable=False)
    rows: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    # Its headings, a JSON list.
    columns: Mapped[str] = mapped_column(Text, nullable=False, default="[]", info=OWN)
    entity: Mapped[str | None] = mapped_column(String(63), info=OWN)
    reason: Mapped[str | None] = text_column(300, "own", _INTERNAL)
    # A JSON text of `mapping.mapping.Mapping`; `mapping_id` is the kept one it came from.
    mapping: Mapped[str | None] = mapped_column(Text, info=OWN)
    mapping_id: Mapped[str | None] = mapped_column(ForeignKey("import_mapping.id", ondelete="SET NULL"), info=OWN)


class ImportMapping(Recorded, Model):
    """A kept mapping of a product's sheet; a change is a new `number`. A shared one is read by every municipality that has the product."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("org_id", "product", "entity", "number", name="uq_import_mapping_org_id_product_entity_number"),)

    id: Mapped[str] = key_column()
    product: Mapped[str] = text_column(80, "own", _INTERNAL, nullable=False)
    entity: Mapped[str] = mapped_column(String(63), nullable=False, info=OWN)
    number: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    content: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)
    is_shared: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)


class ImportRow(_OfBatch, Model):
    """A row of a source as the mapping reads it, and what became of it in the last rehearsal or in the commit.

    `bundle` numbers the client it belongs to within the batch: a client and all its rows are written in one transaction.
    Keys of the old system may be identity codes; only their keyed digests stand here in the open.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_bundle", "batch_id", "bundle", "depth", "position"),
        Index("ix_import_row_key", "batch_id", "entity", "key_digest"),
        Index("ix_import_row_client", "batch_id", "client_digest"),
    )

    sheet_id: Mapped[str] = mapped_column(ForeignKey("import_sheet.id", ondelete="CASCADE"), nullable=False, info=OWN)
    # The row as the user sees it in the source.
    number: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    position: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    entity: Mapped[str] = mapped_column(String(63), nullable=False, info=OWN)
    # The place of the entity in the order of writing.
    depth: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    key_digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    parent_digest: Mapped[str | None] = mapped_column(String(64), info=OWN)
    client_digest: Mapped[str | None] = mapped_column(String(64), info=OWN)
    bundle: Mapped[int | None] = mapped_column(Integer, info=OWN)
    # A JSON document of `engine.records`.
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=_SECRET)
    content_digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    # What the reading of the row found that stops it.
    is_stopped: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)
    outcome: Mapped[str | None] = mapped_column(String(20), info=OWN)
    row_id: Mapped[str | None] = mapped_column(IdType, info=OWN)


class ImportFinding(_OfBatch, Model):
    """What was found in a source. `mark` tells the same finding in the next rehearsal, so that what a person decided of it stays."""

    __tablename__ = "import_finding"
    __table_args__ = (Index("ix_import_finding_place", "batch_id", "tier", "code", "id"), Index("ix_import_finding_mark", "batch_id", "mark"))

    sheet_id: Mapped[str | None] = mapped_column(ForeignKey("import_sheet.id", ondelete="CASCADE"), info=OWN)
    # READ, MAP, MATCH or WRITE: the step that found it.
    step: Mapped[str] = mapped_column(String(10), nullable=False, info=OWN)
    row_number: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    column_name: Mapped[str] = text_column(200, "own", _INTERNAL, nullable=False)
    field: Mapped[str] = mapped_column(String(63), nullable=False, default="", info=OWN)
    code: Mapped[str] = mapped_column(String(60), nullable=False, info=OWN)
    tier: Mapped[str] = mapped_column(String(12), nullable=False, info=OWN)
    value: Mapped[str | None] = mapped_column(EncryptedText, info=_SECRET)
    # The sentence in both languages, a JSON document, where it tells days of the client: of a rule of the law.
    words: Mapped[str | None] = mapped_column(EncryptedText, info=_SECRET)
    mark: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    # The number of the run that found it last (`ImportBatch.rehearsals`).
    seen: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    # "Not an error, because": a warning that was looked at.
    closed_because: Mapped[str | None] = text_column(300, "own", Sensitivity.PERSONAL)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)


class ImportDecision(Recorded, Model):
    """A person's word on two records: the same person or another; kept for the next rehearsal and the next batch of the product.

    `other` is the client's key (`OWN`) or the digest of another key in the old system (`FILE`).
    """

    __tablename__ = "import_decision"
    __table_args__ = (UniqueConstraint("org_id", "product", "key_digest", "other", name="uq_import_decision_org_id_product_key_digest_other"),)

    id: Mapped[str] = key_column()
    product: Mapped[str] = text_column(80, "own", _INTERNAL, nullable=False)
    key_digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    where: Mapped[str] = mapped_column(String(10), nullable=False, info=OWN)
    other: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    is_same: Mapped[bool] = mapped_column(Boolean, nullable=False, info=OWN)


class ImportLink(Model):
    """Which record of ours a record of the old system became, and what it said when it was last brought (`content`)."""

    __tablename__ = "import_link"
    __table_args__ = (
        UniqueConstraint("org_id", "product", "entity", "key_digest", name="uq_import_link_org_id_product_entity_key_digest"),
        Index("ix_import_link_row", "org_id", "row_id"),
    )

    id: Mapped[str] = key_column()
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    product: Mapped[str] = text_column(80, "own", _INTERNAL, nullable=False)
    entity: Mapped[str] = mapped_column(String(63), nullable=False, info=OWN)
    key_digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    row_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    client_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    batch_id: Mapped[str] = mapped_column(ForeignKey("import_batch.id"), nullable=False, index=True, info=OWN)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=_SECRET)
    content_digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)


class ImportChange(_OfBatch, Model):
    """One record that a commit wrote, with what it takes to take it back; `undone` tells what became of that."""

    __tablename__ = "import_change"
    __table_args__ = (Index("uq_import_change_place", "batch_id", "position", unique=True),)
    CREATED: ClassVar[str] = "CREATED"

    position: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    bundle: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    # CREATED, UPDATED, JOINED (tied to a record that was there) or MADE (not of the file: it came along with another).
    kind: Mapped[str] = mapped_column(String(10), nullable=False, info=OWN)
    entity: Mapped[str] = mapped_column(String(63), nullable=False, info=OWN)
    row_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    client_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    import_row_id: Mapped[str | None] = mapped_column(IdType, info=OWN)
    # The version of our record after the change: a higher one means that somebody has changed it since.
    row_version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)
    # JSON: fields before and after, and the link before.
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=_SECRET)
    # REVERSED, KEPT (changed since), FAILED.
    undone: Mapped[str | None] = mapped_column(String(10), info=OWN)


TABLES: tuple[Any, ...] = (ImportBatch, ImportMapping, ImportFile, ImportSheet, ImportRow, ImportFinding, ImportDecision, ImportLink, ImportChange)


def json_list(text: str) -> list[str]:
    """Read a list of texts that was kept as JSON."""
    return [str(one) for one in json.loads(text)]
