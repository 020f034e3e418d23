"""The view of a child, and the representative of one who came without a guardian

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = ("child_hearing", "representative")
_ORGANISATION = "current_setting('koto.organisation', true)"


def _create(table: str, *columns: sa.Column) -> None:
    """Make a table of rows that follow a client and keep the record of their writing."""
    others = {"org_id": "organisation", "created_by": "ab_user", "changed_by": "ab_user"}
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        *columns,
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=f"fk_{table}_client_id_client", ondelete="CASCADE"),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}") for name, to in others.items()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    for name in ("client_id", "org_id"):
        op.create_index(f"ix_{table}_{name}", table, [name])


def _member(key: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {key} AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _protect(table: str) -> None:
    """Let the serving role read what its organisation may see and change what it owns; no profile shows a participant a row."""
    visible, owned = (_member(f"{table}.client_id", owner=owner) for owner in (False, True))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({visible})")
    op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_remove ON {table} FOR DELETE TO koto_app USING ({owned})")
    op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")


def upgrade() -> None:
    _create(
        "child_hearing",
        sa.Column("considered_on", sa.Date(), nullable=False),
        sa.Column("is_heard", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("not_heard_reason", sa.Text(), nullable=True),
    )
    _create(
        "representative",
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("name", sa.String(160), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("email", sa.String(120), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(40), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            _protect(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
