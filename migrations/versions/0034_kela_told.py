"""When Kela was told of a plan

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("integration_plan", sa.Column("kela_told_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("integration_plan", "kela_told_on")
