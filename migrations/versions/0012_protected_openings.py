"""Openings of protected contact details

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "protected_opening",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("grant_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("closes_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_protected_opening_user_id_ab_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_protected_opening_client_id_client", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["grant_id"], ["access_grant.id"], name="fk_protected_opening_grant_id_access_grant"),
        sa.PrimaryKeyConstraint("id", name="pk_protected_opening"),
    )
    op.create_index("ix_protected_opening_user_id", "protected_opening", ["user_id", "client_id", "closes_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, DELETE ON protected_opening TO koto_app")


def downgrade() -> None:
    op.drop_table("protected_opening")
