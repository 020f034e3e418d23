"""Who in a source is whom: digests that rows are matched by, and the clients whom others are still to be asked about

On PostgreSQL each organisation reads and writes its own.

Revision: 0039, after 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0035"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)
TABLES = ("import_person", "import_question")


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _to(table: str, column: str, other: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", **options)


def upgrade() -> None:
    op.create_table(
        "import_person", _text("id", 36), _text("batch_id", 36), _text("org_id", 36), sa.Column("position", sa.Integer(), nullable=False), _text("key_digest", 64),
        *(_text(name, 64, nullable=True) for name in ("code_digest", "who_digest", "kin_digest", "name_digest")),
        _to("import_person", "id", "import_row", ondelete="CASCADE"), _to("import_person", "batch_id", "import_batch", ondelete="CASCADE"),
        _to("import_person", "org_id", "organisation"), sa.PrimaryKeyConstraint("id", name="pk_import_person"),
    )  # fmt: skip
    for name in ("code", "who", "kin", "name"):
        op.create_index(f"ix_import_person_{name}", "import_person", ["batch_id", f"{name}_digest", "position"])
    op.create_index("ix_import_person_key", "import_person", ["batch_id", "key_digest"])
    op.create_table(
        "import_question", _text("id", 36), _text("org_id", 36), _text("client_id", 36), sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=True), _to("import_question", "org_id", "organisation"), sa.PrimaryKeyConstraint("id", name="pk_import_question"),
    )  # fmt: skip
    op.create_index("ix_import_question_pace", "import_question", ["org_id", "asked_at", "added_at"])
    op.create_index("uq_import_question_client_id", "import_question", ["client_id"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            _guard(table)


def _guard(table: str) -> None:
    own = f"org_id = {_ORGANISATION}"
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_own ON {table} TO koto_app USING ({own}) WITH CHECK ({own})")
    op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
