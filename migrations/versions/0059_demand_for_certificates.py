"""From when on a municipality demands a certificate of training of whoever applies to it for a right

Revision: 0059, after 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation_practice", sa.Column("training_demanded_from", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("organisation_practice", reflect_kwargs={"resolve_fks": False}) as table:
        table.drop_column("training_demanded_from")
