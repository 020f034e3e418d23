"""What a kept chart says, beside its drawing, so that a page finds both without putting the picture together

Drawings without words are of no more use; each is drawn again when it is asked for.

Revision: 0058, after 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM report_chart")
    with op.batch_alter_table("report_chart") as table:
        table.add_column(sa.Column("alt", sa.Text(), nullable=False))
        table.add_column(sa.Column("finding", sa.Text(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("report_chart") as table:
        table.drop_column("finding")
        table.drop_column("alt")
