"""Requests for leave to undo a signed move

They hold nothing of any person and are read by the national agency too.

Revision: 0046, after 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0039"
branch_labels = None
depends_on = None

_TABLE = "import_undo_request"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(36), nullable=False), sa.Column("batch_id", sa.String(36), nullable=False), sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False), sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("clients", sa.Integer(), nullable=False), sa.Column("records", sa.Integer(), nullable=False), sa.Column("kept", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=f"fk_{_TABLE}_batch_id_import_batch", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=f"fk_{_TABLE}_org_id_organisation"),
        sa.ForeignKeyConstraint(["asked_by"], ["ab_user.id"], name=f"fk_{_TABLE}_asked_by_ab_user"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_TABLE}"), sa.UniqueConstraint("batch_id", name=f"uq_{_TABLE}_batch_id"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLE} TO koto_app")


def downgrade() -> None:
    op.drop_table(_TABLE)
