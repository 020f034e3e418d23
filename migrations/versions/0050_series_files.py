"""Files of other registers' figures that wait for their sender to look at them

Revision: 0050, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0043"
branch_labels = None
depends_on = None

_TABLE = "report_series_file"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(36), nullable=False), sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False), sa.Column("source", sa.String(200), nullable=False),
        sa.Column("indicator", sa.String(4), nullable=False), sa.Column("period", sa.String(7), nullable=False), sa.Column("level", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False), sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=f"fk_{_TABLE}_user_id_ab_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_TABLE}"), sa.UniqueConstraint("user_id", name=f"uq_{_TABLE}_user_id"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLE} TO koto_app")


def downgrade() -> None:
    op.drop_table(_TABLE)
