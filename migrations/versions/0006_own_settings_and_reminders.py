"""A person's own settings: shortcuts of one key can be switched off; and a reminder per client

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"


def _member(*, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = client_reminder.client_id AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _guard() -> None:
    """Give the table the policies of every table under a client, as 0002 gave the first ones."""
    visible, owned = _member(owner=False), _member(owner=True)
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON client_reminder TO koto_app")
    op.execute("ALTER TABLE client_reminder ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE client_reminder FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY owner_all ON client_reminder TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON client_reminder FOR SELECT TO koto_app USING ({visible})")
    op.execute(f"CREATE POLICY app_add ON client_reminder FOR INSERT TO koto_app WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_change ON client_reminder FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_remove ON client_reminder FOR DELETE TO koto_app USING ({owned})")


def upgrade() -> None:
    op.add_column("user_profile", sa.Column("single_keys", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "client_reminder",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("content", sa.String(300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_client_reminder_client_id_client", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_client_reminder_org_id_organisation"),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name="fk_client_reminder_created_by_ab_user"),
        sa.ForeignKeyConstraint(["changed_by"], ["ab_user.id"], name="fk_client_reminder_changed_by_ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_client_reminder"),
        sa.UniqueConstraint("client_id", name="uq_client_reminder_client_id"),
    )
    op.create_index("ix_client_reminder_org_id", "client_reminder", ["org_id"])
    op.create_index("ix_client_reminder_due_on", "client_reminder", ["due_on"])
    if op.get_bind().dialect.name == "postgresql":
        _guard()


def downgrade() -> None:
    op.drop_table("client_reminder")
    op.drop_column("user_profile", "single_keys")
