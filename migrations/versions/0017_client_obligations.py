"""Obligations of clients, derived when facts change, and the organisations' own numbers for limits without one in the law

They are filled by `deadlines check --repair` after the upgrade. A participant sees none.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)
# Each database takes an index for a query that writes the condition in the same words.
_QUEUE = {"postgresql_where": sa.text("in_queue"), "sqlite_where": sa.text("in_queue = 1")}


def _key(table: str, name: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete=ondelete)


_OWNED = f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = client_obligation.client_id AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE) AND m.is_owner)"""


def _guard() -> None:
    """Let the controller read its own, as the copied column tells without a join, and write where it owns the client; a participant has nothing."""
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON client_obligation TO koto_app")
    op.execute("ALTER TABLE client_obligation ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE client_obligation FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY owner_all ON client_obligation TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON client_obligation FOR SELECT TO koto_app USING (org_id = {_ORGANISATION})")
    op.execute(f"CREATE POLICY app_add ON client_obligation FOR INSERT TO koto_app WITH CHECK ({_OWNED})")
    op.execute(f"CREATE POLICY app_change ON client_obligation FOR UPDATE TO koto_app USING ({_OWNED}) WITH CHECK ({_OWNED})")
    op.execute(f"CREATE POLICY app_remove ON client_obligation FOR DELETE TO koto_app USING ({_OWNED})")
    op.execute("""CREATE POLICY app_profile ON client_obligation AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON local_number TO koto_app")


def upgrade() -> None:
    op.create_table(
        "client_obligation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.String(36), nullable=True),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("section", sa.String(80), nullable=False),
        sa.Column("start_type", sa.String(60), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("in_queue", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("derived_on", sa.Date(), nullable=False),
        _key("client_obligation", "client_id", "client", "CASCADE"), _key("client_obligation", "org_id", "organisation"),
        _key("client_obligation", "worker_id", "ab_user"), _key("client_obligation", "plan_id", "integration_plan", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_client_obligation"),
    )  # fmt: skip
    op.create_index("ix_client_obligation_client_id", "client_obligation", ["client_id"])
    op.create_index("ix_client_obligation_plan_id", "client_obligation", ["plan_id"])
    for name, column in (("worker", "worker_id"), ("organisation", "org_id")):
        op.create_index(f"ix_client_obligation_{name}", "client_obligation", [column, "due_on", "id"], **_QUEUE)
    op.create_table(
        "local_number",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("setting", sa.String(40), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("local_number", "org_id", "organisation"), _key("local_number", "created_by", "ab_user"), _key("local_number", "changed_by", "ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_local_number"),
        sa.UniqueConstraint("org_id", "setting", "valid_from", name="uq_local_number_org_id_setting_valid_from"),
    )  # fmt: skip
    op.create_index("ix_local_number_org_id", "local_number", ["org_id"])
    if op.get_bind().dialect.name == "postgresql":
        _guard()


def downgrade() -> None:
    op.drop_table("local_number")
    op.drop_table("client_obligation")
