"""Charts of reports, kept as they were drawn

A row is found by the digest of all that it shows, so it tells nobody a number that they may not see.

Revision: 0045, after 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_chart",
        sa.Column("digest", sa.String(64), nullable=False), sa.Column("svg", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False), sa.PrimaryKeyConstraint("digest", name="pk_report_chart"),
    )  # fmt: skip
    op.create_index("ix_report_chart_drawn_at", "report_chart", ["drawn_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON report_chart TO koto_app")


def downgrade() -> None:
    op.drop_table("report_chart")
