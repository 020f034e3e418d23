"""Drafts of unsaved forms, receipts of saved ones, and what a reader keeps of a list

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("draft", "form_receipt", "list_preference")


def upgrade() -> None:
    op.create_table(
        "list_preference",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(60), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("content", sa.String(4000), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_list_preference_user_id_ab_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_list_preference"),
        sa.UniqueConstraint("user_id", "view", "name", name="uq_list_preference_user_id_view_name"),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.String(36), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_draft_user_id_ab_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["grant_id"], ["access_grant.id"], name="fk_draft_grant_id_access_grant", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("user_id", "grant_id", "place", name="uq_draft_user_id_grant_id_place"),
    )
    op.create_table(
        "form_receipt",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_form_receipt_user_id_ab_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_form_receipt"),
    )
    op.create_index("ix_form_receipt_user_id", "form_receipt", ["user_id"])
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
