"""Which areas a closed period was last protected for, and which of its breakdowns are told to nobody

Revision: 0043, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_ground",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False), sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("number", name="pk_report_ground"),
        sa.UniqueConstraint("digest", name="uq_report_ground_digest"),
    )  # fmt: skip
    with op.batch_alter_table("report_period") as batch:
        batch.add_column(sa.Column("grounds", sa.String(60)))
        batch.add_column(sa.Column("areas", sa.String(64)))
        batch.add_column(sa.Column("untold", sa.Text()))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON report_ground TO koto_app")


def downgrade() -> None:
    # Cells hidden in areas that are no more belong to no area afterwards.
    op.execute("DELETE FROM report_hidden WHERE level LIKE '%@%'")
    with op.batch_alter_table("report_period") as batch:
        for name in ("untold", "areas", "grounds"):
            batch.drop_column(name)
    op.drop_table("report_ground")
