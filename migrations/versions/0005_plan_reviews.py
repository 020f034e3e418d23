"""Reviews of the plan, the results they give its goals and the factors that hinder, with the policies of a client's rows

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Table → the columns it points to other rows by, beside its client.
TABLES = {
    "plan_review": {"plan_id": "integration_plan"}, "reviewed_goal": {"review_id": "plan_review", "goal_id": "goal"},
    "hindrance": {"review_id": "plan_review"},
}  # fmt: skip
_ORGANISATION = "current_setting('koto.organisation', true)"


def _create(table: str, *columns: sa.Column, unique: tuple[str, str]) -> None:
    """Make a table of rows that follow a client and keep the record of their writing."""
    own = {"client_id": "client", **TABLES[table]}
    others = {"org_id": "organisation", "created_by": "ab_user", "changed_by": "ab_user"}
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=False) for name in own),
        *columns,
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete="CASCADE") for name, to in own.items()),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}") for name, to in others.items()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint(*unique, name=f"uq_{table}_{'_'.join(unique)}"),
    )
    # The unique key serves whoever asks by its first column.
    for name in ("client_id", "org_id", *(name for name in TABLES[table] if name != unique[0])):
        op.create_index(f"ix_{table}_{name}", table, [name])


def _member(key: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {key} AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _protect(table: str) -> None:
    """Let the serving role read what its organisation may see and change what it owns."""
    visible, owned = (_member(f"{table}.client_id", owner=owner) for owner in (False, True))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({visible})")
    op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_remove ON {table} FOR DELETE TO koto_app USING ({owned})")


def upgrade() -> None:
    _create(
        "plan_review",
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("initiator", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("participation", sa.Text(), nullable=False),
        sa.Column("progress", sa.String(40), nullable=False),
        sa.Column("results", sa.Text(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.Column("authors", sa.String(300), nullable=False),
        sa.Column("next_review_date", sa.Date(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        unique=("plan_id", "reviewed_on"),
    )
    _create("reviewed_goal", sa.Column("result", sa.String(40), nullable=False), unique=("review_id", "goal_id"))
    _create(
        "hindrance", sa.Column("hindrance", sa.String(40), nullable=False), sa.Column("description", sa.String(300), nullable=True),
        unique=("review_id", "hindrance"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            _protect(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
