"""Why a handled contact was corrected

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("initial_contact", sa.Column("correction_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("initial_contact", "correction_reason")
