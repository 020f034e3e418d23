"""A municipality's move: batches, files, sheets, mappings, rows, findings, decisions, links and changes

On PostgreSQL each organisation reads and writes its own; a batch itself and a shared mapping hold nothing of any person
and are read by others too.

Revision: 0036, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0034"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)
OPEN = ("import_batch", "import_mapping")
OWN = ("import_file", "import_sheet", "import_row", "import_finding", "import_decision", "import_link", "import_change")


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, _MOMENT, nullable=nullable)


def _to(table: str, column: str, other: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", **options)


def _recorded(table: str) -> list:
    return [
        _moment("created_at", nullable=False), _moment("changed_at", nullable=False), _number("version"), _text("org_id", 36),
        _number("created_by", nullable=True), _number("changed_by", nullable=True),
        _to(table, "org_id", "organisation"), _to(table, "created_by", "ab_user"), _to(table, "changed_by", "ab_user"),
    ]  # fmt: skip


def _of_batch(table: str) -> list:
    return [_text("batch_id", 36), _text("org_id", 36), _to(table, "batch_id", "import_batch", ondelete="CASCADE"), _to(table, "org_id", "organisation")]


def _make(table: str, *parts: object) -> None:
    op.create_table(table, _text("id", 36), *parts, sa.PrimaryKeyConstraint("id", name=f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _sources() -> None:
    _make(
        "import_batch", _text("name", 120), _text("product", 80), _text("status", 40), _text("specification", 40, nullable=True), _number("most_percent"),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False), _text("work", 20, nullable=True), _number("place"), _number("places"), _number("rehearsals"),
        _moment("staged_at"), _moment("rehearsed_at"), _moment("committed_at"), _moment("signed_at"), _number("signed_by", nullable=True), _moment("undone_at"),
        _moment("undo_allowed_at"), _number("undo_allowed_by", nullable=True), _to("import_batch", "signed_by", "ab_user"),
        _to("import_batch", "undo_allowed_by", "ab_user"), *_recorded("import_batch"),
    )  # fmt: skip
    op.create_index("ix_import_batch_org_id", "import_batch", ["org_id"])
    op.create_index("ix_import_batch_org_created", "import_batch", ["org_id", "created_at"])
    _make(
        "import_mapping", _text("product", 80), _text("entity", 63), _number("number"), sa.Column("content", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False), *_recorded("import_mapping"), _unique("import_mapping", "org_id", "product", "entity", "number"),
    )  # fmt: skip
    op.create_index("ix_import_mapping_org_id", "import_mapping", ["org_id"])
    _make(
        "import_file", _text("name", 200), _number("position"), _text("digest", 64), _number("size"), sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=True), _moment("added_at", nullable=False), _moment("removed_at"), *_of_batch("import_file"),
    )  # fmt: skip
    op.create_index("ix_import_file_batch_id", "import_file", ["batch_id", "position"])
    _make(
        "import_sheet", _text("file_id", 36), _number("position"), _text("name", 200), _number("rows"), sa.Column("columns", sa.Text(), nullable=False),
        _text("entity", 63, nullable=True), _text("reason", 300, nullable=True), sa.Column("mapping", sa.Text(), nullable=True), _text("mapping_id", 36, nullable=True),
        _to("import_sheet", "file_id", "import_file", ondelete="CASCADE"), _to("import_sheet", "mapping_id", "import_mapping", ondelete="SET NULL"),
        *_of_batch("import_sheet"),
    )  # fmt: skip
    op.create_index("ix_import_sheet_batch_id", "import_sheet", ["batch_id", "position"])


def _rows() -> None:
    _make(
        "import_row", _text("sheet_id", 36), _number("number"), _number("position"), _text("entity", 63), _number("depth"), _text("key_digest", 64),
        _text("parent_digest", 64, nullable=True), _text("client_digest", 64, nullable=True), _number("bundle", nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False), _text("content_digest", 64), sa.Column("is_stopped", sa.Boolean(), nullable=False),
        _text("outcome", 20, nullable=True), _text("row_id", 36, nullable=True), _to("import_row", "sheet_id", "import_sheet", ondelete="CASCADE"), *_of_batch("import_row"),
    )  # fmt: skip
    op.create_index("ix_import_row_bundle", "import_row", ["batch_id", "bundle", "depth", "position"])
    op.create_index("ix_import_row_client", "import_row", ["batch_id", "client_digest"])
    op.create_index("ix_import_row_key", "import_row", ["batch_id", "entity", "key_digest"])
    _make(
        "import_finding", _text("sheet_id", 36, nullable=True), _text("step", 10), _number("row_number"), _text("column_name", 200), _text("field", 63), _text("code", 60),
        _text("tier", 12), sa.Column("value", sa.LargeBinary(), nullable=True), sa.Column("words", sa.LargeBinary(), nullable=True), _text("mark", 64), _number("seen"), _text("closed_because", 300, nullable=True),
        _number("closed_by", nullable=True), _number("assigned_to", nullable=True), _to("import_finding", "sheet_id", "import_sheet", ondelete="CASCADE"),
        _to("import_finding", "closed_by", "ab_user"), _to("import_finding", "assigned_to", "ab_user"), *_of_batch("import_finding"),
    )  # fmt: skip
    op.create_index("ix_import_finding_mark", "import_finding", ["batch_id", "mark"])
    op.create_index("ix_import_finding_place", "import_finding", ["batch_id", "tier", "code", "id"])


def _results() -> None:
    _make(
        "import_decision", _text("product", 80), _text("key_digest", 64), _text("where", 10), _text("other", 64), sa.Column("is_same", sa.Boolean(), nullable=False),
        *_recorded("import_decision"), _unique("import_decision", "org_id", "product", "key_digest", "other"),
    )  # fmt: skip
    op.create_index("ix_import_decision_org_id", "import_decision", ["org_id"])
    _make(
        "import_link", _text("org_id", 36), _text("product", 80), _text("entity", 63), _text("key_digest", 64), _text("row_id", 36), _text("client_id", 36),
        _text("batch_id", 36), sa.Column("content", sa.LargeBinary(), nullable=False), _text("content_digest", 64), _to("import_link", "org_id", "organisation"),
        _to("import_link", "batch_id", "import_batch"), _unique("import_link", "org_id", "product", "entity", "key_digest"),
    )  # fmt: skip
    op.create_index("ix_import_link_batch_id", "import_link", ["batch_id"])
    op.create_index("ix_import_link_row", "import_link", ["org_id", "row_id"])
    _make(
        "import_change", _number("position"), _number("bundle"), _text("kind", 10), _text("entity", 63), _text("row_id", 36), _text("client_id", 36),
        _text("import_row_id", 36, nullable=True), _number("row_version"), sa.Column("content", sa.LargeBinary(), nullable=False), _text("undone", 10, nullable=True),
        *_of_batch("import_change"),
    )  # fmt: skip
    op.create_index("uq_import_change_place", "import_change", ["batch_id", "position"], unique=True)


def _guard(table: str) -> None:
    own = f"org_id = {_ORGANISATION}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_own ON {table} TO koto_app USING ({own}) WITH CHECK ({own})")
    op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")


def upgrade() -> None:
    _sources()
    _rows()
    _results()
    if op.get_bind().dialect.name == "postgresql":
        for table in (*OPEN, *OWN):
            op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
        for table in OWN:
            _guard(table)


def downgrade() -> None:
    for table in ("import_change", "import_link", "import_decision", "import_finding", "import_row", "import_sheet", "import_file", "import_mapping", "import_batch"):
        op.drop_table(table)
